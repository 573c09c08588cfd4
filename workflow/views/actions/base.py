"""What every screen on which something is done to a case shares."""

from abc import abstractmethod
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from workflow.services import MoveRefused
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
            self.case = self.find(self.case.reference)
            return self.ask(form)
        messages.success(request, self.done)
        return redirect(self.back)

    @property
    def back(self) -> str:
        """Where a person goes when it is done, or not to be done."""
        return self.case_url

    def form(self, data: Any = None) -> django_forms.Form:
        return self.form_class(data)

    @abstractmethod
    def act(self, data: dict[str, Any]) -> None:
        """Do what the form is for."""

    def ask(self, form: django_forms.Form) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form, button=self.button))

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.title}]

    def get_page_title(self) -> str:
        return self.title
