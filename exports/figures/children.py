"""Which children count: those in scope, and ours. A death that was notified twice is one child."""

from typing import Any

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery

from exports.figures.years import Asked
from workflow.actions.states import REVIEWED
from workflow.models import Case, Hold, StateChange
from workflow.selectors import counted_here
from workflow.states import State


def ours(asked: Asked) -> QuerySet[Case]:
    """Every case in scope that this panel counts and knew of at the extract."""
    cases = counted_here(Case.objects.order_by()).exclude(state=State.OUT_OF_SCOPE)
    cases = cases.filter(opened_at__lt=asked.known_before)
    return cases if asked.holds else cases.filter(~Exists(Hold.objects.filter(case=OuterRef("pk"))))


def deaths(asked: Asked) -> QuerySet[Case]:
    """Children who died in these years."""
    return ours(asked).filter(died_on__range=asked.days)


def reviews(asked: Asked) -> QuerySet[Case]:
    """Deaths that the panel reviewed in these years, with `reviewed_at`: of one that was reopened, the last time."""
    first, end = asked.moments
    held = StateChange.objects.filter(transition="record_panel", at__lt=asked.known_before).order_by()
    later = held.filter(case=OuterRef("case"), pk__gt=OuterRef("pk"))
    # The set as one question: asked of each child, it took most of the time of a figure.
    last = held.filter(~Exists(later), at__gte=first, at__lt=end)
    newest = held.filter(case=OuterRef("pk")).order_by("-pk").values("at")[:1]
    reviewed = ours(asked).filter(state__in=REVIEWED, pk__in=last.values("case"))
    return reviewed.annotate(reviewed_at=Subquery(newest))


def counted(rows: QuerySet[Any], *by: Any) -> list[tuple[Any, ...]]:
    """How many there are of each, counted by the database: rows of values and a number. `by` leads to one of each."""
    named = {f"by_{place}": F(each) if isinstance(each, str) else each for place, each in enumerate(by)}
    return list(rows.order_by().annotate(**named).values_list(*named).annotate(number=Count("pk")))
