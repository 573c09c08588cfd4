"""Buttons on the page of a meeting."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from workflow.meetings import services
from workflow.meetings.forms import AnswerForm
from workflow.meetings.views.base import MeetingPost
from workflow.models import AgendaItem, Seat


class InviteView(MeetingPost):
    def act(self, **kwargs: Any) -> str:
        sent = services.invite(self.meeting, self.staff)
        return f"Invitations sent: {sent}." if sent else "Everybody has been invited."


class SeatAsBeforeView(MeetingPost):
    def act(self, **kwargs: Any) -> str:
        added = services.seat_as_before(self.meeting, self.staff)
        return f"Members added: {added}. Nobody has been invited yet." if added else "They all have a seat already."


class RemoveSeatView(MeetingPost):
    def act(self, **kwargs: Any) -> str:
        services.remove_seat(get_object_or_404(Seat, pk=kwargs["seat_id"], meeting=self.meeting), self.staff)
        return "Removed."


class AnswerView(MeetingPost):
    """A member answers for themselves; those who run the meeting for anybody."""

    runs_it = False

    def act(self, **kwargs: Any) -> str:
        form = AnswerForm(self.request.POST)
        if not form.is_valid():
            raise PermissionDenied
        seat = get_object_or_404(Seat, pk=kwargs["seat_id"], meeting=self.meeting)
        services.answer(seat, self.staff, form.cleaned_data["said"])
        return "Thank you. Your answer is recorded." if seat.user_id == self.staff.pk else "Recorded."


class ReorderView(MeetingPost):
    def act(self, **kwargs: Any) -> str:
        item = get_object_or_404(AgendaItem, pk=kwargs["item_id"], meeting=self.meeting)
        services.reorder(item, self.staff, up="up" in self.request.POST)
        return "Moved."
