"""Meetings and who came to them: one row for each CDRM or panel."""

from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from exports.datasets.declared import Column, Dataset, attribute
from workflow.meetings.states import KINDS, LABELS
from workflow.models import AgendaItem, Interest, Meeting, Seat

COLUMNS = [
    Column("number", "Number", "whole", "The number of the meeting.", make=attribute("id", "whole")),
    Column("kind", "Kind", "code", "A CDRM, a panel, or a panel with a theme.", tuple(KINDS)),
    Column("theme", "Theme", "text", "Of a themed panel.", (), "S"),
    Column(
        "state", "State", "code", "How far it has come.", tuple((str(state), label) for state, label in LABELS.items())
    ),
    Column("month", "Month", "month", "The month in which it is or was held.", make=attribute("starts_at", "month")),
    Column("cases", "Cases", "whole", "How many are on its agenda."),
    Column("discussed", "Discussed", "whole", "How many of them were discussed."),
    Column("deferred", "Deferred", "whole", "How many of them were put off to another meeting."),
    Column("invited", "Invited", "whole", "How many people have a seat."),
    Column("came", "Came", "whole", "How many of them are recorded as having come."),
    Column("apologies", "Apologies", "whole", "How many of them said that they do not come."),
    Column("interests", "Interests declared", "whole", "How often a member had to leave for a case."),
    Column("starts_at", "Begins", "moment", "When exactly.", sensitivity="I"),
]


class Meetings(Dataset):
    """Nobody who is invited is named; minutes stay sealed."""

    name = "meetings"
    title = "Meetings"
    purpose = "One row for each child death review meeting and panel: when, how many cases, and how many people came."

    def columns(self) -> list[Column]:
        return list(COLUMNS)

    def all_rows(self) -> QuerySet[Any]:
        items, seats = AgendaItem.objects.all(), Seat.objects.all()
        return Meeting.objects.annotate(
            cases=_how_many(items),
            discussed=_how_many(items.filter(outcome="discussed")),
            deferred=_how_many(items.filter(outcome="deferred")),
            invited=_how_many(seats),
            came=_how_many(seats.filter(attended=True)),
            apologies=_how_many(seats.filter(answer="apologies")),
            interests=_how_many(Interest.objects.all(), "item__meeting"),
        ).order_by("starts_at", "pk")


def _how_many(rows: QuerySet[Any], meeting: str = "meeting") -> Coalesce:
    """Counted apart: a join for each would multiply the others."""
    mine = rows.filter(**{meeting: OuterRef("pk")}).order_by().values(meeting)
    return Coalesce(Subquery(mine.annotate(number=Count("pk")).values("number")), 0, output_field=IntegerField())
