"""What every screen about one action shares."""

from typing import Any, cast

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from workflow.actions.selectors import actions_for
from workflow.asking import Asks
from workflow.models import Action
from workflow.permissions import user_can_keep_actions, user_can_read_every_case
from workflow.presenters import case_url


class ForActions(View):
    """Finds the action among those this person may see; `keeps_it` is for those who agree and follow up actions."""

    keeps_it = True
    action: Action

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not (user_can_keep_actions if self.keeps_it else user_can_read_every_case)(request.user):
            raise PermissionDenied
        self.find(**kwargs)
        return super().dispatch(request, *args, **kwargs)

    def find(self, **kwargs: Any) -> None:
        self.action = get_object_or_404(actions_for(self.request.user).select_related("case"), pk=kwargs["pk"])

    @property
    def staff(self) -> User:
        return cast(User, self.request.user)


class ActionScreen(ForActions, WagtailAdminTemplateMixin, TemplateView):
    header_icon = "tasks"
    title = ""

    def get_page_title(self) -> str:
        return self.title or str(self.action)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        items = [
            {"url": reverse("wagtailadmin_home"), "label": "Home"},
            {"url": reverse("actions:list"), "label": "Actions"},
        ]
        if hasattr(self, "action"):
            items.append({"url": self.action.get_absolute_url(), "label": str(self.action)})
        return [*items, {"url": "", "label": self.title}] if self.title else items

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if hasattr(self, "action"):
            kwargs |= {"action": self.action, "case_url": case_url(self.action.case)}
        return super().get_context_data(**kwargs)


class ActionFormScreen(Asks, ActionScreen):
    template_name = "cdop_workflow/actions/form.html"
    explained = ""

    @property
    def back(self) -> str:
        return self.action.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(explained=self.explained, **kwargs)
