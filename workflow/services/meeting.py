"""What the moves of a case do to its meetings."""

import datetime as dt
from collections.abc import Callable

from django.contrib.auth.models import User

from workflow.meetings.selectors import item_of
from workflow.models import AgendaItem, Case, CaseFact, Meeting


def _schedule_cdrm(case: Case, given: dict[str, str], by: User) -> None:
    from workflow.meetings.cdrm import cdrm_for

    cdrm_for(case, by, dt.date.fromisoformat(given["cdrm_on"]), given["cdrm_chair"])


def _record_cdrm(case: Case, given: dict[str, str], by: User) -> None:
    from workflow.meetings.cdrm import cdrm_was_held

    cdrm_was_held(case, by)


def _schedule_panel(case: Case, given: dict[str, str], by: User) -> None:
    from workflow.meetings.services import put_on

    put_on(Meeting.objects.get(pk=given["meeting"]), case)


def _defer(case: Case, given: dict[str, str], by: User) -> None:
    if item := item_of(case):
        AgendaItem.objects.filter(pk=item.pk).update(outcome="deferred")


def _defer_for_chair(case: Case, given: dict[str, str], by: User) -> None:
    _defer(case, given, by)
    CaseFact.objects.create(case=case, name="deferred_for", value="interest", recorded_by=by)


def _record_panel(case: Case, given: dict[str, str], by: User) -> None:
    if item := item_of(case):
        AgendaItem.objects.filter(pk=item.pk).update(outcome="discussed")


MEETINGS: dict[str, Callable[[Case, dict[str, str], User], None]] = {
    "schedule_cdrm": _schedule_cdrm,
    "reschedule_cdrm": _schedule_cdrm,
    "record_cdrm": _record_cdrm,
    "schedule_panel": _schedule_panel,
    "defer": _defer,
    "defer_for_chair": _defer_for_chair,
    "record_panel": _record_panel,
}
