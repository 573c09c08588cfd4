"""Ours and the peers' form of forty questions: 25 lines, 5 long texts, 5 dates, 5 lists."""

import os
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

from tests.bench.measure import ROOT
from tests.bench.peer.prepare import CHOICES, FIELDS, VALUES
from tests.bench.serving import Browser

KINDS = {"singleline": "short_text", "multiline": "long_text", "date": "date", "dropdown": "select"}
# One address sends far more here than a hospital does in an hour.
ENVIRONMENT = {"FORM_SENDS_PER_HOUR": "1000000"}


def key(label: str) -> str:
    return label.replace(" ", "_")


def peer_environment() -> dict[str, str]:
    folder = Path(os.environ["CDOP_VAR"]) / "peer"
    folder.mkdir(exist_ok=True)
    return ENVIRONMENT | {"DJANGO_SETTINGS_MODULE": "tests.bench.peer.settings", "CDOP_VAR": str(folder)}


def prepare() -> None:
    """Both databases, once for all rows."""
    from django.core.management import call_command
    from django.db import connection

    if "cdop_forms_form" in connection.introspection.table_names():
        return
    call_command("migrate", verbosity=0)
    publish()
    call_command("load_forms", "reporting", verbosity=0, stdout=StringIO())
    command = [sys.executable, "-m", "tests.bench.peer.prepare"]
    subprocess.run(command, cwd=ROOT, env=os.environ | peer_environment(), check=True)


def publish() -> None:
    from forms.models import Form
    from forms.services import freeze
    from forms.stream import stream_pages

    page = {"key": "all", "title": "Everything", "questions": [question(kind, label) for kind, label in FIELDS]}
    form = Form(slug="forty", title="An invented form", declaration="It is accurate.", live=True)
    form.pages = stream_pages([page])
    form.save()
    freeze(Form.objects.get(pk=form.pk))


def question(kind: str, label: str) -> dict[str, Any]:
    asked: dict[str, Any] = {"kind": KINDS[kind], "key": key(label), "label": label.capitalize(), "sensitivity": "S"}
    choices = [{"code": choice.lower(), "label": choice} for choice in CHOICES]
    return asked | ({"choices": choices} if kind == "dropdown" else {})


def our_values() -> dict[str, str]:
    found: dict[str, str] = {}
    for kind, label in FIELDS:
        if kind == "date":
            found |= {f"{key(label)}__day": "2", f"{key(label)}__month": "3", f"{key(label)}__year": "2026"}
        else:
            found[key(label)] = "one" if kind == "dropdown" else VALUES[kind]
    return found


def peer_values() -> dict[str, str]:
    """What the peers' forms are sent; wagtailstreamforms names its inputs by the label with hyphens."""
    named = {label.replace(" ", "-"): "One" if kind == "dropdown" else VALUES[kind] for kind, label in FIELDS}
    return named | {"form_id": "1", "form_reference": "bench"}


def application() -> Any:
    import django

    django.setup()
    from cdop.wsgi import application

    return application


def people(number: int, answers: dict[str, Any] | None = None, form: str = "forty") -> list[tuple[Browser, str]]:
    """So many visitors, each with a draft of their own, and where its screens are."""
    run = application()
    from importlib import import_module

    from django.conf import settings

    from forms.access import SESSION_KEY
    from forms.selectors import live_version
    from forms.services import begin

    version = live_version(form)
    assert version is not None
    found = []
    for _ in range(number):
        draft = begin(version)
        draft.answers = answers or {}
        draft.save()
        session = import_module(settings.SESSION_ENGINE).SessionStore()
        session[SESSION_KEY] = [str(draft.pk)]
        session.save()
        browser = Browser(run, {"sessionid": session.session_key, "csrftoken": "a" * 32})
        found.append((browser, f"/answer/{draft.pk}/"))
    return found
