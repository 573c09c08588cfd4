"""The meeting of those who cared for a child: made, moved and held by the moves of its case."""

import datetime as dt

from django.contrib.auth.models import User
from django.utils import timezone

from workflow.meetings.services import change, plan, put_on
from workflow.meetings.states import LABELS, MeetingState
from workflow.models import AgendaItem, Case, Meeting, MeetingChange


def cdrm_for(case: Case, by: User, on: dt.date, chair_role: str) -> Meeting:
    """The meeting of those who cared for a child, on the day that the review names: made, or moved to that day."""
    item = case.agenda_items.select_related("meeting").filter(meeting__kind="cdrm", outcome="").last()
    meeting = Meeting.objects.select_for_update().get(pk=item.meeting_id) if item else None
    if meeting and meeting.is_coming:
        start = timezone.localtime(meeting.starts_at)
        moved = start.replace(year=on.year, month=on.month, day=on.day)
        ends = moved + (meeting.ends_at - meeting.starts_at)
        return change(meeting, by, starts_at=moved, ends_at=ends, chair_role=chair_role)
    start = timezone.make_aware(dt.datetime.combine(on, dt.time(10)))
    meeting = plan(by, kind="cdrm", starts_at=start, ends_at=start + dt.timedelta(hours=1), chair_role=chair_role)
    put_on(meeting, case)
    return meeting


def cdrm_was_held(case: Case, by: User) -> None:
    """The CDRM of a case is recorded with the case: its meeting has been held."""
    item = case.agenda_items.select_related("meeting").filter(meeting__kind="cdrm", outcome="").last()
    if item is None:
        return
    AgendaItem.objects.filter(pk=item.pk).update(outcome="discussed")
    meeting = Meeting.objects.select_for_update().get(pk=item.meeting_id)
    if meeting.is_coming:
        meeting.hold()
        meeting.save()
        MeetingChange.objects.create(meeting=meeting, by=by, text=f"{LABELS[MeetingState(meeting.state)]}.")
