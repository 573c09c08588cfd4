"""How long the steps of a review took: one row for each time limit of each case."""

from typing import Any

from django.db.models import BooleanField, Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone

from exports.datasets.cases import STATES
from exports.datasets.declared import Column, Dataset, attribute
from workflow.models import Clock, Hold
from workflow.states import COUNTED_ELSEWHERE, ENDED

COLUMNS = [
    Column("case", "Case reference", "text", "The number of the case.", make=attribute("case__reference", "text")),
    Column("state", "State", "code", "Where the review is.", STATES, make=attribute("case__state", "code")),
    Column("limit", "Time limit", "text", "The code of the time limit.", make=attribute("rule__code", "text")),
    Column("limit_title", "Title", "text", "What has to be done.", make=attribute("rule__label", "text")),
    Column(
        "confirmed",
        "Confirmed",
        "yes_no",
        "Whether the limit was checked against current guidance or the local protocol.",
        make=attribute("rule__confirmed", "yes_no"),
    ),
    Column(
        "started_month",
        "Month begun",
        "month",
        "The month in which the time began to run.",
        make=attribute("started_at", "month"),
    ),
    Column("days_allowed", "Days allowed", "days", "From the beginning to the limit, weekends included."),
    Column("days_taken", "Days taken", "days", "From the beginning until it was done; blank when it is not done."),
    Column("late", "Late", "yes_no", "Done after the limit, or not done though it has passed and the case is open."),
    Column("on_hold", "On hold", "yes_no", "A parallel process makes some stage of this case wait now."),
    Column("was_on_hold", "Was ever on hold", "yes_no", "A parallel process has made some stage of this case wait."),
    Column("started_at", "Began", "moment", "When exactly: often the moment of death.", sensitivity="I"),
    Column("due_at", "Limit", "moment", "When the time runs out.", sensitivity="I"),
    Column("met_at", "Done", "moment", "When it was done.", sensitivity="I"),
]


class Timeliness(Dataset):
    name = "timeliness"
    title = "Timeliness"
    purpose = (
        "One row for each time limit of each case that this area counts: how many days were allowed and taken, and "
        "whether it was late."
    )

    def columns(self) -> list[Column]:
        return list(COLUMNS)

    def all_rows(self) -> QuerySet[Any]:
        passed = Q(met_at__isnull=True, due_at__lt=timezone.now()) & ~Q(case__state__in=ENDED)
        late = Case(
            When(Q(met_at__gt=F("due_at")) | passed, then=Value(True)),
            default=Value(False),
            output_field=BooleanField(),
        )
        holds = Hold.objects.filter(case=OuterRef("case"))
        counted = Clock.objects.exclude(case__state__in=COUNTED_ELSEWHERE)
        return counted.annotate(
            days_allowed=F("due_at") - F("started_at"),
            days_taken=F("met_at") - F("started_at"),
            late=late,
            on_hold=Exists(holds.filter(ended_on__isnull=True)),
            was_on_hold=Exists(holds),
        ).order_by("case__reference", "rule__code")
