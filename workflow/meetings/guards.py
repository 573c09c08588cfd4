"""What stands in the way of a move of a meeting, as the sentence that a person reads."""

from django.utils import timezone

from workflow.meetings.selectors import planned, present
from workflow.meetings.states import PANELS
from workflow.models import Meeting


def why_not(meeting: Meeting, name: str) -> str:
    """Why a meeting cannot be shared, held or cancelled now; empty when it can."""
    if name == "share":
        if not meeting.items.exists():
            return "There is no case on the agenda yet."
        enough = planned(meeting)
        return "" if meeting.kind not in PANELS or enough.met else f"It would not be quorate: {enough.words}."
    if name == "hold":
        return _cannot_have_been_held(meeting)
    if name == "cancel" and meeting.items.filter(outcome="").exclude(meeting__kind="cdrm").exists():
        return "There are cases on its agenda. The chair defers them first."
    return ""


def _cannot_have_been_held(meeting: Meeting) -> str:
    if timezone.localdate(meeting.starts_at) > timezone.localdate():
        return "It lies in the future. Record it once it has been held."
    if meeting.kind not in PANELS:
        return ""
    if not meeting.items.exists():
        return "There was no case on its agenda. Cancel it instead."
    enough = present(meeting)
    return "" if enough.met else f"It was not quorate: {enough.words}. Cancel it, and put its cases on another agenda."
