"""Recording what happens beside the moves."""

import datetime as dt

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from forms.models.translations import speaking
from workflow.clocks import happened
from workflow.models import Case, CaseFact
from workflow.permissions import user_can_work_cases
from workflow.services.refusing import MoveRefused, locked_open, require
from workflow.services.telling import note
from workflow.states import MILESTONE, Milestone


@transaction.atomic
def record_milestone(
    case: Case, by: User, name: str, on: dt.date, time: dt.time | None = None, at: dt.datetime | None = None
) -> None:
    """Record the day on which a milestone was reached: it meets and starts the time limits that name it.

    Without a time the day counts from its beginning. Recorded again, the newer day is shown and both stay in the
    story; a time limit that was met before keeps its day.
    """
    require(user_can_work_cases(by))
    current, milestone = locked_open(case), MILESTONE[name]
    if not milestone.by_hand:
        raise MoveRefused(["This is recorded with the safeguarding referrals of the case."])
    reach(current, by, name, on, time, at)


def reach(
    current: Case, by: User, name: str, on: dt.date, time: dt.time | None = None, at: dt.datetime | None = None
) -> None:
    """`record_milestone` for a service that has checked the right and holds the case."""
    milestone = MILESTONE[name]
    if problem := _why_not(current, milestone, on, time):
        raise MoveRefused([problem])
    CaseFact.objects.create(
        case=current, name=milestone.fact, value=on.isoformat(), recorded_by=by, at=at or timezone.now()
    )
    happened(current, name, moment_of(on, time))
    with speaking(""):
        day = date_format(on, "j F Y")
    note(current, by, "decided", f"{milestone.label}: {day}{f', {time:%H:%M}' if time else ''}.", at=at)


def moment_of(on: dt.date, time: dt.time | None) -> dt.datetime:
    """The day and time as a moment; a day alone counts from its beginning."""
    return timezone.make_aware(dt.datetime.combine(on, time or dt.time()))


def _why_not(case: Case, milestone: Milestone, on: dt.date, time: dt.time | None) -> str:
    newest = case.jar_decisions.last()
    if milestone.jar and (newest is None or newest.required != "yes"):
        return "Record first that a Joint Agency Response is needed."
    if moment_of(on, time) > timezone.now():
        return "This lies in the future: record it when it has happened."
    if case.died_on and on < case.died_on and not milestone.may_precede_death:
        return "This is before the death. Check the day."
    return ""
