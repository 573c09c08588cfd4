"""The screen on which a case is moved."""

from typing import Any

from django import forms as django_forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from workflow import services
from workflow.action_forms import MoveForm
from workflow.permissions import user_can_make
from workflow.presenters import in_the_way
from workflow.states import BY_NAME, Move
from workflow.views.actions.base import ActionView


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
        seen = seen_on_screen(self.request)
        services.move(self.case, self.move.name, self.staff, data.get("reason", ""), details, seen=seen)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        newest = self.case.state_changes.last()
        possible = self.case.state in self.move.sources
        return super().get_context_data(
            impossible=not possible,
            in_the_way=in_the_way(self.case, self.move, self.staff) if possible else [],
            seen=newest.pk if newest else 0,
            **kwargs,
        )


def seen_on_screen(request: HttpRequest) -> int | None:
    """The history that was on the screen when the person decided; what is no number was never on a screen."""
    sent = request.POST.get("seen")
    return None if sent is None else int(sent) if sent.isdecimal() else 0


def _as_text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
