"""Whom to ask and for which forms, as far as notifications and what came back say it."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from forms.models import Form
from forms.selectors import proposed_by_any
from workflow.models import Case, RequestedForm
from workflow.requests.states import RequestState

REPORTING = "reporting"


@dataclass(frozen=True)
class Suggestion:
    """A professional whom a notification names, as somebody to ask."""

    organisation: str
    kind: str
    name: str
    role: str
    email: str
    phone: str
    wanted: bool
    forms: tuple[str, ...]
    asked: bool = False


def missing_forms(case: Case) -> dict[str, str]:
    """Title by slug of the forms that answers about this child call for and nobody was asked for."""
    asked = RequestedForm.objects.filter(request__case=case).exclude(request__state=RequestState.CANCELLED)
    called = set(_called_for(case)) - set(asked.values_list("version__form__slug", flat=True))
    return dict(Form.objects.filter(slug__in=called).order_by("title").values_list("slug", "title")) if called else {}


def _called_for(case: Case) -> list[str]:
    """By what was notified, and by what each agency returned beside it."""
    notified: dict[str, Any] = {}
    returned = []
    for row in case.submissions.select_related("submission__version").order_by("pk"):
        answers = {key: value for key, value in row.submission.all_answers().items() if value is not None}
        if row.kind == "notification":
            notified |= answers
        else:
            returned.append(answers)
    return proposed_by_any([notified, *(notified | each for each in returned)], timezone.localdate())


def suggestions(case: Case) -> list[Suggestion]:
    """Everybody whom the case's notifications name, once each, in their order; those asked already for what is new."""
    called = tuple(missing_forms(case))
    asked = {request.recipient["email"].lower() for request in case.requests.exclude(state=RequestState.CANCELLED)}
    found: dict[tuple[str, str], Suggestion] = {}
    for received in case.submissions.filter(kind="notification").select_related("submission"):
        for person in received.submission.all_answers().get("professionals") or []:
            suggestion = _suggestion(person, called, asked)
            who = suggestion.email or suggestion.name
            found.setdefault((suggestion.organisation.lower(), who.lower()), suggestion)
    return list(found.values())


def _suggestion(person: dict[str, Any], called: tuple[str, ...], asked: set[str]) -> Suggestion:
    def text(key: str) -> str:
        value = person.get(key) or ""
        return "" if value in ("not_known", "not_applicable") else str(value)

    named = tuple(person.get("supplementary") or ())
    before = bool(text("email")) and text("email").lower() in asked
    return Suggestion(
        organisation=text("org"),
        kind=text("agency_type"),
        name=text("name"),
        role=text("role"),
        email=text("email"),
        phone=text("phone"),
        wanted=person.get("send_reporting_form") != "no" and not before,
        forms=called if before else (REPORTING, *(named or called)),
        asked=before,
    )
