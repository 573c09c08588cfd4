"""Which returns a person reads is decided here, in the query; and what is missing in them."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from exports.models import NcmdReturn
from exports.ncmd.evidence import Evidence, evidence_about
from exports.ncmd.permissions import user_can_read_returns
from exports.ncmd.rules import Missing, missing
from exports.ncmd.states import DONE, TO_SEND, ReturnState
from workflow.models import Agency, Case
from workflow.permissions import Person
from workflow.requests.states import OUTSTANDING
from workflow.states import ENDED, State

# Of cases that are not reviewed here nothing more is sent. One that was closed by hand has gone to NCMD another way,
# unless something was sent from here and came back.
NOT_OURS = Q(case__state__in=ENDED - {State.CLOSED})
GONE = NOT_OURS | Q(case__state=State.CLOSED, state=ReturnState.QUEUED)
GROUPS: dict[str, tuple[str, Q]] = {
    "to_send": ("To be sent", Q(state__in=TO_SEND) & ~GONE),
    "rejected": ("Rejected", Q(state=ReturnState.REJECTED) & ~NOT_OURS),
    "sent": ("Not confirmed", Q(state=ReturnState.SENT)),
    "done": ("Accepted or final", Q(state__in=DONE)),
}


@dataclass(frozen=True)
class Row:
    one: NcmdReturn
    missing: list[Missing]


def returns_for(user: Person) -> QuerySet[NcmdReturn]:
    if not user_can_read_returns(user):
        return NcmdReturn.objects.none()
    return NcmdReturn.objects.select_related("case")


def in_group(user: Person, group: str) -> QuerySet[NcmdReturn]:
    """What has waited longest first."""
    return returns_for(user).filter(GROUPS[group][1]).order_by("changed_at", "pk")


def how_many(user: Person) -> dict[str, int]:
    return returns_for(user).aggregate(**{name: Count("pk", filter=wanted) for name, (_, wanted) in GROUPS.items()})


def rows(returns: Collection[NcmdReturn]) -> list[Row]:
    """Each with what is missing in it, while it is to be sent."""
    cases = {one.case_id: one.case for one in returns if one.state in TO_SEND}
    known = evidence_about(list(cases.values()))
    return [Row(one, _missing(one, known.get(one.case_id))) for one in returns]


def _missing(one: NcmdReturn, known: Evidence | None) -> list[Missing]:
    return missing(one.stage, known) if known and one.state in TO_SEND else []


def agencies_awaited(user: Person) -> QuerySet[Agency]:
    """Agencies whose answer a return waits for, with `awaited` and `late`; whoever is late with most first."""
    if not user_can_read_returns(user):
        return Agency.objects.none()
    awaited = Q(requests__mandatory=True, requests__state__in=OUTSTANDING, requests__case__state__in=set(State) - ENDED)
    late = awaited & Q(requests__due_on__lt=timezone.localdate())
    counted = Agency.objects.annotate(
        awaited=Count("requests", filter=awaited, distinct=True), late=Count("requests", filter=late, distinct=True)
    )
    return counted.filter(awaited__gt=0).order_by("-late", "-awaited", "name")


def cases_with_returns(user: Person) -> QuerySet[Case]:
    return Case.objects.filter(pk__in=returns_for(user).values("case"))
