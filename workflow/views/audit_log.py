"""The audit log, for those who keep watch over the data."""

from typing import Any

import django_filters
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column

from forms.audit.lines import Line
from forms.audit.services import record
from forms.audit.words import about_in_words, what_in_words, who_in_words
from forms.models import AuditEntry
from forms.models.audit import OUTCOMES, VIA
from workflow.permissions import user_can_read_audit
from workflow.views.base import Listing

KINDS = [
    ("login", "Log-ins"),
    ("case.", "Cases"),
    ("file.", "Files"),
    ("pack.", "Packs"),
    ("record.", "Records"),
    ("request.", "Requests"),
    ("meeting.", "Meetings"),
    ("action.", "Actions"),
    ("export.", "Exports"),
    ("api.", "Other systems"),
    ("wagtail.", "Pages, forms, settings and accounts"),
    ("audit.", "This log"),
]


class AuditFilterSet(WagtailFilterSet):
    by = django_filters.ModelChoiceFilter(queryset=User.objects.order_by("username"), label="Person")
    via = django_filters.ChoiceFilter(choices=VIA, label="How")
    what = django_filters.ChoiceFilter(choices=KINDS, lookup_expr="startswith", label="What")
    outcome = django_filters.ChoiceFilter(choices=OUTCOMES, label="Outcome")
    at = django_filters.DateFromToRangeFilter(label="When", widget=DateRangePickerWidget)

    class Meta:
        model = AuditEntry
        fields: list[str] = []


class WhenColumn(Column):
    cell_template_name = "cdop_workflow/audit/when_cell.html"


class WhoColumn(Column):
    cell_template_name = "cdop_workflow/audit/who_cell.html"


class OutcomeColumn(Column):
    cell_template_name = "cdop_workflow/audit/outcome_cell.html"


class AuditLogView(Listing):
    """Newest first. Looking at it is a line of it too, but not the line of this very look."""

    may_open = staticmethod(user_can_read_audit)
    model = AuditEntry
    page_title = "Audit log"
    header_icon = "history"
    index_url_name = "audit_log"
    index_results_url_name = "audit_log_results"
    template_name = "cdop_workflow/audit/log.html"
    results_template_name = "cdop_workflow/audit/log_results.html"
    filterset_class = AuditFilterSet
    search_fields = ["what", "about"]
    search_backend_name = None
    default_ordering = "-pk"
    paginate_by = 50
    table_classname = "listing cdop-stacked cdop-log"
    columns = [
        WhenColumn("at", label="When"),
        WhoColumn("by", label="Who", accessor=who_in_words),
        Column("what", label="What", accessor=what_in_words),
        Column("about", label="About", accessor=about_in_words),
        OutcomeColumn("outcome", label="Outcome"),
    ]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().get(request, *args, **kwargs).render()
        record(Line("audit.read", by=request.user))
        return response

    def get_base_queryset(self) -> QuerySet[AuditEntry]:
        return AuditEntry.objects.select_related("by", "client")
