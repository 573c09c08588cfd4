"""A screen that asks something, and does what was answered."""

from abc import abstractmethod
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.generic import TemplateView

from workflow.services import MoveRefused


class Asks(TemplateView):
    """Shows `form_class`; a valid one goes to `act`. What a service refuses is shown in its own words."""

    form_class: type[django_forms.Form] = django_forms.Form
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
            self.look_again()
            return self.ask(form)
        messages.success(request, self.done)
        return redirect(self.back)

    def form(self, data: Any = None) -> django_forms.Form:
        return self.form_class(data)

    def look_again(self) -> None:
        """Read anew what may have changed when a service refused."""

    @property
    @abstractmethod
    def back(self) -> str:
        """Where a person goes when it is done, or not to be done."""

    @abstractmethod
    def act(self, data: dict[str, Any]) -> None:
        """Do what the form is for."""

    def ask(self, form: django_forms.Form) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form, button=self.button, back=self.back))
