"""Our settings without our rooms and our middleware: the same database and template engine."""
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
# Ours writes the audit log, which is in a room: without it the peer is the quicker.
MIDDLEWARE = [name for name in MIDDLEWARE if name.split(".")[0] not in (*LEFT_OUT, "cdop")]
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
ROOT_URLCONF = "tests.bench.peer.urls"
CSRF_FAILURE_VIEW = "django.views.csrf.csrf_failure"
