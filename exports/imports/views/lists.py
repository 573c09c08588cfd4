"""Lists that things are looked up in: which edition is in use, and new ones."""

from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from exports.imports.forms import ListForm
from exports.imports.selectors import lists_for
from exports.imports.services import lists
from exports.imports.states import LISTS
from exports.imports.views.showing import ImportScreen
from workflow.asking import Asks


class ListsView(ImportScreen):
    template_name = "cdop_exports/imports/lists.html"
    page_title = "Reference lists"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        editions = list(lists_for(self.staff))
        kinds = [(label, [one for one in editions if one.kind == kind]) for kind, label in LISTS]
        return super().get_context_data(kinds=kinds, **kwargs)


class NewListView(Asks, ImportScreen):
    template_name = "cdop_workflow/asks.html"
    page_title = "Bring in a list"
    button = "Bring it in"
    done = "Brought in."

    def get_form(self, form_class: Any = None) -> django_forms.Form:
        posted = self.request.method == "POST"
        return ListForm(self.request.POST, self.request.FILES) if posted else ListForm()

    @property
    def back(self) -> str:
        return reverse("exports:import_lists")

    def act(self, data: dict[str, Any]) -> None:
        file = data.pop("file")
        lists.bring_list_in(**data, data=file.read(), by=self.staff)


class UseListView(ImportScreen):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        version = get_object_or_404(lists_for(self.staff), pk=pk)
        lists.use(version, self.staff)
        messages.success(request, f"“{version}” is in use.")
        return redirect("exports:import_lists")
