"""Every import, and one import: how far it is, what it would do, and what is wrong with its rows."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, cast

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from exports.imports.permissions import user_can_bring_in
from exports.imports.presenters import found_in, in_rows
from exports.imports.selectors import imports_for, outcomes
from exports.imports.services.progress import rows_done
from exports.imports.states import AT_WORK, BEFORE_MAKING, CHANGED, NEW, OUTCOMES, REFUSED, ImportState
from exports.models import HistoryImport

ROWS_SHOWN = 50


class ImportScreen(WagtailAdminTemplateMixin, TemplateView):
    """Those who may not bring anything in are refused before anything is looked up."""

    header_icon = "doc-full-inverse"
    page_title = "Bring in history"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not user_can_bring_in(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def staff(self) -> User:
        return cast(User, self.request.user)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        home = {"url": reverse("wagtailadmin_home"), "label": "Home"}
        return [home, {"url": reverse("exports:imports"), "label": "Bring in history"}, *self.crumbs()]

    def crumbs(self) -> list[dict[str, str]]:
        return [{"url": "", "label": self.get_page_title()}]


class ImportsView(ImportScreen):
    template_name = "cdop_exports/imports/imports.html"

    def crumbs(self) -> list[dict[str, str]]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(imports_for(self.staff), ROWS_SHOWN).get_page(self.request.GET.get("p"))
        return super().get_context_data(imports=page, page=page, **kwargs)


class OneImport(ImportScreen):
    @cached_property
    def history(self) -> HistoryImport:
        return get_object_or_404(imports_for(self.staff), pk=self.kwargs["pk"])

    @property
    def back(self) -> str:
        return reverse("exports:import", args=[self.history.pk])

    def crumbs(self) -> list[dict[str, str]]:
        return [{"url": self.back, "label": str(self.history.profile)}, *super().crumbs()]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(history=self.history, **kwargs)


class ImportView(OneImport):
    template_name = "cdop_exports/imports/import.html"

    def get_page_title(self) -> str:
        return f"History of {self.history.profile}"

    def crumbs(self) -> list[dict[str, str]]:
        return [{"url": "", "label": str(self.history.profile)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        counted = outcomes(self.history)
        groups = [(name, label, counted[name]) for name, label in OUTCOMES if name in counted]
        chosen = self.request.GET.get("show", "")
        chosen = chosen if chosen in counted else next((name for name, *_ in groups), "")
        rows = self.history.rows.filter(outcome=chosen).select_related("case")
        page = Paginator(rows, ROWS_SHOWN).get_page(self.request.GET.get("p"))
        state = ImportState(self.history.state)
        return super().get_context_data(
            groups=groups,
            chosen=chosen,
            page=page,
            rows=[(row, row.told, _died(row.told)) for row in page],
            at_work=state in AT_WORK,
            rows_done=self.history.rows_checked if state == ImportState.CHECKING else rows_done(self.history),
            rows_to_do=_to_do(state, self.history, counted),
            may_change=state in BEFORE_MAKING,
            to_bring_in=counted.get("new", 0) + counted.get("changed", 0),
            found=found_in(counted) if state == ImportState.CHECKED else "",
            with_cases=chosen != REFUSED or any(row.case_id for row in page),
            events=[(event, in_rows(event.rows)) for event in self.history.events.select_related("by")],
            **kwargs,
        )


def _died(told: dict[str, Any]) -> dt.date | None:
    died = told["values"].get("date_of_death")
    return dt.date.fromisoformat(died) if died else None


def _to_do(state: ImportState, history: HistoryImport, counted: Mapping[str, int]) -> int:
    return history.rows_in_file if state == ImportState.CHECKING else counted.get(NEW, 0) + counted.get(CHANGED, 0)
