"""The register of actions: what was recommended, to whom, and what came of it, across cases."""

import django_filters
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple
from django.utils.text import Truncator
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn

from workflow.actions.selectors import about, actions_for, late
from workflow.actions.states import LABELS, LEVELS
from workflow.models import Action
from workflow.permissions import user_can_read_every_case
from workflow.views.base import Listing

MOST_WORDS = 40


class ActionFilterSet(WagtailFilterSet):
    late = django_filters.MultipleChoiceFilter(
        choices=[("yes", "Past the due date")], widget=CheckboxSelectMultiple, method="past_due", label="Due"
    )
    state = django_filters.MultipleChoiceFilter(
        choices=[(str(state), label) for state, label in LABELS.items()], widget=CheckboxSelectMultiple
    )
    level = django_filters.MultipleChoiceFilter(choices=LEVELS, widget=CheckboxSelectMultiple)

    class Meta:
        model = Action
        fields: list[str] = []

    def past_due(self, actions: QuerySet[Action], name: str, wanted: list[str]) -> QuerySet[Action]:
        return late(actions) if wanted else actions


class DueColumn(Column):
    cell_template_name = "cdop_workflow/actions/due_cell.html"


class ActionsView(Listing):
    may_open = staticmethod(user_can_read_every_case)
    model = Action
    page_title = "Actions"
    header_icon = "tasks"
    index_url_name = "actions:list"
    index_results_url_name = "actions:list_results"
    results_template_name = "cdop_workflow/actions/list_results.html"
    filterset_class = ActionFilterSet
    search_fields = ["text"]
    search_backend_name = None
    table_classname = "listing cdop-cases cdop-long"
    default_ordering = "due_on"
    columns = [
        TitleColumn(
            "text",
            label="What should be done",
            accessor=lambda action: Truncator(action.text).words(MOST_WORDS),
            get_url=lambda action: action.get_absolute_url(),
        ),
        Column("owner", label="Organisation"),
        Column("get_level_display", label="Level", sort_key="level", classname="cdop-wide"),
        Column("get_state_display", label="State", sort_key="state"),
        DueColumn("due_on", label="Due", sort_key="due_on"),
    ]

    def get_base_queryset(self) -> QuerySet[Action]:
        return actions_for(self.request.user)

    def search_queryset(self, actions: QuerySet[Action]) -> QuerySet[Action]:
        return about(actions, self.search_query) if self.is_searching else actions
