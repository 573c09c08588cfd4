"""What agencies were asked, and whether they answered: one row for each request."""

from typing import Any

from django.db.models import BooleanField, Case, Count, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import TruncDate
from django.utils import timezone

from exports.datasets.declared import Column, Dataset, attribute
from forms.definitions import code_list
from workflow.models import InformationRequest, RequestedForm
from workflow.requests.states import LABELS, OUTSTANDING, RequestState

COLUMNS = [
    Column("case", "Case reference", "text", "The number of the case.", make=attribute("case__reference", "text")),
    Column(
        "agency_kind",
        "Kind of agency",
        "code",
        "What kind of organisation was asked.",
        tuple(code_list("agency_type").items()),
        make=attribute("agency__kind", "code"),
    ),
    Column(
        "agency", "Agency", "text", "The organisation that was asked.", (), "S", make=attribute("agency__name", "text")
    ),
    Column(
        "state",
        "State",
        "code",
        "How far the request has come.",
        tuple((str(state), label) for state, label in LABELS.items()),
    ),
    Column("mandatory", "Mandatory", "yes_no", "The review waits for an answer, or for it to be waived."),
    Column("forms_asked", "Forms", "whole", "How many forms were asked for."),
    Column("sent_month", "Month sent", "month", "The month in which it was sent.", make=attribute("sent_at", "month")),
    Column("days_taken", "Days taken", "days", "From sending to the answer; blank when there is none."),
    Column("late", "Late", "yes_no", "Answered after the day it was due, or still with the agency after it."),
    Column("due_on", "Due", "date", "The day by which an answer was asked for.", sensitivity="I"),
    Column("sent_at", "Sent", "moment", "When it was sent.", sensitivity="I"),
    Column("returned_at", "Answered", "moment", "When it was answered.", sensitivity="I"),
]


class Requests(Dataset):
    """Who was asked stays sealed: only the organisation is here."""

    name = "requests"
    title = "Requests for information"
    purpose = "One row for each request to an agency: what kind of agency, how far it has come, and how long it took."

    def columns(self) -> list[Column]:
        return list(COLUMNS)

    def all_rows(self) -> QuerySet[Any]:
        waiting = Q(due_on__lt=timezone.localdate(), state__in=OUTSTANDING - {RequestState.DRAFTED})
        late = Case(
            When(Q(answered_on__gt=F("due_on")) | waiting, then=Value(True)),
            default=Value(False),
            output_field=BooleanField(),
        )
        forms = RequestedForm.objects.filter(request=OuterRef("pk")).order_by().values("request")
        return (
            InformationRequest.objects.alias(answered_on=TruncDate("returned_at"))
            .annotate(
                days_taken=F("returned_at") - F("sent_at"),
                late=late,
                forms_asked=Subquery(forms.annotate(number=Count("pk")).values("number")),
            )
            .order_by("case__reference", "pk")
        )
