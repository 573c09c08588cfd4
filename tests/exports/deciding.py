"""Invented findings, actions and meetings, stored without walking through a review."""

import datetime as dt
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from forms.models import FormVersion
from forms.services import receive
from tests.notifying import days_ago
from tests.workflow.analyses.writing import SAYS, publish
from workflow.models import Action, AgendaItem, Analysis, AnalysisChange, Case, CaseFact, Meeting, Seat

ACTION = {"kind": "recommendation", "text": "Every ward gives the leaflet.", "level": "local", "owner_role": "Matron"}


def version() -> FormVersion:
    return FormVersion.objects.filter(form__slug="analysis").first() or publish()


def signed(case: Case, by: User, **says: Any) -> Analysis:
    """The signed analysis of a case, saying this."""
    number = case.analyses.count() + 1
    Analysis.objects.filter(case=case, state="signed").update(state="replaced")
    analysis = Analysis.objects.create(
        case=case, stage="panel", number=number, state="signed", submission=receive(version(), SAYS | says),
        begun_by=by, written_by=by, signed_by=by, signed_at=timezone.now(),
    )  # fmt: skip
    AnalysisChange.objects.create(
        analysis=analysis, transition="sign", source="complete", target="signed", by=by, at=analysis.signed_at
    )
    return analysis


def found(case: Case, **facts: str) -> None:
    for name, value in ({"category": "5", "modifiability": "identified"} | facts).items():
        CaseFact.objects.create(case=case, name=name, value=value, at=timezone.now())


def agreed(case: Case, by: User, **facts: Any) -> Action:
    return Action.objects.create(
        **{"case": case, "made_by": by, "organisation": "Pretend Trust", "due_on": days_ago(-30)} | ACTION | facts
    )


def meeting(by: User, *cases: Case, came: tuple[bool | None, ...] = (), **facts: Any) -> Meeting:
    """A panel with these cases on its agenda, and a seat for each of `came`."""
    at = timezone.now()
    facts = {"kind": "panel", "chair_role": "Chair", "starts_at": at, "ends_at": at + dt.timedelta(hours=2)} | facts
    held = Meeting.objects.create(made_by=by, **facts)
    for position, case in enumerate(cases):
        AgendaItem.objects.create(meeting=held, case=case, position=position)
    for attended in came:
        Seat.objects.create(meeting=held, seat="police", email="police@invented.example", attended=attended)
    return held
