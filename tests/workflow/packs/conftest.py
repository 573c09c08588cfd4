"""A case of which much was said, and its pack."""

import html
import re
from collections.abc import Callable

import pytest
from django.urls import reverse

from forms.models import Submission
from forms.services import receive
from tests.forms.making import page, publish
from tests.workflow.asking import ask
from workflow.models import Agency
from workflow.outbox.shipped import load_messages
from workflow.requests.answering import form_came_back

ABOUT_YOU = {"kind": "full_name", "key": "respondent_name", "label": "Your name", "autocomplete": "name"}
SMOKED = {"kind": "yes_no", "key": "household_smoking", "label": "Did anybody smoke at home?", "sensitivity": "S"}
BORN = {"kind": "date", "key": "date_of_birth", "label": "Date of birth", "sensitivity": "I"}
SEEN = {"kind": "date", "key": "last_seen", "label": "Last seen", "sensitivity": "S"}
WEIGHT = {"kind": "whole_number", "key": "weight", "label": "Weight", "sensitivity": "S", "unit": "grams"}
STORY = {"kind": "long_text", "key": "narrative", "label": "What do you know?", "sensitivity": "S"}
SCHOOL = {"kind": "short_text", "key": "school", "label": "Name of the school", "sensitivity": "I"}
CARER = [
    {"kind": "select", "key": "relationship", "label": "Relationship", "sensitivity": "S",
     "choices": [{"code": "mother", "label": "Mother"}, {"code": "father", "label": "Father"}]},
    {"kind": "short_text", "key": "work", "label": "Occupation", "sensitivity": "S"},
    {"kind": "full_name", "key": "name", "label": "Name", "sensitivity": "I"},
]  # fmt: skip
CARERS = {"kind": "repeat", "key": "carer", "label": "Carers", "item_title": "Carer", "questions": CARER}
CARERS |= {"sensitivity": "S"}


@pytest.fixture
def told(case, coordinator) -> Callable[..., Submission]:
    """`told("Invented Surgery", narrative="…")`: an agency was asked and sent this. It is a GP practice."""
    load_messages()
    questions = page("home", SMOKED, BORN, SEEN, WEIGHT, STORY, SCHOOL)
    publish(page("about-you", ABOUT_YOU), questions, page("carers", CARERS), slug="reporting")

    def send(agency: str, kind: str = "gp", **answers: object) -> Submission:
        Agency.objects.get_or_create(name=agency, defaults={"kind": kind, "lead_email": "lead@invented.example"})
        form = ask(case, coordinator, name=agency).forms.get()
        submission = receive(form.version, {"respondent_name": "Invented Doctor"} | answers)
        form_came_back(form, submission)
        return submission

    return send


@pytest.fixture
def at(client, case) -> Callable[..., str]:
    """`at("pack", person)`: what somebody reads on a screen of the case."""

    def read(name: str, user, *args: object) -> str:
        client.force_login(user)
        return text(client.get(reverse(f"cases:{name}", args=[case.reference, *args])))

    return read


def text(response) -> str:
    assert response.status_code == 200
    shown = html.unescape(response.content.decode())
    shown = shown[shown.index("<main") :]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", shown))
