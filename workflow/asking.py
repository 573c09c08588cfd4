"""A screen that asks something, and does what was answered."""

from abc import abstractmethod
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.generic import FormView

from workflow.services import MoveRefused


class Asks(FormView):
    """Shows `form_class`; a valid one goes to `act`. What a service refuses is shown in its own words."""

    form_class: type[django_forms.Form] = django_forms.Form
    button = "Save"
    done = "Saved."

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data())

    def get_form(self, form_class: Any = None) -> django_forms.Form:
        return self.form(self.request.POST if self.request.method == "POST" else None)

    def form(self, data: Any = None) -> django_forms.Form:
        return self.form_class(data)

    def form_valid(self, form: django_forms.Form) -> HttpResponse:
        try:
            self.act(form.cleaned_data)
        except MoveRefused as refused:
            for reason in refused.reasons:
                form.add_error(None, reason)
            self.look_again()
            return self.form_invalid(form)
        messages.success(self.request, self.done)
        return redirect(self.back)

    def look_again(self) -> None:
        """Read anew what may have changed when a service refused."""

    @property
    @abstractmethod
    def back(self) -> str:
        """Where a person goes when it is done, or not to be done."""

    @abstractmethod
    def act(self, data: dict[str, Any]) -> None:
        """Do what the form is for."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.pop("form", None) or self.get_form()  # which may name what is asked
        return super().get_context_data(form=form, button=self.button, back=self.back, **kwargs)
