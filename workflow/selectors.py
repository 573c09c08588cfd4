"""Which cases a person may see is decided here, in the query."""

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from workflow.models import Case, Clock, Hold
from workflow.permissions import Person, user_can_read_every_case
from workflow.states import ENDED, State

PANEL_STATES = (State.PANEL_SCHEDULED, State.PANEL_REVIEWED)


def cases_for(user: Person) -> QuerySet[Case]:
    """Every case for those who work on or audit cases; for panel members those that are before the panel."""
    if user_can_read_every_case(user):
        return Case.objects.all()
    if user.has_perm("cdop_workflow.read_panel_case"):
        return Case.objects.filter(state__in=PANEL_STATES)
    return Case.objects.none()


def with_flags(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Adds `overdue`, `on_hold` and `notifications` to each row, in one query."""
    now = timezone.now()
    late = Clock.objects.filter(case=OuterRef("pk"), met_at__isnull=True, due_at__lt=now)
    held = Hold.objects.filter(case=OuterRef("pk"), ended_on__isnull=True)
    return cases.annotate(
        overdue=Exists(late.exclude(case__state__in=ENDED)), on_hold=Exists(held), notifications=Count("submissions")
    )


def needs_attention(user: Person) -> dict[str, QuerySet[Case]]:
    """What the dashboard shows: urgent and new notifications, and cases with a limit that has passed."""
    cases = with_flags(cases_for(user))
    new = cases.filter(state=State.NOTIFIED).order_by("-urgent", "opened_at")
    return {"new": new, "overdue": cases.filter(Q(overdue=True)).order_by("opened_at")}
