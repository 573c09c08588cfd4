"""Giving the present filter a name, and the list of those that have one."""

from typing import Any, cast

from django import forms as django_forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.generic import TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from workflow.asking import Asks
from workflow.filters.selectors import asked_in, filters_for, screen_in
from workflow.filters.services import delete_filter, save_filter
from workflow.models import SavedFilter
from workflow.models.filters import ADDRESSES
from workflow.permissions import user_can_read_every_case


class FilterForm(django_forms.Form):
    name = django_forms.CharField(
        label="Name", max_length=60, help_text="Such as: mine past a limit. Never a child’s name: others may read it."
    )
    shared = django_forms.BooleanField(
        label="Colleagues see it too", required=False, help_text="They can use it. Only you can delete it."
    )


class ForReaders(View):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not user_can_read_every_case(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def staff(self) -> User:
        return cast(User, self.request.user)


class SaveFilterView(ForReaders, WagtailAdminTemplateMixin, Asks):
    template_name = "cdop_workflow/asks.html"
    page_title = "Save this filter"
    header_icon = "folder-open-inverse"
    form_class = FilterForm
    done = "Saved. It stands above the list."

    @property
    def back(self) -> str:
        return f"{reverse(ADDRESSES[self.screen])}?{urlencode(self.asked, doseq=True)}"

    @property
    def screen(self) -> str:
        return screen_in(self.request.GET)

    @property
    def asked(self) -> dict[str, list[str]]:
        return asked_in(self.request.GET, self.screen)

    def act(self, data: dict[str, Any]) -> None:
        save_filter(self.staff, asked=self.asked, screen=self.screen, **data)


class FiltersView(ForReaders, WagtailAdminTemplateMixin, TemplateView):
    template_name = "cdop_workflow/filters.html"
    page_title = "Saved filters"
    header_icon = "folder-open-inverse"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(saved=filters_for(self.staff), me=self.staff, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [
            {"url": reverse("wagtailadmin_home"), "label": "Home"},
            {"url": reverse("cases:list"), "label": "Cases"},
            {"url": "", "label": "Saved filters"},
        ]


class DeleteFilterView(ForReaders):
    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        delete_filter(get_object_or_404(SavedFilter, pk=pk, owner=self.staff), self.staff)
        messages.success(request, "Deleted.")
        return redirect("cases:filters")
