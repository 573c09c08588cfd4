"""What was learned, across cases."""

import django_filters
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column

from workflow.analyses.learning import categories, learning_for, with_words
from workflow.intake import AGE_GROUPS
from workflow.models import LearningPoint
from workflow.models.learning import KINDS
from workflow.permissions import user_can_read_every_case
from workflow.presenters import age_label
from workflow.views.base import Listing


class LearningFilterSet(WagtailFilterSet):
    kind = django_filters.MultipleChoiceFilter(choices=KINDS, widget=CheckboxSelectMultiple)
    category = django_filters.MultipleChoiceFilter(
        choices=categories, widget=CheckboxSelectMultiple, label="Category of death"
    )
    age = django_filters.MultipleChoiceFilter(
        choices=AGE_GROUPS,
        field_name="analysis__case__record__age_group",
        widget=CheckboxSelectMultiple,
        label="Age at death",
    )
    signed = django_filters.DateFromToRangeFilter(
        field_name="analysis__signed_at", label="Signed", widget=DateRangePickerWidget
    )

    class Meta:
        model = LearningPoint
        fields: list[str] = []


class LearnedColumn(Column):
    cell_template_name = "cdop_workflow/learning/learned_cell.html"


class LearningView(Listing):
    may_open = staticmethod(user_can_read_every_case)
    model = LearningPoint
    page_title = "Learning"
    header_icon = "openquote"
    index_url_name = "learning"
    index_results_url_name = "learning_results"
    template_name = "cdop_workflow/learning/list.html"
    results_template_name = "cdop_workflow/learning/list_results.html"
    filterset_class = LearningFilterSet
    search_fields = ["text"]
    search_backend_name = None
    table_classname = "listing cdop-cases"
    default_ordering = "-analysis__signed_at"

    @property
    def columns(self) -> list[Column]:
        labels = dict(categories())
        return [
            LearnedColumn("text", label="What was learned"),
            Column("get_kind_display", label="Kind", sort_key="kind"),
            Column("category", label="Category of death", accessor=lambda point: labels.get(point.category, "")),
            Column("age", label="Age at death", accessor=lambda point: age_label(point.analysis.case)),
            Column("signed", label="Signed", accessor=lambda point: f"{point.analysis.signed_at:%B %Y}"),
        ]

    def get_base_queryset(self) -> QuerySet[LearningPoint]:
        return learning_for(self.request.user)

    def search_queryset(self, points: QuerySet[LearningPoint]) -> QuerySet[LearningPoint]:
        return with_words(points, self.search_query) if self.is_searching else points
