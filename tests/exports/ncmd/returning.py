"""Returns of invented cases, taken to their states."""

import datetime as dt
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from exports.models import NcmdReturn, NcmdSending
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


def on_its_way(case: Case, stage: str = "notification", gateway: str = "api", by: User | None = None) -> NcmdSending:
    return services.hand_over(of(case, stage), gateway, by or somebody("Coordinator"))


def fresh(sending: NcmdSending) -> NcmdSending:
    return NcmdSending.objects.select_related("ncmd_return__case").get(pk=sending.pk)


def later(sending: NcmdSending) -> NcmdSending:
    """Its time has come, and no worker holds it any more."""
    past = timezone.now() - dt.timedelta(seconds=1)
    held = NcmdSending.objects.filter(pk=sending.pk, held_until__isnull=False)
    held.update(held_until=past)
    NcmdSending.objects.filter(pk=sending.pk).update(next_try_at=past)
    return fresh(sending)
