"""What a CDOP runs. Refuses to start on anything an attacker could guess."""

import os

from django.core.exceptions import ImproperlyConfigured

from .base import *

if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("Set SECRET_KEY to at least 50 random characters.")
if not SEALING_KEYS:
    raise ImproperlyConfigured("Set SEALING_KEYS to one or more Fernet keys, newest first (docs/operators.md).")
if len(LOOKUP_KEY) < 32:
    raise ImproperlyConfigured("Set LOOKUP_KEY to at least 32 random characters, and keep it (docs/operators.md).")
if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("Set ALLOWED_HOSTS to the names people use to reach this site.")
if os.environ.get("DEBUG", "0") not in ("", "0"):
    raise ImproperlyConfigured("DEBUG cannot be switched on in production.")

AUTHENTICATION_BACKENDS = ["cdop.auth.NoDemoAccounts"]

# Wagtail shows previews in a frame of the same site, so X_FRAME_OPTIONS is SAMEORIGIN and not DENY.
SILENCED_SYSTEM_CHECKS = ["security.W019"]

SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
