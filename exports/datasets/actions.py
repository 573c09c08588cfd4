"""What panels asked for, and what became of it: one row for each recommendation or action."""

from typing import Any

from django.db.models import BooleanField, Case, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from exports.datasets.declared import Column, Dataset, attribute
from forms.definitions import code_list
from workflow.actions.selectors import LATE
from workflow.actions.states import KINDS, LABELS, LEVELS, SETTLED
from workflow.models import Action, ActionChange

COLUMNS = [
    Column("number", "Number", "whole", "The number of the action.", make=attribute("id", "whole")),
    Column("case", "Case reference", "text", "The number of the case.", make=attribute("case__reference", "text")),
    Column("kind", "Kind", "code", "A recommendation, or an action.", tuple(KINDS)),
    Column("level", "Level", "code", "Who can do it: local, regional or national organisations.", tuple(LEVELS)),
    Column(
        "agency_kind",
        "Kind of agency",
        "code",
        "What kind of organisation it is for; blank when it is none of the agencies kept here.",
        tuple(code_list("agency_type").items()),
        make=attribute("agency__kind", "code"),
    ),
    Column("organisation", "Organisation", "text", "Whom it is for.", (), "S", make=attribute("for_whom", "text")),
    Column(
        "state",
        "State",
        "code",
        "How far it has come.",
        tuple((str(state), label) for state, label in LABELS.items()),
    ),
    Column("late", "Late", "yes_no", "Its day has passed, and nobody says that it is done."),
    Column("agreed_month", "Month agreed", "month", "When it was agreed.", make=attribute("made_at", "month")),
    Column("due_month", "Month due", "month", "When it should be done.", make=attribute("due_on", "month")),
    Column(
        "days_to_settle",
        "Days to settle",
        "days",
        "From when it was agreed until it was closed, stopped or not accepted; blank when it is open.",
    ),
    Column("text", "What should be done", "text", "In the words of the panel.", (), "I"),
    Column("owner_role", "Who does it there", "text", "The role of whoever is responsible.", (), "P"),
    Column("due_on", "Due", "date", "The day by which it should be done.", sensitivity="I"),
]


class Actions(Dataset):
    """The address of the organisation stays sealed, and so does what it reported."""

    name = "actions"
    title = "Recommendations and actions"
    purpose = "One row for each recommendation or action of a review: for whom it is, how far it has come, how late."

    def columns(self) -> list[Column]:
        return list(COLUMNS)

    def all_rows(self) -> QuerySet[Any]:
        passed = Q(state__in=LATE, due_on__lt=timezone.localdate())
        ended = ActionChange.objects.filter(action=OuterRef("pk"), target__in=SETTLED).order_by("-pk")
        settled = Case(When(state__in=SETTLED, then=Subquery(ended.values("at")[:1])))
        return Action.objects.annotate(
            for_whom=Coalesce(F("agency__name"), F("organisation")),
            late=Case(When(passed, then=Value(True)), default=Value(False), output_field=BooleanField()),
            days_to_settle=settled - F("made_at"),
        ).order_by("case__reference", "pk")
