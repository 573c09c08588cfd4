"""One research project: what was asked, what became of it, and every extract."""

from typing import Any, cast

from django import forms as django_forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.views.generic import View

from exports.models import ResearchProject
from exports.research import services
from exports.research.forms import WordsForm
from exports.research.permissions import user_can_approve, user_can_ask
from exports.research.presenters import extracts_of, page_of
from exports.research.selectors import projects_for
from exports.research.states import APPROVERS, BY_NAME
from exports.research.views.listing import ResearchScreen
from workflow.asking import Asks
from workflow.services import MoveRefused
from workflow.views.actions.move import seen_on_screen

# What a person decides on a screen of its own, and what that brings about.
DECIDED = {
    "approve": "You allow {organisation} this data, without names, until {day}. It leaves once another does too.",
    "approve_too": "Somebody has approved this already. With you, {organisation} can be given this data until {day}.",
    "refuse": "No data leaves for this. Whoever asked reads your reason.",
    "end": "No more data leaves for this. {organisation} must then delete what it has, and prove it.",
    "prove": "Such as the reference of a certificate of deletion, and its day.",
}


class ProjectView(ResearchScreen):
    template_name = "cdop_exports/research/project.html"

    @cached_property
    def project(self) -> ResearchProject:
        return get_object_or_404(projects_for(self.staff), pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        return f"{self.project.number}: {self.project.request.title}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            project=self.project,
            asked=self.project.request,
            shown=page_of(self.project, self.staff),
            extracts=extracts_of(self.project),
            changes=self.project.changes.select_related("by"),
            **kwargs,
        )


class MoveView(Asks, ResearchScreen):
    template_name = "cdop_exports/research/move.html"
    done = "Recorded."

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if kwargs["move"] not in DECIDED:
            raise Http404
        self.move = BY_NAME[kwargs["move"]]
        others_may = user_can_ask(request.user) and self.move.who != APPROVERS
        if not (user_can_approve(request.user) or others_may):
            raise PermissionDenied
        self.button = self.move.label
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def project(self) -> ResearchProject:
        return get_object_or_404(projects_for(self.staff), pk=self.kwargs["pk"])

    @property
    def back(self) -> str:
        return reverse("exports:research_project", args=[self.project.pk])

    def get_page_title(self) -> str:
        return self.move.label

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        *above, here = super().get_breadcrumbs_items()
        return [*above, {"url": self.back, "label": self.project.number}, here]

    def form(self, data: Any = None) -> django_forms.Form:
        return WordsForm(data, label=self.move.asked) if self.move.asked else django_forms.Form(data)

    def act(self, data: dict[str, Any]) -> None:
        seen = seen_on_screen(self.request)
        if self.move.asked:
            services.move(self.project, self.move.name, self.staff, data["words"], seen=seen)
        else:
            services.approve(self.project, self.staff, seen=seen)

    def look_again(self) -> None:
        self.__dict__.pop("project", None)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        newest = self.project.changes.last()
        asked = self.project.request
        day = date_format(asked.expires_on, "j F Y")
        return super().get_context_data(
            project=self.project,
            seen=newest.pk if newest else 0,
            impossible=self.project.state not in self.move.sources,
            explained=DECIDED[self.move.name].format(organisation=asked.organisation, day=day),
            **kwargs,
        )


class ExtractView(View):
    """The file on its way out; what stands in the way is said on the project’s page."""

    http_method_names = ["post", "options"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not user_can_ask(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        project = get_object_or_404(projects_for(request.user), pk=pk)
        try:
            download = services.extract(project, cast(User, request.user))
        except MoveRefused as refused:
            messages.error(request, str(refused))
            return redirect("exports:research_project", pk)
        name = f"research-{project.number}-{timezone.localdate()}.zip"
        headers = {
            "Content-Disposition": content_disposition_header(True, name) or "attachment",
            "Cache-Control": "no-store",
        }
        return StreamingHttpResponse(download, content_type="application/zip", headers=headers)
