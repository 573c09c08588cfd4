"""The one door for a change of state."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from forms.sealing import seal
from workflow.analyses.evidence import missing_for
from workflow.analyses.selectors import signed_findings
from workflow.clocks import happened
from workflow.guards import refusals
from workflow.meetings.selectors import must_not_hear
from workflow.models import Case, CaseFact, StateChange
from workflow.permissions import user_can_make
from workflow.services.checking import checked
from workflow.services.forgetting import make_stub
from workflow.services.meeting import MEETINGS
from workflow.services.merging import merge, split
from workflow.services.refusing import MoveRefused, locked
from workflow.services.telling import note
from workflow.services.transferring import taken_over, tell_ncmd
from workflow.states import BY_NAME, LABELS, STUBS, Move, State

FINDINGS = ("record_panel", "sign_off")


@transaction.atomic
def move(
    case: Case,
    name: str,
    by: User,
    reason: str = "",
    details: Mapping[str, str] | None = None,
    *,
    seen: int | None = None,
    at: dt.datetime | None = None,
) -> Case:
    """Make a move: check the right, the answers and the guards; change the state; write history and timeline.

    `seen` is the primary key of the newest state change on the screen where the person decided; `at` is when it
    happened, for data that is brought in.

    Raises:
        PermissionDenied: the person's role may not make this move.
        MoveRefused: somebody was there first, an answer is missing, or a guard stands in the way. Nothing is written.
    """
    chosen, reason, moment = BY_NAME[name], reason.strip(), at or timezone.now()
    if not user_can_make(by, chosen):
        raise PermissionDenied(f"Your role cannot do this: {chosen.label}.")
    details = dict(details or {})
    current = locked(case, other=details.get("duplicate_of", ""))
    if problem := _too_late(current, chosen, seen):
        raise MoveRefused([problem])
    if name == "record_panel":
        details |= signed_findings(current)
    given = checked(current, chosen, reason, details)
    if problems := refusals(current, name):
        raise MoveRefused(problems)
    if problem := _cannot_stand(current, name, given, by):
        raise MoveRefused([problem])
    source = current.state
    getattr(current, name)()
    for asked in chosen.inputs:
        if asked.kind != "meeting":  # the agenda of the meeting says it
            _record(current, asked.name, given[asked.name], by, moment)
    kept = given | _effects(current, chosen, given, by, moment)
    current.save()
    written = {"by": by, "at": moment, "sealed_reason": seal(reason) if reason else "", "details": kept}
    StateChange.objects.create(case=current, transition=name, source=source, target=current.state, **written)
    note(current, by, "moved", _story(chosen, source), reason, moment)
    happened(current, name, moment)
    return current


def _too_late(case: Case, chosen: Move, seen: int | None) -> str:
    newest = case.state_changes.last()
    if case.state in chosen.sources and (seen is None or newest is None or newest.pk == seen):
        return ""
    who = f" by {newest.by.get_full_name() or newest.by.username}" if newest and newest.by else ""
    now = LABELS[State(case.state)]
    if case.state == chosen.target and newest and newest.transition == chosen.name:
        return f"This has already been done{who}: the case is “{now}”."
    return f"The case has moved on{who} and is now “{now}”. Look at it again."


def _cannot_stand(case: Case, name: str, given: Mapping[str, str], by: User) -> str:
    """What is wrong with these answers of this person, though nothing is in the way of the move itself."""
    if name == "record_cdrm":
        return missing_for(case, given["cdrm_kind"])
    if name in FINDINGS and must_not_hear(by, case):
        return "You declared an interest in this case. A panel chair who has none records what was found."
    return ""


def _story(chosen: Move, source: str) -> str:
    if source == chosen.target:
        return f"{chosen.label}."
    return f"{chosen.label}: {LABELS[State(source)]} → {LABELS[chosen.target]}."


def _record(case: Case, name: str, value: str, by: User, at: dt.datetime) -> None:
    CaseFact.objects.create(case=case, name=name, value=value, recorded_by=by, at=at)


def _effects(case: Case, chosen: Move, given: dict[str, str], by: User, at: dt.datetime) -> dict[str, Any]:
    """What else a move does, in the same transaction; what its history must keep of that."""
    if chosen.name == "mark_duplicate":
        return merge(case, given["duplicate_of"], by, at)
    if chosen.name == "undo_duplicate":
        _record(case, "duplicate_of", "", by, at)
        split(case, by, at)
    elif chosen.name in MEETINGS:
        MEETINGS[chosen.name](case, given, by)
    elif chosen.name == "accept":
        tell_ncmd(case, by, at)
    elif chosen.name == "take_over":
        taken_over(case)
    elif chosen.target in STUBS:
        make_stub(case, by, at)
    elif chosen.name == "rule_out" and "ncmd_notification" in case.facts:
        _record(case, "ncmd_withdrawal", "queued", by, at)
    return {}
