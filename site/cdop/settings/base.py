"""Settings that every deployment shares. What an operator may change comes from the environment (see README)."""

import datetime as dt
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from cdop.settings import environment

ROOT = Path(__file__).resolve().parents[3]
VAR = Path(environment.text("CDOP_VAR", str(ROOT / "var"))).absolute()

DEBUG = False
DEMO = False
SECRET_KEY = environment.text("SECRET_KEY")
# Newest first; each is a Fernet key. Older ones still open what they sealed (docs/operators.md, "Rotate keys").
SEALING_KEYS = environment.listed("SEALING_KEYS")
# Finds the same child again by NHS number; a new one needs `manage.py rehash` (docs/operators.md, "Rotate keys").
LOOKUP_KEY = environment.text("LOOKUP_KEY")
# Newest first. The first signs the audit log; all of them vouch for what they signed (docs/operators.md, "Audit log").
AUDIT_KEYS = environment.listed("AUDIT_KEYS")
ALLOWED_HOSTS = environment.listed("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = environment.listed("CSRF_TRUSTED_ORIGINS")
# Published forms can be read over the API without a token, unless this is set. Sending answers always needs one.
API_FORMS_CLOSED = environment.flag("API_FORMS_CLOSED")
# Web pages on other hosts that may use the API from a browser; none unless named (docs/api.md).
CORS_ALLOWED_ORIGINS = environment.listed("API_ALLOWED_ORIGINS")
CORS_URLS_REGEX = r"^/api/"
CORS_ALLOW_HEADERS = ["accept", "authorization", "content-type", "idempotency-key", "if-none-match"]
CORS_EXPOSE_HEADERS = ["ETag", "Location", "Retry-After"]

INSTALLED_APPS = [
    "cdop",
    "exports",
    "workflow",
    "forms",
    "content",
    "wagtailnhsukfrontend",
    "django_fsm",
    "import_export",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "csp",
    "axes",
    "corsheaders",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "cdop.middleware.AdminContentPolicy",
    "cdop.middleware.ReadableCookies",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "cdop.middleware.RefusedAttempts",
    "cdop.doors.Doors",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "exports.report.guard.ReportsNotReady",
    "axes.middleware.AxesMiddleware",
    "cdop.middleware.UnreadableAnswers",
    "content.middleware.KeptPages",
]
CSRF_FAILURE_VIEW = "forms.views.refused.csrf_failure"


ROOT_URLCONF = "cdop.urls"
WSGI_APPLICATION = "cdop.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "site/cdop/templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]

DATABASE_URL = environment.text("DATABASE_URL")
DATABASES: dict[str, Any] = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": VAR / "cdop.sqlite3"}}
try:
    if DATABASE_URL:
        DATABASES["default"] = dj_database_url.parse(DATABASE_URL, conn_max_age=600, conn_health_checks=True)
except ValueError:
    raise ImproperlyConfigured("DATABASE_URL must look like postgres://user:password@host:5432/name.") from None
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A write lock from the first statement, so that two people never both read the same state and both write.
    # And a disk that has really written it before anybody sees a receipt, whatever happens to the machine.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
    DATABASES["default"]["CONN_MAX_AGE"] = 600
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# `progress` is what one process tells the others about work that the database shows only once it is done.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "cdop"},
    "progress": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": str(VAR / "progress")},
}
if redis_url := environment.text("REDIS_URL"):
    redis = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": redis_url}
    CACHES = {"default": redis, "progress": redis | {"KEY_PREFIX": "progress"}}

# Somebody who guesses is shut out of that account for a while, and no longer: a lock must not become a weapon.
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = dt.timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_CLIENT_IP_CALLABLE = "forms.limits.address_of"
AXES_LOCKOUT_TEMPLATE = "locked_out.html"
AXES_VERBOSE = False
# By account and not by address: a whole hospital shares one address.
SILENCED_SYSTEM_CHECKS = ["axes.W006"]

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LANGUAGE_CODE = "en-gb"
LOCALE_PATHS = [ROOT / "site/cdop/locale"]
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "cdop.storage.StaticStorage"},
    # Files that people attach to answers: encrypted, and on no path that a browser can reach.
    "uploads": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR / "uploads", "file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
    },
}
# Where clamd listens, as host:port or unix:/path. While empty, attached files wait and staff cannot open them.
CLAMD_ADDRESS = environment.text("CLAMD_ADDRESS")

EMAIL_BACKEND = environment.text("EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
EMAIL_HOST = environment.text("EMAIL_HOST", "localhost")
EMAIL_PORT = environment.number("EMAIL_PORT", 25)
EMAIL_HOST_USER = environment.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = environment.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = environment.flag("EMAIL_USE_TLS")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = environment.text("DEFAULT_FROM_EMAIL", "no-reply@cdop.invalid")

WAGTAIL_SITE_NAME = "Child death reviews"
WAGTAILADMIN_BASE_URL = environment.text("BASE_URL", "http://localhost:8000")
# A private page of the public site asks for the same log-in as the admin.
WAGTAIL_FRONTEND_LOGIN_URL = "/admin/login/"
# No third-party request from any page.
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "pdf", "txt", "xlsx"]
WAGTAILEMBEDS_FINDERS: list[dict] = []
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

# Unfinished answers are deleted so many days after they were last changed; who saved them is told some days before.
DRAFT_DAYS = environment.number("DRAFT_DAYS", 30)
DRAFT_WARN_DAYS = environment.number("DRAFT_WARN_DAYS", 5)
# What one network address may begin and send in an hour (a hospital is often one address), and a form from everywhere.
FORM_STARTS_PER_HOUR = environment.number("FORM_STARTS_PER_HOUR", 60)
FORM_SENDS_PER_HOUR = environment.number("FORM_SENDS_PER_HOUR", 40)
FORM_SENDS_PER_HOUR_OF_ALL = 400
FORM_QUICKEST_SECONDS = 4
# How long the link of a request for information works after it was sent.
REQUEST_LINK_DAYS = environment.number("REQUEST_LINK_DAYS", 60)
# How long an organisation can report by the link to an action: longer than a year, when it is asked again.
ACTION_LINK_DAYS = environment.number("ACTION_LINK_DAYS", 400)
# Ways in which messages go out: functions of address, subject and body.
MESSAGE_CHANNELS = {"email": "workflow.outbox.channels.email"}
NOTIFY_API_KEY = environment.text("NOTIFY_API_KEY")
NOTIFY_EMAIL_TEMPLATE = environment.text("NOTIFY_EMAIL_TEMPLATE")
NOTIFY_SMS_TEMPLATE = environment.text("NOTIFY_SMS_TEMPLATE")
NOTIFY_URL = environment.text("NOTIFY_URL", "https://api.notifications.service.gov.uk")
# For so many days Notify tells what became of a message.
NOTIFY_KEEPS_DAYS = environment.number("NOTIFY_KEEPS_DAYS", 7)
# How it ended: a function of what a channel returned for it. Empty: no carrier tells.
MESSAGE_END = "workflow.outbox.notify.end_of" if NOTIFY_API_KEY else ""
if NOTIFY_API_KEY and NOTIFY_EMAIL_TEMPLATE:
    MESSAGE_CHANNELS["email"] = "workflow.outbox.notify.email"
if NOTIFY_API_KEY and NOTIFY_SMS_TEMPLATE:
    MESSAGE_CHANNELS["sms"] = "workflow.outbox.notify.text_message"
# The interface of the national database: off until both are set (docs/ncmd.md).
NCMD_API_URL = environment.secure_address("NCMD_API_URL")
NCMD_API_TOKEN = environment.text("NCMD_API_TOKEN")
NCMD_API_TIMEOUT = environment.number("NCMD_API_TIMEOUT", 20)
# The header in which the operator's own proxy names the visitor's address, such as X-Forwarded-For. Empty: no proxy.
CLIENT_ADDRESS_HEADER = environment.text("CLIENT_ADDRESS_HEADER")

# Longest thing a person may send in one page of a form; more gets a clear page, never a 500.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
# Largest request with files, in bytes: told from its length, before any of it is read.
REQUEST_WITH_FILES_MAX = 50_000_000
FILE_UPLOAD_HANDLERS = [
    "forms.uploads.limits.NotTooLarge",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# A working day: after it, staff log in again, and an unfinished form is reached only if it was saved.
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    }
}

# Addresses of pages that were refused or not found are not logged: people paste things into them.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"private": {"()": "cdop.logs.PrivateFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "private"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING"},
        "django.request": {"level": "ERROR"},
        "axes": {"level": "ERROR"},
    },
}
