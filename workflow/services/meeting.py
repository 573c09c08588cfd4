"""What the moves of a case do to its meetings."""

import datetime as dt
from collections.abc import Callable

from django.contrib.auth.models import User
from django.utils import timezone

from workflow.meetings.selectors import item_of
from workflow.models import AgendaItem, Case, CaseFact, Meeting


def _schedule_cdrm(case: Case, given: dict[str, str], by: User, at: dt.datetime) -> None:
    from workflow.meetings.cdrm import cdrm_for

    cdrm_for(case, by, dt.date.fromisoformat(given["cdrm_on"]), given["cdrm_chair"])


def _record_cdrm(case: Case, given: dict[str, str], by: User, at: dt.datetime) -> None:
    from workflow.meetings.cdrm import cdrm_was_held

    cdrm_was_held(case)


def _schedule_panel(case: Case, given: dict[str, str], by: User, at: dt.datetime) -> None:
    from workflow.meetings.services import put_on

    meeting = Meeting.objects.get(pk=given["meeting"])
    put_on(meeting, case)
    _fact(case, "panel_on", meeting, by, at)


def _defer(case: Case, given: dict[str, str], by: User, at: dt.datetime) -> None:
    if item := item_of(case):
        AgendaItem.objects.filter(pk=item.pk).update(outcome="deferred")


def _record_panel(case: Case, given: dict[str, str], by: User, at: dt.datetime) -> None:
    if item := item_of(case):
        AgendaItem.objects.filter(pk=item.pk).update(outcome="discussed")
        _fact(case, "panel_held_on", item.meeting, by, at)


def _fact(case: Case, name: str, meeting: Meeting, by: User, at: dt.datetime) -> None:
    day = timezone.localdate(meeting.starts_at).isoformat()
    CaseFact.objects.create(case=case, name=name, value=day, recorded_by=by, at=at)


MEETINGS: dict[str, Callable[[Case, dict[str, str], User, dt.datetime], None]] = {
    "schedule_cdrm": _schedule_cdrm,
    "reschedule_cdrm": _schedule_cdrm,
    "record_cdrm": _record_cdrm,
    "schedule_panel": _schedule_panel,
    "defer": _defer,
    "record_panel": _record_panel,
}
