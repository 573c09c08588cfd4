"""Invented agencies, asked about one invented child: one has answered, one asks back, one has not looked yet."""

import datetime as dt
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from cdop.auth import DEMO_EMAIL_DOMAIN
from forms.selectors import live_version
from forms.services import receive
from workflow.models import Agency, Case, InformationRequest
from workflow.requests.answering import open_form
from workflow.requests.proposing import REPORTING
from workflow.requests.services import Asked, ask, give_back, move, say
from workflow.states import State

SURGERY, HOSPITAL, SCHOOL = "Invented Surgery", "Invented General Hospital", "Invented Primary School"
AGENCIES = {
    SURGERY: ("gp", "Practice manager"),
    HOSPITAL: ("acute_trust", "Consultant"),
    SCHOOL: ("education", "Head teacher"),
}
ANSWERS: dict[str, Any] = {
    "agency": SURGERY,
    "agency_type": "gp",
    "respondent_role": "Practice manager",
    "no_information_held": "no",
    "narrative": "Invented for demonstration: seen twice in the last year, both times with a cold.",
}
QUESTION = "Invented: may the school nurse answer the part about health?"


def ask_agencies(by: User) -> None:
    """For the newest case for which information is gathered, where agencies have a form to answer."""
    case = Case.objects.filter(state=State.INFORMATION_GATHERING).order_by("-opened_at").first()
    form = live_version(REPORTING)
    if case is None or form is None:
        return
    whom = [
        Asked(_agency(name), f"Invented {role}", f"{kind}@{DEMO_EMAIL_DOMAIN}", role, forms=(form,))
        for name, (kind, role) in AGENCIES.items()
    ]
    surgery, hospital, _ = ask(case, by, whom, timezone.localdate() + dt.timedelta(days=21), at_once=True)
    for asked in (surgery, hospital):
        move(asked, "open", "respondent")
    _answer(surgery)
    say(hospital, QUESTION)


def _agency(name: str) -> Agency:
    return Agency.objects.get_or_create(name=name, defaults={"kind": AGENCIES[name][0]})[0]


def _answer(asked: InformationRequest) -> None:
    draft = open_form(asked, asked.forms.get())
    receive(draft.version, (draft.answers or {}) | ANSWERS, draft=draft)
    give_back(asked)
