"""What was sent to the national database, and how long it took: one row for each stage of each case."""

from typing import Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from exports.datasets.cases import STATES
from exports.datasets.declared import Column, Dataset, attribute
from exports.models import NcmdFigure, NcmdReturn, NcmdReturnChange, NcmdSending
from exports.ncmd.gateways import GATEWAYS
from exports.ncmd.indicators.declared import INDICATORS
from exports.ncmd.indicators.figures import SPANS
from exports.ncmd.states import LABELS, STAGES, SendingState

COLUMNS = [
    Column("case", "Case reference", "text", "The number of the case.", make=attribute("case__reference", "text")),
    Column(
        "case_state", "State of the case", "code", "Where the review is.", STATES, make=attribute("case__state", "code")
    ),
    Column(
        "stage",
        "Stage",
        "code",
        "Which part of the return.",
        tuple((str(stage), label) for stage, label in STAGES.items()),
    ),
    Column(
        "state",
        "State",
        "code",
        "What became of it.",
        tuple((str(state), label) for state, label in LABELS.items()),
    ),
    Column(
        "gateway",
        "Way",
        "code",
        "How it was sent last; blank when it was not, or before that was kept.",
        tuple((name, gateway.label) for name, gateway in GATEWAYS.items()),
    ),
    Column("times_sent", "Times sent", "whole", "How often it was sent."),
    Column("times_rejected", "Times rejected", "whole", "How often NCMD did not take it, or took its acceptance back."),
    Column("due_month", "Month due", "month", "The month in which it became due.", make=attribute("due_at", "month")),
    Column("days_to_send", "Days to send", "days", "From when it was due until first sent; blank when it was not."),
    Column(
        "days_to_accept",
        "Days to accept",
        "days",
        "From when it was first sent until NCMD last accepted it; blank when it has not.",
    ),
    Column("due_at", "Due", "moment", "When it became due.", sensitivity="I"),
    Column("sent_at", "First sent", "moment", "When it was first sent.", sensitivity="I"),
    Column("accepted_at", "Accepted", "moment", "When NCMD last accepted it.", sensitivity="I"),
]
FIGURES = [
    Column(
        "indicator",
        "Indicator",
        "code",
        "What was counted.",
        tuple((each.code, each.title) for each in INDICATORS.values()),
    ),
    Column("group", "Group", "text", "The kind of agency, the item or the hold, where it was counted for each."),
    Column("span", "Span", "code", "Whether the period is a year or a quarter.", tuple(SPANS.items())),
    Column("period", "Period", "text", "A year that ends on 31 March, such as 2026-27, or a quarter of it."),
    Column("part", "Part", "whole", "How many of the base, or the count itself."),
    Column("base", "Base", "whole", "Of how many; of an indicator in days, how many deaths it is about."),
    Column("median", "Median", "number", "Of an indicator in days."),
    Column("lower", "Lower quartile", "number", "Of an indicator in days."),
    Column("upper", "Upper quartile", "number", "Of an indicator in days."),
    Column("limit", "Limit", "text", "The limit that it was worked out with, such as 48 hours, where it has one."),
    Column("worked_out_at", "Worked out", "moment", "When these figures were worked out."),
]
ACCEPTING = ("accept", "accept_after_all")
REJECTING = ("reject", "reject_after_all")


class Ncmd(Dataset):
    """What a return says stays sealed."""

    name = "ncmd"
    title = "NCMD returns"
    purpose = (
        "One row for each stage of each case’s return to the National Child Mortality Database: what became of it, "
        "how it was sent, how often it was rejected and how long that took. What a return says is not in it."
    )

    def columns(self) -> list[Column]:
        return list(COLUMNS)

    def all_rows(self) -> QuerySet[Any]:
        went = NcmdSending.objects.filter(ncmd_return=OuterRef("pk"), state=SendingState.SENT).order_by("-revision")
        return (
            NcmdReturn.objects.annotate(
                due_at=_when("pk", "queue"),
                sent_at=_when("pk", "send"),
                accepted_at=_when("-pk", *ACCEPTING),
                gateway=Subquery(went.values("gateway")[:1]),
                times_sent=_how_many("send"),
                times_rejected=_how_many(*REJECTING),
            )
            .annotate(days_to_send=F("sent_at") - F("due_at"), days_to_accept=F("accepted_at") - F("sent_at"))
            .order_by("case__reference", "pk")
        )


class NcmdIndicators(Dataset):
    name = "ncmd_indicators"
    title = "NCMD indicators"
    purpose = (
        "One row for each indicator of the returns, by year and quarter: exact figures, as they were last worked out. "
        "Small numbers are not hidden in it; the page of the indicators has what can be published."
    )

    def columns(self) -> list[Column]:
        return list(FIGURES)

    def all_rows(self) -> QuerySet[Any]:
        return NcmdFigure.objects.order_by("indicator", "group", "span", "period")


def _changes(*transitions: str) -> QuerySet[NcmdReturnChange]:
    return NcmdReturnChange.objects.filter(ncmd_return=OuterRef("pk"), transition__in=transitions)


def _when(order: str, *transitions: str) -> Subquery:
    return Subquery(_changes(*transitions).order_by(order).values("at")[:1])


def _how_many(*transitions: str) -> Coalesce:
    counted = _changes(*transitions).order_by().values("ncmd_return").annotate(number=Count("pk"))
    return Coalesce(Subquery(counted.values("number")), 0)
