"""Decisions at triage."""

import datetime as dt

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from forms.sealing import seal
from workflow.clocks import happened, moment_of_death, no_longer
from workflow.models import Case, JarDecision, ScopeDecision
from workflow.permissions import user_can_oversee_cases, user_can_work_cases
from workflow.services.refusing import MoveRefused, locked_open, require
from workflow.services.telling import note


@transaction.atomic
def decide_scope(
    case: Case, by: User, in_scope: bool, reason_code: str = "", text: str = "", at: dt.datetime | None = None
) -> ScopeDecision:
    """Record a scope decision. Out of scope needs a reason, and then somebody else's confirmation."""
    require(user_can_work_cases(by))
    current = locked_open(case)
    if not in_scope and not reason_code:
        raise MoveRefused(["Choose the reason why this death is out of scope."])
    decision = ScopeDecision.objects.create(
        case=current,
        in_scope=in_scope,
        reason_code="" if in_scope else reason_code,
        sealed_note=seal(text) if text else "",
        decided_by=by,
        at=at or timezone.now(),
    )
    note(current, by, "decided", f"Scope: {decision}.", text, at)
    return decision


@transaction.atomic
def confirm_scope(case: Case, by: User, at: dt.datetime | None = None) -> ScopeDecision:
    """Confirm the newest out-of-scope decision as the second person; one of the two is a designated doctor."""
    require(user_can_work_cases(by))
    current = locked_open(case)
    proposed = current.scope_decisions.last()
    if proposed is None or proposed.in_scope or proposed.confirms_id:
        raise MoveRefused(["There is no out-of-scope decision that waits for confirmation."])
    if reason := why_not_second(proposed, by):
        raise MoveRefused([reason])
    decision = ScopeDecision.objects.create(
        case=current,
        in_scope=False,
        reason_code=proposed.reason_code,
        decided_by=by,
        confirms=proposed,
        at=at or timezone.now(),
    )
    note(current, by, "decided", f"Confirmed by a second person. {decision}.", at=at)
    return decision


def why_not_second(proposed: ScopeDecision, by: User) -> str:
    """Why this person cannot confirm that decision; empty when they can."""
    if proposed.decided_by_id == by.pk:
        return "The person who decided cannot also confirm. Ask a colleague."
    if not (user_can_oversee_cases(by) or user_can_oversee_cases(proposed.decided_by)):
        return "One of the two who decide must be a designated doctor. Ask one to confirm."
    return ""


@transaction.atomic
def decide_jar(
    case: Case,
    by: User,
    required: str,
    criteria: list[str],
    decider_role: str = "",
    override_reason: str = "",
    at: dt.datetime | None = None,
) -> JarDecision:
    """Record whether a Joint Agency Response is needed. Going against the criteria needs a reason."""
    require(user_can_work_cases(by))
    current = locked_open(case)
    if required == "no" and criteria and not override_reason.strip():
        raise MoveRefused(["At least one criterion is true. Say why a Joint Agency Response is not needed."])
    decision = JarDecision.objects.create(
        case=current,
        required=required,
        criteria=criteria,
        decider_role=decider_role,
        sealed_override_reason=seal(override_reason) if override_reason else "",
        decided_by=by,
        at=at or timezone.now(),
    )
    note(current, by, "decided", f"Joint Agency Response needed: {decision}.", override_reason, at)
    if required == "yes":
        happened(current, "jar_required", moment_of_death(current) or at or timezone.now())
    else:
        no_longer(current, "jar_required")
    return decision
