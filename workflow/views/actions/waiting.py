"""Screens that make a case wait, let it go on, and add a note."""

from typing import Any

from django.shortcuts import get_object_or_404

from workflow import services
from workflow.action_forms import EndHoldForm, HoldForm
from workflow.models import Hold
from workflow.views.actions.base import ActionView
from workflow.worklist.forms import NoteForm
from workflow.worklist.services import tell


class HoldView(ActionView):
    form_class = HoldForm
    title = "Put on hold"

    def act(self, data: dict[str, Any]) -> None:
        services.hold(self.case, self.staff, **data)


class EndHoldView(ActionView):
    form_class = EndHoldForm
    title = "End the hold"

    def act(self, data: dict[str, Any]) -> None:
        held = get_object_or_404(Hold, pk=self.kwargs["hold_id"], case=self.case)
        services.end_hold(held, self.staff, data["ended_on"])


class NoteView(ActionView):
    form_class = NoteForm
    title = "Add a note"

    def act(self, data: dict[str, Any]) -> None:
        tell(self.case, data["text"], data["to"], self.staff, data["contact"])
