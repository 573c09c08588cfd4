"""Who chaired a panel, where it was not said before the panel was held."""

from django.contrib.auth.models import User
from django.db import transaction

from workflow.meetings.selectors import chair_in_the_way, must_not_hear
from workflow.meetings.states import MeetingState
from workflow.models import AgendaItem, Meeting, MeetingChange
from workflow.permissions import user_can_run_meetings, user_can_sign_off
from workflow.services.refusing import MoveRefused, require


@transaction.atomic
def name_chair(meeting: Meeting, by: User, chair: User) -> Meeting:
    """Say afterwards who chaired a panel, where nobody had been named: the chair signs what the panel found."""
    require(user_can_run_meetings(by))
    current = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if current.chair_id is not None:
        raise MoveRefused(["The chair has been named already."])
    if not user_can_sign_off(chair):
        raise MoveRefused([f"{_name(chair)} does not chair panels."])
    current.chair = chair
    current.save(update_fields=["chair"])
    MeetingChange.objects.create(meeting=current, by=by, text=f"Named the chair: {_name(chair)}."[:200])
    return current


@transaction.atomic
def name_chair_of(item: AgendaItem, by: User, chair: User) -> AgendaItem:
    """Let somebody else chair one case, because the chair of the meeting must not hear it."""
    require(user_can_run_meetings(by))
    meeting = Meeting.objects.select_for_update().get(pk=item.meeting_id)
    current = AgendaItem.objects.select_related("case", "meeting__chair", "chair").get(pk=item.pk)
    if current.outcome == "deferred" or meeting.state == MeetingState.CANCELLED:
        raise MoveRefused(["This case is not heard at that meeting any more."])
    if not chair_in_the_way(current):
        raise MoveRefused(["The chair can lead the panel through this case: they declared no interest in it."])
    if not user_can_sign_off(chair):
        raise MoveRefused([f"{_name(chair)} does not chair panels."])
    if must_not_hear(chair, current.case):
        raise MoveRefused([f"{_name(chair)} declared an interest in this case too."])
    current.chair = chair
    current.save(update_fields=["chair"])
    MeetingChange.objects.create(
        meeting=meeting, by=by, text=f"Item {current.position} is chaired by {_name(chair)}."[:200]
    )
    return current


def _name(user: User) -> str:
    return user.get_full_name() or user.username
