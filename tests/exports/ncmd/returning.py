"""Returns of invented cases, taken to their states."""

from typing import Any

from django.contrib.auth.models import User

from exports.models import NcmdReturn
from exports.ncmd import services
from tests.workflow.reviewing import review, somebody, triage
from workflow import services as workflow
from workflow.models import Case


def accepted_case(case: Case) -> Case:
    """The panel has taken the case on: its notification is due."""
    triage(case, somebody("Coordinator"))
    return workflow.move(case, "accept", somebody("Coordinator"))


def until(case: Case, move: str) -> Case:
    return review(case, somebody("Coordinator"), somebody("Panel chair"), until=move)


def of(case: Case, stage: str) -> NcmdReturn:
    return NcmdReturn.objects.get(case=case, stage=stage)


def go(case: Case, stage: str, *moves: str, by: User | None = None) -> NcmdReturn:
    """Make these moves, with whatever they want said."""
    said: dict[str, dict[str, Any]] = {
        "accept": {"reference": "INVENTED-1"},
        "reject": {"words": "The postcode is invented."},
        "amend": {"words": "Another postcode came in."},
    }
    for name in moves:
        services.move(of(case, stage), name, by or somebody("Coordinator"), **said.get(name, {}))
    return of(case, stage)
