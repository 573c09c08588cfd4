"""The area at one glance: how many reviews stand where, since when, and who keeps them going."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Count, DateTimeField, F, Min, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import Coalesce, RowNumber
from django.utils import timezone

from workflow.models import Case, StateChange, Task
from workflow.permissions import Person
from workflow.selectors import cases_for, with_flags
from workflow.states import LABELS, NEXT_STEPS, OPEN, State

SHOWN = 5


@dataclass(frozen=True)
class Column:
    """One state: how many cases are in it, how many past a time limit, and the few that have been there longest."""

    state: str
    label: str
    next_step: str
    count: int
    overdue: int
    oldest: int
    cases: list[Case]


def board(user: Person) -> list[Column]:
    """The states in which cases are open, along the road; two queries however many cases there are."""
    cases = _since(with_flags(cases_for(user).filter(state__in=OPEN)).order_by())
    numbers = {row["state"]: row for row in _numbers(cases)}
    place = Window(RowNumber(), partition_by="state", order_by=["since", "pk"])
    longest: dict[str, list[Case]] = {}
    for case in cases.annotate(place=place).filter(place__lte=SHOWN).order_by("since", "pk"):
        longest.setdefault(case.state, []).append(case)
    return [_column(state, numbers[state], longest.get(state, [])) for state in State if state in numbers]


def _since(cases: QuerySet[Case]) -> Any:
    """Adds `since`: when the case came into its state."""
    moved = StateChange.objects.filter(case=OuterRef("pk")).exclude(source=F("target")).order_by("-pk")
    newest = Subquery(moved.values("at")[:1], output_field=DateTimeField())
    return cases.annotate(since=Coalesce(newest, "opened_at"))


def _numbers(cases: Any) -> Iterable[dict[str, Any]]:
    return cases.values("state").annotate(
        count=Count("pk", distinct=True), late=Count("pk", filter=Q(overdue=True), distinct=True), first=Min("since")
    )


def _column(state: State, numbers: dict[str, Any], cases: list[Case]) -> Column:
    now = timezone.now()
    for case in cases:
        case.days = (now - case.since).days  # type: ignore[attr-defined]
    oldest = (now - numbers["first"]).days
    return Column(state, LABELS[state], NEXT_STEPS[state], numbers["count"], numbers["late"], oldest, cases)


@dataclass(frozen=True)
class Load:
    """What one person has: None is what nobody has."""

    person: User | None
    cases: int
    overdue: int
    tasks: int
    late_tasks: int


def loads(people: QuerySet[User]) -> list[Load]:
    """How many open cases and tasks each of these people has, and nobody; two queries beside that for the people."""
    today = timezone.localdate()
    open_cases = with_flags(Case.objects.filter(state__in=OPEN)).order_by().values("coordinator")
    cases: dict[int | None, Any] = {
        row["coordinator"]: row
        for row in open_cases.annotate(
            count=Count("pk", distinct=True), late=Count("pk", filter=Q(overdue=True), distinct=True)
        )
    }
    given = Task.objects.filter(done_at=None).order_by().values("given_to")
    tasks: dict[int | None, Any] = {
        row["given_to"]: row for row in given.annotate(count=Count("pk"), late=Count("pk", filter=Q(due_on__lt=today)))
    }
    found = [Load(each, *_taken(cases, each.pk), *_taken(tasks, each.pk)) for each in people]
    # What is left is nobody’s: what nobody was given, and what somebody had who left.
    return [Load(None, *_all(cases), *_all(tasks)), *found]


def _taken(rows: dict[int | None, Any], person: int) -> tuple[int, int]:
    """How many of them, and how many late ones; they are no longer among the rest."""
    row = rows.pop(person, {"count": 0, "late": 0})
    return row["count"], row["late"]


def _all(rows: dict[int | None, Any]) -> tuple[int, int]:
    return sum(row["count"] for row in rows.values()), sum(row["late"] for row in rows.values())
