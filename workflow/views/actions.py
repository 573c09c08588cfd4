"""Screens on which something is done to a case: each asks, calls one service, and says what happened."""

from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from workflow import services
from workflow.action_forms import ConfirmForm, EndHoldForm, HoldForm, JarForm, MoveForm, NoteForm, ScopeForm
from workflow.guards import refusals
from workflow.models import Hold
from workflow.permissions import user_can_make
from workflow.services import MoveRefused
from workflow.states import BY_NAME, Move
from workflow.views.base import OneCaseView


class ActionView(OneCaseView):
    """Shows `form_class`; a valid one goes to `act`. What a service refuses is shown in its own words."""

    template_name = "cdop_workflow/action.html"
    works_on_it = True
    form_class: type[django_forms.Form]
    title = ""
    button = "Save"
    done = "Saved."

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.ask(self.form())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.ask(form)
        try:
            self.act(form.cleaned_data)
        except MoveRefused as refused:
            for reason in refused.reasons:
                form.add_error(None, reason)
            return self.ask(form)
        messages.success(request, self.done)
        return redirect(self.case_url)

    def form(self, data: Any = None) -> django_forms.Form:
        return self.form_class(data)

    def act(self, data: dict[str, Any]) -> None:
        raise NotImplementedError

    def ask(self, form: django_forms.Form) -> HttpResponse:
        context = self.get_context_data(form=form, action_title=self.title, button=self.button)
        return self.render_to_response(context)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.title}]

    def get_page_title(self) -> str:
        return self.title


class MoveView(ActionView):
    works_on_it = False

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.choose()
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.choose()
        return super().post(request, *args, **kwargs)

    def choose(self) -> None:
        """Find the move and check the right before anything is shown."""
        name = self.kwargs["move"]
        if name not in BY_NAME:
            raise Http404
        self.move: Move = BY_NAME[name]
        if not user_can_make(self.staff, self.move):
            raise PermissionDenied
        self.title = self.button = self.move.label
        self.done = f"Done: {self.move.label}."

    def form(self, data: Any = None) -> django_forms.Form:
        return MoveForm(data, move=self.move, initial=self.case.facts)

    def act(self, data: dict[str, Any]) -> None:
        details = {name: _as_text(value) for name, value in data.items() if name != "reason"}
        services.move(self.case, self.move.name, self.staff, data.get("reason", ""), details)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(refusals=refusals(self.case, self.move.name), **kwargs)


def _as_text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


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
        services.add_note(self.case, self.staff, data["text"])
