"""Answers that identify a person are encrypted at rest.

Keys are Fernet keys in `settings.SEALING_KEYS`, newest first: the first seals, all of them open, so a key can be
rotated without a moment in which something cannot be read (`manage.py rotate_keys`).
"""

import json
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import models


@lru_cache(maxsize=4)
def _box(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def seal(value: object) -> str:
    """Encrypt any JSON value to a text token."""
    return _box(tuple(settings.SEALING_KEYS)).encrypt(json.dumps(value).encode()).decode()


def unseal(token: str) -> Any:
    """The value that `seal` was given; `cryptography.fernet.InvalidToken` when no key fits."""
    return json.loads(_box(tuple(settings.SEALING_KEYS)).decrypt(token))


def reseal(token: str) -> str:
    """The same value under the newest key."""
    return _box(tuple(settings.SEALING_KEYS)).rotate(token.encode()).decode()


class SealedTextField(models.TextField):
    """Marks a column of tokens made by `seal`, so that key rotation finds every one of them in every room."""
