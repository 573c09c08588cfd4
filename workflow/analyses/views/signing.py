"""The chair signs, and what was recommended becomes actions."""

from typing import Any

from django import forms as django_forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property

from workflow.analyses.findings import findings
from workflow.analyses.forms import SignForm, TakeOverForm
from workflow.analyses.opening import why_not_sign
from workflow.analyses.presenters import findings_in_words
from workflow.analyses.signing import sign
from workflow.analyses.taking_over import take_over, to_take_over
from workflow.models import Analysis
from workflow.permissions import user_can_keep_actions, user_can_sign_off
from workflow.presenters import InTheWay
from workflow.views.actions.base import ActionView


class SignAnalysisView(ActionView):
    """The chair reads once more what would be recorded, and signs."""

    works_on_it = False
    template_name = "cdop_workflow/analysis/sign.html"
    title = "Sign the final analysis"
    button = "Sign it"
    done = "Signed. The panel’s findings are recorded."

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not user_can_sign_off(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def analysis(self) -> Analysis:
        found = self.case.analyses.select_related("case", "submission").exclude(submission=None)
        return get_object_or_404(found, pk=self.kwargs["pk"])

    def look_again(self) -> None:
        super().look_again()
        del self.analysis

    def form(self, data: Any = None) -> django_forms.Form:
        return SignForm(data, found=findings(self.analysis.says))

    def act(self, data: dict[str, Any]) -> None:
        given = {name: "yes" if value is True else value for name, value in data.items() if name != "agreed"}
        sign(self.analysis, self.staff, given)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        problems = why_not_sign(self.analysis, self.staff)
        return super().get_context_data(
            analysis=self.analysis,
            found=findings_in_words(self.analysis),
            in_the_way=[InTheWay(problem, "") for problem in problems],
            **kwargs,
        )


class TakeOverView(ActionView):
    """Everything that the signed analysis recommends, to be followed as actions."""

    works_on_it = False
    template_name = "cdop_workflow/analysis/take_over.html"
    title = "Take over recommendations"
    button = "Take them over"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not user_can_keep_actions(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def form(self, data: Any = None) -> django_forms.Form:
        return TakeOverForm(data, open_days=any(each.due is None for each in to_take_over(self.case)))

    def act(self, data: dict[str, Any]) -> None:
        made = take_over(self.case, self.staff, data.get("due_on") or timezone.localdate())
        self.done = f"Taken over: {len(made)}. Now tell the organisations." if made else "All had been taken over."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = to_take_over(self.case)
        nothing = "" if asked else "There is nothing to take over that has not been taken over yet."
        return super().get_context_data(asked=asked, in_the_way=[InTheWay(nothing, "")] if nothing else [], **kwargs)
