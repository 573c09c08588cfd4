"""Screens of triage: scope, Joint Agency Response, who the child is, urgency."""

from typing import Any

from django import forms as django_forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from workflow import services
from workflow.action_forms import ConfirmForm, JarForm, MilestoneForm, NhsNumberForm, ScopeForm, UrgencyForm
from workflow.permissions import user_can_see_identity
from workflow.views.actions.base import ActionView


class ScopeView(ActionView):
    form_class = ScopeForm
    title = "Scope decision"

    def act(self, data: dict[str, Any]) -> None:
        services.decide_scope(self.case, self.staff, data["in_scope"] == "yes", data["reason_code"], data["text"])


class ConfirmScopeView(ActionView):
    form_class = ConfirmForm
    title = "Confirm that this death is out of scope"
    button = "Confirm"

    def act(self, data: dict[str, Any]) -> None:
        services.confirm_scope(self.case, self.staff)


class JarView(ActionView):
    form_class = JarForm
    title = "Joint Agency Response decision"

    def act(self, data: dict[str, Any]) -> None:
        services.decide_jar(self.case, self.staff, **data)


class MilestoneView(ActionView):
    """Records a day beside the moves; `?name=jar_meeting` chooses what happened."""

    form_class = MilestoneForm
    title = "Record what happened"

    def form(self, data: Any = None) -> django_forms.Form:
        newest = self.case.jar_decisions.last()
        jar = newest is not None and newest.required == "yes"
        return MilestoneForm(data, jar=jar, initial={"name": self.request.GET.get("name", "")})

    def act(self, data: dict[str, Any]) -> None:
        services.record_milestone(self.case, self.staff, **data)


class NhsNumberView(ActionView):
    form_class = NhsNumberForm
    title = "NHS number"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not user_can_see_identity(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def act(self, data: dict[str, Any]) -> None:
        services.record_nhs_number(self.case, self.staff, data["nhs_number"], data["missing_reason"])


class UrgencyView(ActionView):
    form_class = UrgencyForm

    @property
    def title(self) -> str:  # type: ignore[override]
        return "No longer urgent" if self.case.urgent else "Mark as urgent"

    def form(self, data: Any = None) -> django_forms.Form:
        return UrgencyForm(data, initial={"urgent": not self.case.urgent})

    def act(self, data: dict[str, Any]) -> None:
        services.set_urgent(self.case, self.staff, data["urgent"], data["text"])
