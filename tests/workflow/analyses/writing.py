"""Invented analyses, filled in and sent as staff would."""

from functools import lru_cache
from typing import Any

from django.contrib.auth.models import User

from forms.definitions import read
from forms.models import Draft, Form, FormVersion
from forms.services import change, freeze
from forms.services import send as send_draft
from forms.stream import streams
from tests.workflow.reviewing import ANSWERS, hold_panel, mover, prepared
from workflow.analyses import services
from workflow.meetings.chairing import name_chair
from workflow.meetings.selectors import item_of
from workflow.models import Analysis, Case
from workflow.services import move

FACTOR = {
    "domain": "A",
    "factor_code": "chronic_condition",
    "description": "Example asthma.",
    "level": "2",
    "modifiable_flag": "yes",
}
ANOTHER = FACTOR | {"domain": "D", "factor_code": "communication", "description": "Example letters were late."}
RECOMMENDATION = {"text": "Letters go out within a day.", "addressed_to": "Example Trust", "level": "local"}
ACTION = {"text": "Schools are told of inhalers.", "owner_organisation": "Example Council", "due": "2030-03-31"}
SAYS: dict[str, Any] = {
    "agencies_present": ["gp", "police"],
    "cause_understood": "Example cause.",
    "case_summary": "Example summary.",
    "factors": [FACTOR],
    "domain_a": "factors",
    "domain_b": "none_identified",
    "domain_c": "none_identified",
    "domain_d": "none_identified",
    "modifiability": "identified",
    "category_primary": "5",
    "learning": [{"text": "Example lesson."}],
    "recommendations": [RECOMMENDATION],
    "actions": [ACTION],
    "cspr_referral": "not_needed",
}


@lru_cache(maxsize=1)
def shipped() -> dict[str, Any]:
    return read("analysis")


def publish() -> FormVersion:
    """The shipped analysis form, published."""
    data = shipped()
    texts = {name: data.get(name, "") for name in ("slug", "title", "declaration", "confirmation", "acknowledge")}
    return freeze(Form.objects.bulk_create([Form(live=True, **texts, **streams(data))])[0])


def send(analysis: Analysis, **answers: Any) -> Analysis:
    """Fill in what is said, and send it."""
    draft = Draft.objects.get(analysis=analysis)
    send_draft(change(draft, lambda newest: newest.update(answers)))
    return now(analysis)


def written(case: Case, stage: str, by: User, reason: str = "", **answers: Any) -> Analysis:
    """An analysis that was begun and sent: with everything said, or with what it began with and these answers."""
    analysis = services.begin(case, stage, by, reason)
    return send(analysis, **answers if analysis.begun_from else SAYS | answers)


def held(case: Case, coordinator: User, chair: User | None) -> Case:
    """The panel of the case has been held, under this chair."""
    if chair:
        name_chair(item_of(case).meeting, coordinator, chair)
    hold_panel(case, coordinator)
    return Case.objects.get(pk=case.pk)


def go(case: Case, name: str, coordinator: User, chair: User, **details: str) -> Case:
    """One move of the review, made by whoever makes it."""
    details = ANSWERS.get(name, {}) | prepared(name, case, coordinator) | details
    return move(case, name, mover(name, coordinator, chair), "Invented reason", details)


def now(analysis: Analysis) -> Analysis:
    return Analysis.objects.select_related("case", "submission").get(pk=analysis.pk)


def facts(case: Case) -> dict[str, str]:
    return Case.objects.get(pk=case.pk).facts
