"""Whose work, from which day to which: what every source of work is asked."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from workflow.models import AgendaItem, Seat
from workflow.states import OPEN
from workflow.worklist.selectors import nobodys

# Of each kind; who has more has to begin somewhere.
MOST = 100
Whose = User | Literal["everybody", "nobody"]


@dataclass(frozen=True)
class Item:
    """One line. Without a day it is to be read; `task` is the id of what can be ticked off here."""

    kind: str
    what: str
    due: dt.date | None
    url: str
    case: str = ""
    task: int | None = None
    whose: str = ""


@dataclass(frozen=True)
class Desk:
    """The work of one person, of all, or what nobody has; `user` reads it."""

    user: User
    whose: Whose

    def of(self, person: str) -> Q:
        """What is theirs, by the path to a person."""
        if self.whose == "everybody":
            return Q()
        return nobodys(person) if self.whose == "nobody" else Q(**{person: self.whose})

    def cases(self, path: str = "case__") -> Q:
        """The open cases that this work is about."""
        return self.of(f"{path}coordinator") & Q(**{f"{path}state__in": OPEN})

    def tasks(self) -> Q:
        """Theirs, and what anybody may do on their cases."""
        if self.whose == "everybody":
            return Q()
        anybodys = nobodys("given_to") & self.of("case__coordinator")
        return anybodys if self.whose == "nobody" else self.of("given_to") | anybodys

    def meetings(self) -> Q:
        if self.whose == "everybody":
            return Q()
        item = Q(Exists(AgendaItem.objects.filter(self.of("case__coordinator"), meeting=OuterRef("pk"))))
        if self.whose == "nobody":
            return item
        return item | Q(Exists(Seat.objects.filter(self.of("user"), meeting=OuterRef("pk"))))


@dataclass(frozen=True)
class Days:
    """From one day to another, both among them; without one of them, without end."""

    first: dt.date | None = None
    last: dt.date | None = None

    def on(self, day: str) -> Q:
        first = Q(**{f"{day}__gte": self.first}) if self.first else Q()
        return first & Q(**{f"{day}__lte": self.last}) if self.last else first

    def at(self, moment: str) -> Q:
        first = Q(**{f"{moment}__gte": _moment(self.first, dt.time.min)}) if self.first else Q()
        return first & Q(**{f"{moment}__lte": _moment(self.last, dt.time.max)}) if self.last else first


def _moment(day: dt.date, time: dt.time) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, time))
