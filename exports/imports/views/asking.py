"""The steps of an import, each a screen that asks."""

from typing import Any

from django import forms as django_forms
from django.urls import reverse

from exports.imports import services
from exports.imports.forms import ColumnsForm, MakeForm, MeaningsForm, UploadForm
from exports.imports.presenters import undoing
from exports.imports.selectors import outcomes
from exports.imports.states import CHANGED, NEW, REFUSED
from exports.imports.targets import targets
from exports.imports.views.showing import ImportScreen, OneImport
from workflow.asking import Asks

SECONDS = 5  # so long a person waits; the rest is done by `run_due`


class BeginView(Asks, ImportScreen):
    template_name = "cdop_workflow/asks.html"
    page_title = "Bring in a spreadsheet"
    form_class = UploadForm
    button = "Go on to its columns"
    done = "The file was read. Say which column is what."
    history: Any = None

    def get_form(self, form_class: Any = None) -> django_forms.Form:
        posted = self.request.method == "POST"
        return UploadForm(self.request.POST, self.request.FILES) if posted else UploadForm()

    @property
    def back(self) -> str:
        if self.history:
            return reverse("exports:import_columns", args=[self.history.pk])
        return reverse("exports:imports")

    def act(self, data: dict[str, Any]) -> None:
        self.history = services.begin(data["system"].strip(), data["file"].read(), self.staff)


class Step(Asks, OneImport):
    template_name = "cdop_exports/imports/step.html"
    back = OneImport.back

    def look_again(self) -> None:
        self.__dict__.pop("history", None)


class ColumnsView(Step):
    page_title = "Which column is what"
    button = "Check the file"
    done = "This is what bringing it in would do. Nothing was brought in yet."

    def form(self, data: Any = None) -> ColumnsForm:
        return ColumnsForm(data, self.history, targets())

    def act(self, data: dict[str, Any]) -> None:
        services.name_columns(self.history, self.form_of(data).columns, self.staff)
        services.work(self.history, SECONDS)

    def form_of(self, data: dict[str, Any]) -> ColumnsForm:
        form = self.form()
        form.cleaned_data = data
        return form


class MeaningsView(Step):
    page_title = "What the values mean"
    explained = "These values mean nothing here yet. What you say is kept for the next file of this system."
    button = "Check the file again"
    done = "The file was checked again."

    def form(self, data: Any = None) -> MeaningsForm:
        return MeaningsForm(data, self.history, targets())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(explained=self.explained, **kwargs)

    def act(self, data: dict[str, Any]) -> None:
        form = self.form()
        form.cleaned_data = data
        services.give_meanings(self.history, form.meanings, self.staff)
        services.work(self.history, SECONDS)


class MakeView(Step):
    page_title = "Bring it in"
    button = "Bring it in"
    done = "It is brought in as a whole, or not at all."

    def form(self, data: Any = None) -> MakeForm:
        return MakeForm(data, outcomes(self.history).get(REFUSED, 0))

    def act(self, data: dict[str, Any]) -> None:
        services.make(self.history, self.staff, data.get("leave_out", False))
        services.work(self.history, SECONDS)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        counted = outcomes(self.history)
        explained = (
            f"{counted.get(NEW, 0)} closed cases are made and {counted.get(CHANGED, 0)} are brought up to date. "
            "No time limit starts, nobody is asked and nothing is sent to NCMD. It can be undone as long as nobody has "
            "touched them."
        )
        return super().get_context_data(explained=explained, **kwargs)


class UndoView(Step):
    page_title = "Undo the whole import"
    button = "Undo it"
    done = "It is undone as a whole."

    def act(self, data: dict[str, Any]) -> None:
        services.undo(self.history, self.staff)
        services.work(self.history, SECONDS)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(explained=undoing(outcomes(self.history)), **kwargs)


class DiscardView(Step):
    page_title = "Give this import up"
    button = "Give it up"
    done = "Given up. The file and what was read of it are deleted."

    def act(self, data: dict[str, Any]) -> None:
        services.discard(self.history, self.staff)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(explained="Nothing was brought in. The file is deleted here.", **kwargs)
