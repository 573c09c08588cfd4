"""Reads what an operator sets. An error names the variable and never what it held."""

import os
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

YES, NO = {"1", "true", "yes", "on"}, {"", "0", "false", "no", "off"}
HERE = ("localhost", "127.0.0.1")


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def listed(name: str) -> list[str]:
    """The parts between commas."""
    return [part.strip() for part in text(name).split(",") if part.strip()]


def number(name: str, default: int) -> int:
    try:
        return int(text(name, str(default)))
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number.") from None


def flag(name: str) -> bool:
    value = text(name).lower()
    if value not in YES | NO:
        raise ImproperlyConfigured(f"{name} must be 1 or 0.")
    return value in YES


def secure_address(name: str) -> str:
    """An https:// address; http:// only to this machine itself."""
    value = text(name)
    where = urlsplit(value)
    if value and (where.scheme, where.hostname) not in {("http", here) for here in HERE} and where.scheme != "https":
        raise ImproperlyConfigured(f"{name} must begin with https://.")
    return value
