"""Our settings without our rooms: the same middleware, database and template engine."""
# ruff: noqa: F403, F405

from cdop.settings.test import *

# Log-ins are counted by a callable of our rooms, and nobody logs in here.
LEFT_OUT = ("exports", "workflow", "forms", "content", "axes")
INSTALLED_APPS = [
    "tests.bench.peer",
    "wagtailstreamforms",
    "generic_chooser",
    "wagtail_modeladmin",
    *(app for app in INSTALLED_APPS if app not in LEFT_OUT),
]
MIDDLEWARE = [name for name in MIDDLEWARE if name.split(".")[0] not in LEFT_OUT]
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
ROOT_URLCONF = "tests.bench.peer.urls"
CSRF_FAILURE_VIEW = "django.views.csrf.csrf_failure"
