"""Making a case wait, and letting it go on."""

import datetime as dt

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from forms.sealing import seal
from workflow.models import Case, Hold
from workflow.models.decisions import BLOCKABLE, HOLD_KINDS
from workflow.permissions import user_can_work_cases
from workflow.services.refusing import MoveRefused, locked_open, require
from workflow.services.telling import note


@transaction.atomic
def hold(
    case: Case,
    by: User,
    kind: str,
    blocks: list[str],
    started_on: dt.date,
    *,
    expected_end: dt.date | None = None,
    review_on: dt.date | None = None,
    reason: str = "",
    at: dt.datetime | None = None,
) -> Hold:
    """Make a case wait for another process at the stages in `blocks`."""
    require(user_can_work_cases(by))
    current = locked_open(case)
    if kind not in dict(HOLD_KINDS) or not set(blocks) <= set(dict(BLOCKABLE)):
        raise MoveRefused(["Choose what the case waits for, and which stages wait."])
    for day, label in ((expected_end, "expected end"), (review_on, "date to look again")):
        if day and day < started_on:
            raise MoveRefused([f"The {label} cannot be before the hold starts."])
    started = Hold.objects.create(
        case=current,
        kind=kind,
        blocks=blocks,
        started_on=started_on,
        expected_end=expected_end,
        review_on=review_on,
        sealed_reason=seal(reason) if reason else "",
        started_by=by,
    )
    note(current, by, "held", f"On hold: {started}.", reason, at)
    return started


@transaction.atomic
def end_hold(held: Hold, by: User, ended_on: dt.date, at: dt.datetime | None = None) -> Hold:
    """End a hold. Ending it twice changes nothing."""
    require(user_can_work_cases(by))
    locked = Hold.objects.select_for_update().get(pk=held.pk)
    if locked.ended_on is None:
        if ended_on < locked.started_on:
            raise MoveRefused(["A hold cannot end before it starts."])
        if ended_on > timezone.localdate():
            raise MoveRefused(["A hold ends when it has ended: enter today or a day before."])
        locked.ended_on, locked.ended_by = ended_on, by
        locked.save(update_fields=["ended_on", "ended_by"])
        note(locked.case, by, "held", f"Hold ended: {locked}.", at=at)
    return locked


@transaction.atomic
def look_again_on(case: Case, by: User, on: dt.date) -> int:
    """Set the day on which somebody looks again at everything that holds a case; how many holds."""
    require(user_can_work_cases(by))
    current = locked_open(case)
    holds = list(current.holds.select_for_update().filter(ended_on=None))
    if not holds:
        raise MoveRefused(["No hold is open."])
    if any(on < each.started_on for each in holds):
        raise MoveRefused(["The date to look again cannot be before the hold starts."])
    current.holds.filter(pk__in=[each.pk for each in holds]).update(review_on=on)
    note(current, by, "held", f"Look again at the holds on {on.day} {on:%B %Y}.")
    return len(holds)
