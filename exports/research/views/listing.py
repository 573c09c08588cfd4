"""What researchers asked for, and asking on their behalf."""

from typing import Any, cast

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from exports.research import services
from exports.research.forms import AskForm
from exports.research.permissions import approvers_in_words, user_can_ask, user_can_read_research
from exports.research.selectors import GROUPS, ends_soon, how_many, in_group
from workflow.asking import Asks

HOME = [("wagtailadmin_home", "Home"), ("exports:research", "Research")]


class ResearchScreen(WagtailAdminTemplateMixin, TemplateView):
    """Those who may not read research projects are refused before anything is looked up."""

    header_icon = "glasses"
    page_title = "Research"
    may_open = staticmethod(user_can_read_research)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.may_open(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def staff(self) -> User:
        return cast(User, self.request.user)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        above = [{"url": reverse(name), "label": label} for name, label in HOME if label != self.get_page_title()]
        return [*above, {"url": "", "label": self.get_page_title()}]


class ProjectsView(ResearchScreen):
    template_name = "cdop_exports/research/projects.html"
    PER_PAGE = 30

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        group = self.request.GET.get("show", "")
        group = group if group in GROUPS else "to_decide"
        page = Paginator(in_group(self.staff, group), self.PER_PAGE).get_page(self.request.GET.get("p"))
        counts = how_many(self.staff)
        return super().get_context_data(
            chosen=group,
            groups=[(name, label, counts[name]) for name, (label, _) in GROUPS.items()],
            page=page,
            rows=[(project, ends_soon(project)) for project in page.object_list],
            may_ask=user_can_ask(self.staff),
            **kwargs,
        )


class AskView(Asks, ResearchScreen):
    template_name = "cdop_exports/research/ask.html"
    page_title = "Ask for an extract"
    may_open = staticmethod(user_can_ask)
    form_class = AskForm  # type: ignore[assignment]  # a form of a model takes data all the same
    button = "Ask"
    done = "Asked. Two people decide on it."

    @property
    def back(self) -> str:
        return reverse("exports:research")

    def act(self, data: dict[str, Any]) -> None:
        self.project = services.ask(self.staff, **data)

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        if response.status_code != 302:
            return response
        return redirect("exports:research_project", self.project.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(approvers=approvers_in_words(), **kwargs)
