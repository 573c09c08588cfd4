"""Django's deployment check on production settings, with secrets made up for the occasion."""

import os
import secrets
import subprocess
import sys

from cryptography.fernet import Fernet

ENVIRONMENT = {
    "DJANGO_SETTINGS_MODULE": "cdop.settings.production",
    "SECRET_KEY": secrets.token_urlsafe(50),
    "SEALING_KEYS": Fernet.generate_key().decode(),
    "LOOKUP_KEY": secrets.token_urlsafe(50),
    "ALLOWED_HOSTS": "cdop.example",
}

if __name__ == "__main__":
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    sys.exit(subprocess.run(command, env=os.environ | ENVIRONMENT).returncode)
