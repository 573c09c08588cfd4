"""Who chaired a panel, where it was not said before the panel was held."""

from django.contrib.auth.models import User
from django.db import transaction

from workflow.models import Meeting, MeetingChange
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
        raise MoveRefused([f"{chair.get_full_name() or chair.username} does not chair panels."])
    current.chair = chair
    current.save(update_fields=["chair"])
    words = f"Named the chair: {chair.get_full_name() or chair.username}."
    MeetingChange.objects.create(meeting=current, by=by, text=words[:200])
    return current
