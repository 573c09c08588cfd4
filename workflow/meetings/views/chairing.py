"""Screens on which it is said who chairs: a whole panel afterwards, or one case of it."""

from typing import Any

from django.shortcuts import get_object_or_404

from workflow.meetings.chairing import name_chair, name_chair_of
from workflow.meetings.forms import ChairForm, ItemChairForm
from workflow.meetings.views.base import MeetingForm
from workflow.models import AgendaItem


class ChairView(MeetingForm):
    form_class = ChairForm
    title = "Name the chair"
    button = "Name the chair"
    done = "Recorded. Nobody else signs what this panel found."

    def act(self, data: dict[str, Any]) -> None:
        name_chair(self.meeting, self.staff, data["chair"])


class ItemChairView(MeetingForm):
    """Another chair for one case. Those who must not hear the case can name somebody all the same."""

    form_class = ItemChairForm
    title = "Another chair for one case"
    button = "Name the chair"
    done = "Recorded. They lead the panel through this case, and sign what it found."

    def act(self, data: dict[str, Any]) -> None:
        item = get_object_or_404(AgendaItem, pk=self.kwargs["item_id"], meeting=self.meeting)
        name_chair_of(item, self.staff, data["chair"])
