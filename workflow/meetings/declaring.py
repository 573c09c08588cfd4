"""Who must not hear a case: said before the meeting, at it, or until what it found is submitted."""

from django.contrib.auth.models import User
from django.db import transaction

from forms.sealing import seal
from workflow.meetings.selectors import may_be_declared, seat_of
from workflow.meetings.states import INTERESTS
from workflow.models import AgendaItem, Interest, Meeting, MeetingChange, Seat
from workflow.permissions import user_can_run_meetings as may_run
from workflow.services.refusing import MoveRefused, require

TOO_LATE = "What this meeting found about the case is submitted, or the case was not heard. Tell the coordinator."


@transaction.atomic
def declare(item: AgendaItem, seat: Seat, by: User, kind: str, note: str = "") -> Interest:
    """Record why somebody must not hear a case. From then on it is hidden from them; nobody takes that back.

    Raises:
        MoveRefused: the case is not heard at this meeting any more, or its review there is over.
    """
    require(seat.user_id == by.pk or may_run(by))
    if seat.meeting_id != item.meeting_id or kind not in dict(INTERESTS):
        raise MoveRefused(["Choose why this case must not be heard."])
    meeting, current = _locked(item)
    found = Interest.objects.filter(item=current, seat=seat).first()
    if found:
        return found
    when = "" if meeting.is_coming else ", after the meeting was held"
    _note(meeting, by, f"{seat.get_seat_display()} declared an interest in item {current.position}{when}.")
    return Interest.objects.create(
        item=current, seat=seat, kind=kind, declared_by=by, sealed_note=seal(note) if note else ""
    )


@transaction.atomic
def declare_of_chair(item: AgendaItem, by: User, kind: str, note: str = "") -> Interest:
    """The same of whoever chairs the case, who may have no seat: they are given one, which counts for no quorum."""
    meeting, current = _locked(item)
    chair = current.chaired_by
    if chair is None:
        raise MoveRefused(["Nobody with an account here chairs this case."])
    require(chair.pk == by.pk or may_run(by))
    seat = seat_of(meeting, chair)
    if seat is None:
        seat = Seat.objects.create(meeting=meeting, seat="other", user=chair, attended=None)
        _note(meeting, by, f"Added to those who should come: {seat.get_seat_display()}.")
    return declare(current, seat, by, kind, note)


def _locked(item: AgendaItem) -> tuple[Meeting, AgendaItem]:
    meeting = Meeting.objects.select_for_update().get(pk=item.meeting_id)
    current = AgendaItem.objects.select_related("case", "meeting__chair", "chair").get(pk=item.pk)
    if not may_be_declared(current):
        raise MoveRefused([TOO_LATE])
    return meeting, current


def _note(meeting: Meeting, by: User, text: str) -> None:
    MeetingChange.objects.create(meeting=meeting, by=by, text=text)
