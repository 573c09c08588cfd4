"""The only place that writes cases. `move` is the one door for a change of state."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django_fsm import can_proceed

from workflow.clocks import happened
from workflow.guards import refusals
from workflow.models import (
    Case,
    CaseFact,
    CaseView,
    Hold,
    JarDecision,
    ScopeDecision,
    StateChange,
    TimelineEntry,
)
from workflow.permissions import user_can_confirm_scope, user_can_make, user_can_see_identity, user_can_work_cases
from workflow.states import BY_NAME, LABELS, Input, Move, State

VIEW_LOGGED_EVERY = dt.timedelta(hours=1)


class MoveRefused(Exception):
    """A move that cannot be made now; `reasons` are sentences for the person who tried."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


def note(case: Case, by: User | None, kind: str, text: str) -> TimelineEntry:
    """Add a line to the case's timeline."""
    return TimelineEntry.objects.create(case=case, by=by, kind=kind, text=text)


@transaction.atomic
def move(case: Case, name: str, by: User, reason: str = "", details: Mapping[str, str] | None = None) -> Case:
    """Make a move: check the right, the answers and the guards; change the state; write history and timeline.

    Raises:
        PermissionDenied: the person's role may not make this move.
        MoveRefused: somebody was there first, an answer is missing, or a guard stands in the way. Nothing is written.
    """
    chosen = BY_NAME[name]
    if not user_can_make(by, chosen.right):
        raise PermissionDenied(f"Your role cannot do this: {chosen.label}.")
    locked = Case.objects.select_for_update().get(pk=case.pk)
    if locked.state not in chosen.sources:
        raise MoveRefused([_too_late(locked, chosen)])
    given = _checked(locked, chosen, reason.strip(), details or {})
    for fact, value in given.items():
        CaseFact.objects.create(case=locked, name=fact, value=value, recorded_by=by)
    source = locked.state
    change = getattr(locked, name)
    if not can_proceed(change):
        raise MoveRefused(refusals(locked, name))
    change()
    _effects(locked, chosen, given, by)
    locked.save()
    StateChange.objects.create(
        case=locked, transition=name, source=source, target=locked.state, by=by, reason=reason.strip(), details=given
    )
    note(locked, by, "moved", _story(chosen, source, reason.strip()))
    happened(locked, name, timezone.now())
    return locked


def _too_late(case: Case, chosen: Move) -> str:
    newest = case.state_changes.last()
    who = f" by {newest.by.get_full_name() or newest.by.username}" if newest and newest.by else ""
    if case.state == chosen.target:
        return f"This has already been done{who}: the case is “{LABELS[State(case.state)]}”."
    return f"The case has moved on{who} and is now “{LABELS[State(case.state)]}”. Look at it again."


def _story(chosen: Move, source: str, reason: str) -> str:
    moved = f"{chosen.label}: {LABELS[State(source)]} → {LABELS[chosen.target]}."
    return f"{moved} {reason}".strip()


def _checked(case: Case, chosen: Move, reason: str, details: Mapping[str, str]) -> dict[str, str]:
    """The answers to what the move asks; MoveRefused lists everything that is missing or wrong."""
    problems = ["Give the reason."] if chosen.needs_reason and not reason else []
    given = {}
    for asked in chosen.inputs:
        value = str(details.get(asked.name, "")).strip()
        if problem := _wrong(case, asked, value, reason):
            problems.append(problem)
        given[asked.name] = value
    if problems:
        raise MoveRefused(problems)
    return given


def _wrong(case: Case, asked: Input, value: str, reason: str) -> str:
    if not value:
        return f"Confirm: {asked.label}." if asked.kind == "yes" else f"Answer “{asked.label}”."
    if asked.kind == "yes" and value != "yes":
        return f"Confirm: {asked.label}."
    if asked.kind == "choice" and value not in dict(asked.choices):
        return f"Choose one of the answers to “{asked.label}”."
    if asked.kind == "date" and not _is_date(value):
        return f"Give a real date for “{asked.label}”."
    if asked.kind == "case" and not _other_case(case, value):
        return f"There is no other open case {value}."
    if asked.reason_if and value == asked.reason_if and not reason:
        return "Give the reason."
    return ""


def _is_date(text: str) -> bool:
    try:
        return bool(dt.date.fromisoformat(text))
    except ValueError:
        return False


def _other_case(case: Case, reference: str) -> Case | None:
    return Case.objects.exclude(pk=case.pk).exclude(state=State.DUPLICATE).filter(reference=reference).first()


def _effects(case: Case, chosen: Move, given: dict[str, str], by: User) -> None:
    if chosen.name == "mark_duplicate":
        kept = _other_case(case, given["duplicate_of"])
        if kept is None:
            raise MoveRefused([f"There is no other open case {given['duplicate_of']}."])
        case.duplicate_of = kept
        case.submissions.update(case=kept)
        note(kept, by, "received", f"Case {case.reference} is the same child. Its notifications are now here.")
    if chosen.name == "accept":
        CaseFact.objects.create(case=case, name="ncmd_notification", value="queued", recorded_by=by)


@transaction.atomic
def decide_scope(case: Case, by: User, in_scope: bool, reason_code: str = "", text: str = "") -> ScopeDecision:
    """Record a scope decision. Out of scope needs a reason, and then somebody else's confirmation."""
    _require(user_can_work_cases(by))
    if not in_scope and not reason_code:
        raise MoveRefused(["Choose the reason why this death is out of scope."])
    decision = ScopeDecision.objects.create(
        case=case, in_scope=in_scope, reason_code="" if in_scope else reason_code, note=text, decided_by=by
    )
    note(case, by, "decided", f"Scope: {decision}.")
    return decision


@transaction.atomic
def confirm_scope(case: Case, by: User) -> ScopeDecision:
    """Confirm the newest out-of-scope decision as the second person."""
    _require(user_can_confirm_scope(by))
    Case.objects.select_for_update().get(pk=case.pk)
    proposed = case.scope_decisions.last()
    if proposed is None or proposed.in_scope or proposed.confirms_id:
        raise MoveRefused(["There is no out-of-scope decision that waits for confirmation."])
    if proposed.decided_by_id == by.pk:
        raise MoveRefused(
            ["The person who decided cannot also confirm. Ask a colleague, such as the designated doctor."]
        )
    decision = ScopeDecision.objects.create(
        case=case, in_scope=False, reason_code=proposed.reason_code, decided_by=by, confirms=proposed
    )
    note(case, by, "decided", f"Confirmed by a second person. {decision}.")
    return decision


@transaction.atomic
def decide_jar(
    case: Case, by: User, required: str, criteria: list[str], decider_role: str = "", override_reason: str = ""
) -> JarDecision:
    """Record whether a Joint Agency Response is needed. Going against the criteria needs a reason."""
    _require(user_can_work_cases(by))
    if required == "no" and criteria and not override_reason:
        raise MoveRefused(["At least one criterion is true. Say why a Joint Agency Response is not needed."])
    decision = JarDecision.objects.create(
        case=case,
        required=required,
        criteria=criteria,
        decider_role=decider_role,
        override_reason=override_reason,
        decided_by=by,
    )
    note(case, by, "decided", f"Joint Agency Response needed: {decision}.")
    return decision


@transaction.atomic
def hold(case: Case, by: User, kind: str, blocks: list[str], started_on: dt.date, **dates: Any) -> Hold:
    """Make a case wait for another process at the stages in `blocks`."""
    _require(user_can_work_cases(by))
    started = Hold.objects.create(case=case, kind=kind, blocks=blocks, started_on=started_on, started_by=by, **dates)
    note(case, by, "held", f"On hold: {started}.")
    return started


@transaction.atomic
def end_hold(held: Hold, by: User, ended_on: dt.date) -> Hold:
    """End a hold. Ending it twice changes nothing."""
    _require(user_can_work_cases(by))
    locked = Hold.objects.select_for_update().get(pk=held.pk)
    if locked.ended_on is None:
        if ended_on < locked.started_on:
            raise MoveRefused(["A hold cannot end before it starts."])
        locked.ended_on, locked.ended_by = ended_on, by
        locked.save(update_fields=["ended_on", "ended_by"])
        note(locked.case, by, "held", f"Hold ended: {locked}.")
    return locked


def add_note(case: Case, by: User, text: str) -> TimelineEntry:
    """Add a person's own note to the timeline."""
    _require(user_can_work_cases(by))
    return note(case, by, "noted", text)


def record_view(case: Case, by: User) -> None:
    """Remember that somebody opened a case: once an hour for each person and case."""
    since = timezone.now() - VIEW_LOGGED_EVERY
    with_identity = user_can_see_identity(by)
    if not CaseView.objects.filter(case=case, by=by, at__gte=since, with_identity=with_identity).exists():
        CaseView.objects.create(case=case, by=by, with_identity=with_identity)


def _require(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied("Your role cannot do this.")
