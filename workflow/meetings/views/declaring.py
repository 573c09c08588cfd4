"""The screen on which it is said who must not hear a case."""

from typing import Any

from django import forms as django_forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from workflow.meetings.declaring import declare, declare_of_chair
from workflow.meetings.forms import CHAIR, InterestForm
from workflow.meetings.selectors import seat_of
from workflow.meetings.views.base import MeetingForm
from workflow.models import AgendaItem, Seat
from workflow.permissions import user_can_read_cases, user_can_run_meetings
from workflow.selectors import cases_for


class InterestView(MeetingForm):
    """A member says that they must not hear a case; those who run the meeting say it for themselves or for another."""

    runs_it = False
    button = "Declare it"
    done = "Declared. The case is hidden from them now."

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not user_can_read_cases(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def item(self) -> AgendaItem:
        readable = cases_for(self.staff).values("pk")
        items = AgendaItem.objects.select_related("case", "chair", "meeting__chair")
        return get_object_or_404(items.filter(meeting=self.meeting, case__in=readable), pk=self.kwargs["item_id"])

    @property
    def title(self) -> str:  # type: ignore[override]
        return f"Declare an interest in case {self.item.case.reference}"

    def form(self, data: Any = None) -> django_forms.Form:
        return InterestForm(data, item=self.item, runs=user_can_run_meetings(self.staff))

    def act(self, data: dict[str, Any]) -> None:
        who = data.pop("who", "")
        if who == CHAIR:
            declare_of_chair(self.item, self.staff, **data)
            return
        seat = Seat.objects.get(pk=who) if who else seat_of(self.meeting, self.staff)
        if seat is None:
            raise PermissionDenied
        declare(self.item, seat, self.staff, **data)
