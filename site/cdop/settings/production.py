"""What a CDOP runs. Refuses to start on anything an attacker could guess, or that would fail out of sight."""

from base64 import urlsafe_b64decode

from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

from .base import *


def _demand(met: bool, otherwise: str) -> None:
    if not met:
        raise ImproperlyConfigured(otherwise)


def _is_key(text: str) -> bool:
    try:
        Fernet(text)
    except ValueError:
        return False
    return True


def _is_random(key: str) -> bool:
    """Whether nobody typed it, as the key of the tests was: 32 random bytes are never all letters and digits."""
    return not urlsafe_b64decode(key).isalnum()


_demand(
    len(SECRET_KEY) >= 50 and len(set(SECRET_KEY)) >= 10 and not SECRET_KEY.startswith("django-insecure-"),
    "Set SECRET_KEY to at least 50 random characters (docs/operators.md).",
)
_demand(bool(SEALING_KEYS), "Set SEALING_KEYS to one or more Fernet keys, newest first (docs/operators.md).")
_demand(all(map(_is_key, SEALING_KEYS)), "A key in SEALING_KEYS is no Fernet key (docs/operators.md).")
_demand(all(map(_is_random, SEALING_KEYS)), "A key in SEALING_KEYS was made by hand: use `Fernet.generate_key()`.")
_demand(
    len(LOOKUP_KEY) >= 32 and len(set(LOOKUP_KEY)) >= 10,
    "Set LOOKUP_KEY to at least 32 random characters, and keep it (docs/operators.md).",
)
_demand(
    bool(AUDIT_KEYS) and all(len(key) >= 32 and len(set(key)) >= 10 for key in AUDIT_KEYS),
    "Set AUDIT_KEYS to one or more texts of at least 32 random characters, newest first (docs/operators.md).",
)
_demand(
    bool(ALLOWED_HOSTS) and not any("*" in host or host == "." for host in ALLOWED_HOSTS),
    "Set ALLOWED_HOSTS to the names people use to reach this site, without any *.",
)
_demand(not environment.flag("DEBUG"), "DEBUG cannot be switched on in production.")
_demand(bool(DATABASE_URL), "Set DATABASE_URL: without it everything would be kept in a file meant for trying out.")
_demand(
    WAGTAILADMIN_BASE_URL.startswith("https://"), "Set BASE_URL to the https:// address people use: mail links to it."
)

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "cdop.auth.NoDemoAccounts"]

# Wagtail shows previews in a frame of the same site, so X_FRAME_OPTIONS is SAMEORIGIN and not DENY.
SILENCED_SYSTEM_CHECKS = [*SILENCED_SYSTEM_CHECKS, "security.W019"]

SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^health/"]
# The proxy in front must set this header itself and drop what a visitor sends (docs/operators.md).
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
