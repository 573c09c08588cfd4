"""Which research projects a person reads is decided here, in the query."""

import datetime as dt

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from exports.models import ResearchProject
from exports.research.permissions import user_can_approve, user_can_read_research
from exports.research.rules import rules
from exports.research.states import NOT_PROVEN, OPEN, TO_DECIDE, ProjectState
from workflow.permissions import Person

GROUPS: dict[str, tuple[str, Q]] = {
    "to_decide": ("To be decided", Q(state__in=TO_DECIDE)),
    "open": ("Running", Q(state__in=OPEN)),
    "not_proven": ("Deletion to be proven", Q(state__in=NOT_PROVEN)),
    "over": ("Over", Q(state__in=[ProjectState.REFUSED, ProjectState.DELETED])),
}


def projects_for(user: Person) -> QuerySet[ResearchProject]:
    if not user_can_read_research(user):
        return ResearchProject.objects.none()
    return ResearchProject.objects.select_related("request__by")


def in_group(user: Person, group: str) -> QuerySet[ResearchProject]:
    """What ends first comes first."""
    found = projects_for(user).filter(GROUPS[group][1])
    return found.annotate(times=Count("extracts")).order_by("request__expires_on", "pk")


def how_many(user: Person) -> dict[str, int]:
    return projects_for(user).aggregate(**{name: Count("pk", filter=wanted) for name, (_, wanted) in GROUPS.items()})


def waiting_for(user: Person) -> QuerySet[ResearchProject]:
    """What this person can decide: asked by another, and not approved by them already."""
    if not user_can_approve(user):
        return ResearchProject.objects.none()
    mine = Q(request__by=user) | Q(state=ProjectState.APPROVED_ONCE, changes__transition="approve", changes__by=user)
    return projects_for(user).filter(state__in=TO_DECIDE).exclude(mine).order_by("pk")


def ends_soon(project: ResearchProject) -> bool:
    """Whether it runs, and its last day is near or has passed."""
    warned = timezone.localdate() + dt.timedelta(days=rules().warn_days)
    return project.state in OPEN and project.request.expires_on <= warned
