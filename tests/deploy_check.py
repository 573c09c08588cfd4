"""Django's deployment check on production settings, with secrets made up for the occasion."""

import secrets
import sys

from cryptography.fernet import Fernet

from tests.processes import run

SOUND = {
    "DJANGO_SETTINGS_MODULE": "cdop.settings.production",
    "SECRET_KEY": secrets.token_urlsafe(50),
    "SEALING_KEYS": Fernet.generate_key().decode(),
    "LOOKUP_KEY": secrets.token_urlsafe(50),
    "AUDIT_KEYS": secrets.token_urlsafe(50),
    "ALLOWED_HOSTS": "cdop.example,www.cdop.example",
    "DATABASE_URL": "postgres://cdop:invented@localhost/cdop",
    "BASE_URL": "https://cdop.example",
}

if __name__ == "__main__":
    checked = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **SOUND)
    print((checked.stdout + checked.stderr).strip())
    sys.exit(checked.returncode)
