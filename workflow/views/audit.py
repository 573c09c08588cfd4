"""Who opened which case, for those who keep watch over the data."""

from typing import Any

import django_filters
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView

from forms.models import Submission
from workflow.models import Case, CaseView
from workflow.permissions import user_can_read_audit
from workflow.presenters import case_url

MAY_START_A_FORMULA = tuple("=+-@\t\r")


def people_who_looked(request: HttpRequest) -> QuerySet[User]:
    return User.objects.filter(pk__in=CaseView.objects.values("by")).order_by("username")


class OpenedFilterSet(WagtailFilterSet):
    case = django_filters.CharFilter(method="of_what", label="Case or answers")
    by = django_filters.ModelChoiceFilter(queryset=people_who_looked, label="Person")
    with_identity = django_filters.BooleanFilter(label="Saw who the child is")
    at = django_filters.DateFromToRangeFilter(label="When", widget=DateRangePickerWidget)

    class Meta:
        model = CaseView
        fields: list[str] = []

    def of_what(self, views: QuerySet[CaseView], name: str, value: str) -> QuerySet[CaseView]:
        return views.filter(Q(case__reference__icontains=value) | Q(submission__reference__icontains=value))


class OpenedAtColumn(Column):
    cell_template_name = "cdop_workflow/opened_at_cell.html"


class OpenedCasesView(ReportView):
    """Each line is one person and one case, or one of its files, in one hour: again within the hour adds nothing."""

    page_title = "Who opened which case"
    header_icon = "view"
    index_url_name = "opened_cases"
    index_results_url_name = "opened_cases_results"
    filterset_class = OpenedFilterSet
    default_ordering = "-at"
    columns = [
        OpenedAtColumn("at", label="When", sort_key="at"),
        Column("person", label="Person", accessor=lambda view: full_name(view.by)),
        Column("username", label="Log-in name", accessor="by.username", sort_key="by__username"),
        TitleColumn(
            "case",
            label="Case or answers",
            accessor=lambda view: of_what(view).reference,
            get_url=lambda view: url(view),
        ),
        Column("with_identity", label="Saw who the child is", accessor=lambda view: yes_or_no(view.with_identity)),
        Column("file", label="Downloaded", accessor=lambda view: downloaded(view)),
    ]
    list_export = ["at", "person", "username", "case", "with_identity", "file"]
    export_headings = {
        "at": "When",
        "person": "Person",
        "username": "Log-in name",
        "case": "Case or answers",
        "with_identity": "Saw who the child is",
        "file": "Downloaded",
    }

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not user_can_read_audit(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self) -> QuerySet[CaseView]:
        return CaseView.objects.select_related("by", "case", "submission", "file").defer(
            "file__sealed", "submission__sealed", "submission__answers"
        )

    def get_filename(self) -> str:
        return f"opened-cases-{timezone.localdate():%Y-%m-%d}"

    def to_row_dict(self, item: CaseView) -> dict[str, Any]:
        return {
            "at": item.at,
            "person": as_text(full_name(item.by)),
            "username": as_text(item.by.username),
            "case": of_what(item).reference,
            "with_identity": yes_or_no(item.with_identity),
            "file": downloaded(item),
        }


def of_what(view: CaseView) -> Case | Submission:
    found = view.case or view.submission
    assert found is not None  # noqa: S101 - the table’s own constraint
    return found


def url(view: CaseView) -> str:
    return case_url(view.case) if view.case else reverse("answers:one", args=[of_what(view).reference])


def full_name(person: User) -> str:
    return person.get_full_name() or person.username


def yes_or_no(value: bool) -> str:
    return "Yes" if value else "No"


def downloaded(view: CaseView) -> str:
    """A file by its type and the beginning of its id: its name may say who the child is."""
    return f"{view.file.type_label} {str(view.file.pk)[:8]}" if view.file else ""


def as_text(name: str) -> str:
    """People choose their own names: none of them becomes a formula in a spreadsheet."""
    return f"'{name}" if name.startswith(MAY_START_A_FORMULA) else name
