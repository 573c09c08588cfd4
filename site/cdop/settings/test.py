"""The test suite's settings: fast password hashing, mail in memory, files that vanish."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

os.environ.setdefault("SECRET_KEY", "only-for-tests")
os.environ.setdefault("SEALING_KEYS", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=")
os.environ.setdefault("LOOKUP_KEY", "only-for-tests")
os.environ.setdefault("AUDIT_KEYS", "only-for-tests")

from .base import *

DEMO = True
ALLOWED_HOSTS = ["*"]
# Its own tests switch it on.
AXES_ENABLED = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
FILES = Path(tempfile.mkdtemp(prefix="cdop-test-"))
atexit.register(shutil.rmtree, FILES, ignore_errors=True)
STORAGES["uploads"] = {
    "BACKEND": "django.core.files.storage.FileSystemStorage",
    "OPTIONS": {"location": FILES / "uploads"},
}
FORM_QUICKEST_SECONDS = 0
MEDIA_ROOT = FILES / "media"
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: browser journeys and race tests use several connections.
    DATABASES["default"]["TEST"] = {"NAME": VAR / "test.sqlite3"}
    # Nor one that must survive a crash: no test waits for the disk.
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
    VAR.mkdir(parents=True, exist_ok=True)
