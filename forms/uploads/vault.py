"""Where files lie: encrypted, under random names, outside every public path.

Each file has a key of its own, which is sealed with its row: rotating the sealing keys touches no file.
"""

import secrets

from cryptography.fernet import Fernet
from django.core.files.base import ContentFile
from django.core.files.storage import storages


def put(data: bytes) -> tuple[str, str]:
    """Store a file; its random name and the key that opens it."""
    key = Fernet.generate_key()
    name = storages["uploads"].save(secrets.token_hex(16), ContentFile(Fernet(key).encrypt(data)))
    return name, key.decode()


def read(name: str, key: str) -> bytes:
    """The file as it was received.

    Raises:
        FileNotFoundError: it is gone.
        cryptography.fernet.InvalidToken: it was tampered with.
    """
    with storages["uploads"].open(name) as file:
        return Fernet(key).decrypt(file.read())


def remove(name: str) -> None:
    storages["uploads"].delete(name)
