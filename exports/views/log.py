"""Who exported what, when, how much of it and why."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

from exports.models import ExportLog
from exports.permissions import user_can_open_exports
from exports.selectors import exports_for
from workflow.permissions import user_can_read_audit
from workflow.views.base import Listing


class ExportFilterSet(WagtailFilterSet):
    dataset = django_filters.CharFilter(lookup_expr="icontains", label="Dataset")
    identity = django_filters.BooleanFilter(label="With identifying columns")

    class Meta:
        model = ExportLog
        fields: list[str] = []


class MomentColumn(Column):
    cell_template_name = "cdop_exports/moment_cell.html"


class WhatColumn(Column):
    cell_template_name = "cdop_exports/what_cell.html"


class OutcomeColumn(Column):
    cell_template_name = "cdop_exports/outcome_cell.html"


class ExportLogView(Listing):
    may_open = staticmethod(user_can_open_exports)
    model = ExportLog
    page_title = "Export log"
    header_icon = "history"
    index_url_name = "exports:log"
    index_results_url_name = "exports:log_results"
    filterset_class = ExportFilterSet
    template_name = "cdop_exports/log.html"
    results_template_name = "cdop_exports/log_results.html"
    default_ordering = "-at"
    is_searchable = False
    table_classname = "listing cdop-stacked cdop-log"
    columns = [
        MomentColumn("at", label="When", sort_key="at"),
        Column("who", label="Who"),
        WhatColumn("dataset", label="What", sort_key="dataset"),
        Column("why", label="Why"),
        OutcomeColumn("end", label="How much"),
    ]

    def get_base_queryset(self) -> QuerySet[ExportLog]:
        return exports_for(self.request.user)

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(*args, everybodys=user_can_read_audit(self.request.user), **kwargs)
