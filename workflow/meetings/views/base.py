"""What every screen about one meeting shares."""

from abc import abstractmethod
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from workflow.asking import Asks
from workflow.meetings.selectors import meetings_for
from workflow.permissions import user_can_run_meetings
from workflow.services import MoveRefused


class ForMeetings(View):
    """Finds the meeting among those this person may see; `runs_it` is for those who run meetings."""

    runs_it = True

    def dispatch(self, request: HttpRequest, *args: Any, pk: int | None = None, **kwargs: Any) -> HttpResponseBase:
        if self.runs_it and not user_can_run_meetings(request.user):
            raise PermissionDenied
        if pk is not None:
            self.meeting = get_object_or_404(meetings_for(request.user), pk=pk)
        return super().dispatch(request, *args, **kwargs)

    @property
    def staff(self) -> User:
        return cast(User, self.request.user)


class MeetingScreen(ForMeetings, WagtailAdminTemplateMixin, TemplateView):
    header_icon = "group"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        items = [
            {"url": reverse("wagtailadmin_home"), "label": "Home"},
            {"url": reverse("meetings:list"), "label": "Meetings"},
        ]
        if hasattr(self, "meeting"):
            items.append({"url": self.meeting.get_absolute_url(), "label": str(self.meeting)})
        return items

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(meeting=getattr(self, "meeting", None), **kwargs)


class MeetingForm(Asks, MeetingScreen):
    template_name = "cdop_workflow/meetings/form.html"
    title = ""

    @property
    def back(self) -> str:
        return self.meeting.get_absolute_url() if hasattr(self, "meeting") else reverse("meetings:list")

    def get_page_title(self) -> str:
        return self.title

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.title}]


class MeetingPost(ForMeetings):
    """A button on the page of a meeting: does one thing and leads back to it."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            messages.success(request, self.act(**kwargs))
        except MoveRefused as refused:
            messages.error(request, " ".join(refused.reasons))
        return redirect(self.meeting.get_absolute_url())

    @abstractmethod
    def act(self, **kwargs: Any) -> str:
        """Do it; the sentence that says so."""
