"""Beginning an analysis, going on with it, and giving it up."""

from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property

from forms.access import remember
from forms.models import Draft
from workflow.action_forms import ConfirmForm
from workflow.analyses import services
from workflow.analyses.forms import ReasonForm
from workflow.analyses.opening import why_not_begin
from workflow.analyses.selectors import newest, signed
from workflow.analyses.states import STAGES, WRITERS, Stage
from workflow.models import Analysis, Case
from workflow.permissions import user_can_write_analysis
from workflow.presenters import InTheWay
from workflow.services import MoveRefused
from workflow.views.actions.base import ActionView


class Writing(ActionView):
    """For those who write analyses of the stage."""

    works_on_it = False
    journey = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not any(user_can_write_analysis(request.user, stage) for stage in WRITERS):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def stage(self) -> str:
        stage = self.kwargs.get("stage") or self.analysis.stage
        if stage not in WRITERS:
            raise Http404
        if not user_can_write_analysis(self.staff, stage):
            raise PermissionDenied
        return stage

    @cached_property
    def analysis(self) -> Analysis:
        return get_object_or_404(self.case.analyses, pk=self.kwargs["pk"])

    @property
    def back(self) -> str:
        return self.journey or self.case_url

    def go_on(self, analysis: Analysis) -> Draft:
        """This browser may go on with the answers; the receipt leads back to the case."""
        draft = services.go_on(analysis, self.staff)
        remember(self.request, draft, back=self.case_url)
        return draft


class BeginAnalysisView(Writing):
    """Begins a version, and leads into the same form as every other."""

    button = "Go to the form"
    done = "What you enter is kept with the case until you send it."

    def form(self, data: Any = None) -> django_forms.Form:
        changes_a_signed_one = self.stage == Stage.PANEL and signed(self.case) is not None
        return (ReasonForm if changes_a_signed_one else ConfirmForm)(data)

    @property
    def title(self) -> str:  # type: ignore[override]
        return dict(STAGES)[self.stage].partition(",")[0]

    def act(self, data: dict[str, Any]) -> None:
        """To the first page, also where it is answered: what was copied is looked at anew."""
        draft = self.go_on(services.begin(self.case, self.stage, self.staff, data.get("reason", "")))
        self.journey = reverse("forms:page", args=[draft.pk, draft.definition.pages[0].key])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        problem = why_not_begin(self.case, self.stage)
        return super().get_context_data(
            in_the_way=[InTheWay(problem, "")] if problem else [],
            explained="" if problem else _begins_with(self.case, self.stage),
            **kwargs,
        )


def _begins_with(case: Case, stage: str) -> str:
    old = newest(case, stage) or newest(case, Stage.CDRM)
    if old is None:
        return "It begins empty, but for what is known of the case and the meeting."
    day = f"{old.completed_at:%d %B %Y}".lstrip("0") if old.completed_at else ""
    stays = "" if stage != old.stage else " That version stays as it is and can still be read."
    return (
        f"It begins with the answers of {str(old).lower()}, sent {day}. Change what the meeting saw otherwise.{stays}"
    )


class GoOnView(Writing):
    """A button: back into the form."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect(self.case_url)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            if self.stage:
                self.journey = reverse("forms:resume", args=[self.go_on(self.analysis).pk])
        except MoveRefused as refused:
            messages.error(request, " ".join(refused.reasons))
        return redirect(self.back)


class GiveUpView(Writing):
    form_class = ConfirmForm
    button = "Give it up"
    done = "Given up. What had been entered is deleted."

    @property
    def title(self) -> str:  # type: ignore[override]
        return f"Give up the {dict(STAGES)[self.stage].partition(',')[0].lower()}"

    def act(self, data: dict[str, Any]) -> None:
        services.give_up(self.analysis, self.staff)
