"""The list of cases a person may see."""

from typing import Any

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import IndexView

from workflow.models import Case
from workflow.permissions import user_can_read_cases
from workflow.selectors import cases_for, with_flags
from workflow.states import LABELS, State

FLAGS = [("urgent", "Urgent"), ("overdue", "Past a time limit"), ("on_hold", "On hold")]


class CaseFilterSet(WagtailFilterSet):
    state = django_filters.MultipleChoiceFilter(
        choices=[(str(state), LABELS[state]) for state in State], widget=CheckboxSelectMultiple
    )
    attention = django_filters.MultipleChoiceFilter(
        choices=FLAGS, widget=CheckboxSelectMultiple, method="flagged", label="Needs attention"
    )

    class Meta:
        model = Case
        fields: list[str] = []

    def flagged(self, cases: QuerySet[Case], name: str, flags: list[str]) -> QuerySet[Case]:
        for flag in flags:
            cases = cases.filter(**{flag: True})
        return cases


class FlagsColumn(Column):
    cell_template_name = "cdop_workflow/flags_cell.html"


class CaseListView(IndexView):
    model = Case
    page_title = "Cases"
    header_icon = "folder-open-inverse"
    index_url_name = "cases:list"
    index_results_url_name = "cases:list_results"
    filterset_class = CaseFilterSet
    search_fields = ["reference"]
    search_backend_name = None
    default_ordering = ["-urgent", "-opened_at"]
    paginate_by = 30
    any_permission_required = None  # the right is checked in dispatch, the rows in the query
    columns = [
        TitleColumn("reference", label="Case", sort_key="reference", get_url=lambda case: address(case)),
        Column("get_state_display", label="State", sort_key="state"),
        FlagsColumn("flags", label="Needs attention"),
        Column("age", label="Age at death", accessor=lambda case: age_label(case)),
        Column("notifications", label="Notifications"),
        DateColumn("opened_at", label="Received", sort_key="opened_at"),
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not user_can_read_cases(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self) -> QuerySet[Case]:
        return with_flags(cases_for(self.request.user))

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [{"url": reverse("wagtailadmin_home"), "label": "Home"}, {"url": "", "label": "Cases"}]


def address(case: Case) -> str:
    return reverse("cases:case", args=[case.reference])


def age_label(case: Case) -> str:
    from workflow.intake import AGE_GROUPS

    return dict(AGE_GROUPS).get(case.record.get("age_group", ""), "Not known")
