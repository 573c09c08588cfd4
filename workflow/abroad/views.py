"""The screen on which is recorded whether the body of a child is brought home."""

from typing import Any

from django import forms as django_forms

from workflow.abroad.selectors import ANSWERS, BODY_HOME
from workflow.abroad.services import record_body_home
from workflow.views.actions.base import ActionView


class BodyHomeForm(django_forms.Form):
    answer = django_forms.ChoiceField(
        label="Is the body brought home?",
        choices=ANSWERS,
        widget=django_forms.RadioSelect,
        help_text="If it is, a coroner here may investigate: the case then shows what to ask.",
    )


class BodyHomeView(ActionView):
    title = "Brought home after a death abroad"

    def form(self, data: Any = None) -> django_forms.Form:
        return BodyHomeForm(data, initial={"answer": self.case.facts.get(BODY_HOME)})

    def act(self, data: dict[str, Any]) -> None:
        record_body_home(self.case, self.staff, data["answer"])
