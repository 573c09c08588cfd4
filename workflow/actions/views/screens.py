"""One action, and what is entered about it."""

from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from workflow.actions import services
from workflow.actions.forms import ActionForm, StaffReportForm, WordsForm, as_entered
from workflow.actions.states import BY_NAME, MOVES, ActionState
from workflow.actions.views.base import ActionFormScreen, ActionScreen, ForActions
from workflow.permissions import user_can_keep_actions, user_can_move_action, user_can_see_identity
from workflow.presenters import case_url
from workflow.selectors import cases_for
from workflow.services import MoveRefused, record_view


class ActionView(ActionScreen):
    """What should be done, by whom, what came of it, and what can be done now."""

    template_name = "cdop_workflow/actions/action.html"
    keeps_it = False

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        action, user = self.action, self.staff
        keeps, knows = user_can_keep_actions(user), user_can_see_identity(user)
        changes = list(action.changes.select_related("by"))
        if knows and any(change.names_child for change in changes):
            record_view(action.case, user)
        return super().get_context_data(
            moves=[move for move in MOVES if action.state in move.sources and user_can_move_action(user, move)],
            changes=changes,
            sees_identity=knows,
            may_keep=keeps,
            may_change=keeps and action.is_open and action.state != ActionState.DONE,
            **kwargs,
        )


class AgreeActionView(ActionFormScreen):
    """A new one, on its case."""

    form_class = ActionForm
    title = "Add a recommendation or action"
    button = "Add it"
    done = "Added. Now tell the organisation."

    def find(self, **kwargs: Any) -> None:
        self.case = get_object_or_404(cases_for(self.request.user), reference=kwargs["reference"])

    @property
    def back(self) -> str:
        return self.action.get_absolute_url() if hasattr(self, "action") else case_url(self.case)

    def act(self, data: dict[str, Any]) -> None:
        self.action = services.agree(self.case, self.staff, **data)


class ChangeActionView(ActionFormScreen):
    title = "Change"

    def form(self, data: Any = None) -> django_forms.Form:
        return ActionForm(data, initial=as_entered(self.action))

    def act(self, data: dict[str, Any]) -> None:
        services.change(self.action, self.staff, **data)


class ActionMoveView(ActionFormScreen):
    def find(self, **kwargs: Any) -> None:
        super().find(**kwargs)
        move = BY_NAME.get(kwargs["move"])
        if move is None:
            raise Http404
        self.title = self.button = move.label
        self.done = f"Done: {move.label}."
        if move.name == "tell":
            self.explained = (
                f"An email with a link goes to {self.action.email or 'nobody yet: change the action first'}."
            )
        if move.needs_reason:
            self.form_class = StaffReportForm if "owner" in move.makers else WordsForm

    def act(self, data: dict[str, Any]) -> None:
        services.move(self.action, self.kwargs["move"], "staff", self.staff, **data)


class AskAgainView(ForActions):
    """Sends the organisation a new link."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            services.tell_again(self.action, self.staff)
            messages.success(request, "Sent. Earlier links work no longer.")
        except MoveRefused as refused:
            messages.error(request, " ".join(refused.reasons))
        return redirect(self.action.get_absolute_url())
