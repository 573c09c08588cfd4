"""Answers that identify a person are encrypted at rest.

Keys are Fernet keys in `settings.SEALING_KEYS`, newest first: the first seals, all of them open, so a key can be
rotated without a moment in which something cannot be read (`manage.py rotate_keys`).
"""

import json
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models


class Unreadable(Exception):
    """No key in SEALING_KEYS opens what was sealed. The message says what an operator does, and nothing of the data."""

    def __init__(self) -> None:
        super().__init__(
            "No key in SEALING_KEYS opens what was sealed. Add the key that sealed it behind the others and restart "
            "(docs/operators.md, “Rotate keys”)."
        )


@lru_cache(maxsize=4)
def _box(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def seal(value: object) -> str:
    """Encrypt any JSON value to a text token."""
    return _box(tuple(settings.SEALING_KEYS)).encrypt(json.dumps(value).encode()).decode()


def unseal(token: str) -> Any:
    """The value that `seal` was given; `Unreadable` when no key fits."""
    try:
        return json.loads(_box(tuple(settings.SEALING_KEYS)).decrypt(token))
    except (InvalidToken, ValueError):
        raise Unreadable from None


def has_newest_key(token: str) -> bool:
    try:
        Fernet(settings.SEALING_KEYS[0]).decrypt(token)
    except InvalidToken:
        return False
    return True


def reseal(token: str) -> str:
    """The same value under the newest key; `Unreadable` when no key fits."""
    try:
        return _box(tuple(settings.SEALING_KEYS)).rotate(token.encode()).decode()
    except InvalidToken:
        raise Unreadable from None


class SealedTextField(models.TextField):
    """Marks a column of tokens made by `seal`, so that key rotation finds every one of them in every room."""
