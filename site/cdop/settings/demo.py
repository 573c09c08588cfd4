"""`make run`: the whole product with invented data on one machine. Keys are made once and kept in var/."""

import os
import secrets
from pathlib import Path

from cryptography.fernet import Fernet

from .base import *


def _kept(path: Path, make: str) -> str:
    """A secret of this demo: read from `path`, or written there once (mode 600)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with open(path, "x", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            file.write(make)
    except FileExistsError:
        return path.read_text().strip()
    return make


DEMO = True
SECRET_KEY = SECRET_KEY or _kept(VAR / "secret_key", secrets.token_urlsafe(50))
SEALING_KEYS = SEALING_KEYS or [_kept(VAR / "sealing_key", Fernet.generate_key().decode())]
LOOKUP_KEY = LOOKUP_KEY or _kept(VAR / "lookup_key", secrets.token_urlsafe(50))
AUDIT_KEYS = AUDIT_KEYS or [_kept(VAR / "audit_key", secrets.token_urlsafe(50))]
ALLOWED_HOSTS = ALLOWED_HOSTS or ["localhost", "127.0.0.1", "[::1]"]
EMAIL_BACKEND = environment.text("EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend")
EMAIL_FILE_PATH = VAR / "mail"
