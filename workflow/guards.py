"""What must be true before a move, and the sentence a person reads when it is not.

A guard takes a case and answers with that sentence, or an empty string when nothing stands in the way.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workflow.models import Case

Guard = Callable[["Case"], str]


def scope_is_yes(case: Case) -> str:
    decision = case.scope_decisions.last()
    if decision is None:
        return "Record the scope decision first."
    return "" if decision.in_scope else "The scope decision says this death is out of scope."


def out_of_scope_confirmed(case: Case) -> str:
    decision = case.scope_decisions.last()
    if decision is None or decision.in_scope:
        return "Record the scope decision first: out of scope, with its reason."
    if decision.confirms_id is None:
        return "A second person, such as the designated doctor, must confirm that this death is out of scope."
    return ""


def jar_decided(case: Case) -> str:
    decision = case.jar_decisions.last()
    if decision is None or decision.required == "pending":
        return "Record whether a Joint Agency Response is needed."
    return ""


def nhs_number_or_reason(case: Case) -> str:
    if case.record.get("nhs_number_known") or case.record.get("nhs_number_missing_reason"):
        return ""
    return "Record the NHS number, or why there is none."


def chair_signed_off(case: Case) -> str:
    newest = case.state_changes.filter(transition__in=("record_panel", "reopen", "sign_off")).last()
    return "" if newest and newest.transition == "sign_off" else "The panel chair must sign off the findings first."


def no_hold_on(stage: str) -> Guard:
    def guard(case: Case) -> str:
        holds = [str(hold) for hold in case.holds.filter(ended_on__isnull=True) if stage in hold.blocks]
        return f"On hold: {', '.join(holds)}. End the hold, or change what it blocks, first." if holds else ""

    return guard


GUARDS: dict[str, tuple[Guard, ...]] = {
    "rule_out": (out_of_scope_confirmed,),
    "accept": (scope_is_yes, jar_decided, nhs_number_or_reason),
    "information_complete": (no_hold_on("cdrm"),),
    "quality_checked": (no_hold_on("panel"),),
    "schedule_panel": (no_hold_on("panel"),),
    "finalise": (chair_signed_off, no_hold_on("finalise")),
}


def refusals(case: Case, move: str) -> list[str]:
    """Why a move cannot be made now; empty when it can."""
    return [reason for guard in GUARDS.get(move, ()) if (reason := guard(case))]


def conditions(move: str) -> list[Callable[[Case], bool]]:
    """The guards of a move in the shape that django-fsm asks."""
    return [lambda case: not refusals(case, move)]
