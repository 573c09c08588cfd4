"""Which returns a person reads is decided here, in the query; and what is missing in them."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from exports.models import NcmdBatch, NcmdReturn, NcmdReturnChange, NcmdSending
from exports.ncmd.evidence import Evidence, evidence_about
from exports.ncmd.gateways import Outcome
from exports.ncmd.permissions import user_can_read_returns, user_can_send_returns
from exports.ncmd.rules import Missing, missing, stopping
from exports.ncmd.states import DONE, ON_ITS_WAY, TO_SEND, ReturnState, SendingState, Stage
from workflow.models import Agency, Case
from workflow.permissions import Person, user_can_see_identity
from workflow.requests.states import OUTSTANDING
from workflow.states import ENDED, State

# Of cases that are not reviewed here nothing more is sent. One that was closed by hand has gone to NCMD another way,
# unless something was sent from here and came back.
NOT_OURS = Q(case__state__in=ENDED - {State.CLOSED})
GONE = NOT_OURS | Q(case__state=State.CLOSED, state=ReturnState.QUEUED)
# A file of more is too long to look through, and is made again from what is left.
MOST_AT_ONCE = 500
GROUPS: dict[str, tuple[str, Q]] = {
    "to_send": ("To be sent", Q(state__in=TO_SEND) & ~GONE),
    "rejected": ("Rejected", Q(state=ReturnState.REJECTED) & ~NOT_OURS),
    "sent": ("Not confirmed", Q(state=ReturnState.SENT)),
    "done": ("Accepted or final", Q(state__in=DONE)),
}


@dataclass(frozen=True)
class Row:
    """`said` is why NCMD rejected it, in its words: only for those who may know who the child is."""

    one: NcmdReturn
    missing: list[Missing]
    said: str = ""


def returns_for(user: Person) -> QuerySet[NcmdReturn]:
    if not user_can_read_returns(user):
        return NcmdReturn.objects.none()
    return NcmdReturn.objects.select_related("case")


def in_group(user: Person, group: str) -> QuerySet[NcmdReturn]:
    """What has waited longest first, with whether it `goes` (is on its way) and `failed` to."""
    sendings = NcmdSending.objects.filter(ncmd_return=OuterRef("pk"))
    wanted = returns_for(user).filter(GROUPS[group][1]).order_by("changed_at", "pk")
    return wanted.annotate(
        goes=Exists(sendings.filter(state=SendingState.WAITING)),
        failed=Exists(sendings.filter(state=SendingState.FAILED)),
    )


def how_many(user: Person) -> dict[str, int]:
    return returns_for(user).aggregate(**{name: Count("pk", filter=wanted) for name, (_, wanted) in GROUPS.items()})


def rows(user: Person, returns: Collection[NcmdReturn]) -> list[Row]:
    """Each with what is missing in it, while it is to be sent."""
    cases = {one.case_id: one.case for one in returns if one.state in TO_SEND}
    known = evidence_about(list(cases.values()))
    said = why_rejected(user, returns)
    return [Row(one, _missing(one, known.get(one.case_id)), said.get(one.pk, "")) for one in returns]


def why_rejected(user: Person, returns: Collection[NcmdReturn]) -> dict[int, str]:
    """By the key of each that NCMD rejected, its newest reasons."""
    rejected = [one.pk for one in returns if one.state == ReturnState.REJECTED]
    if not user_can_see_identity(user):
        return {}
    changes = NcmdReturnChange.objects.filter(ncmd_return__in=rejected, target=ReturnState.REJECTED).order_by("pk")
    return {change.ncmd_return_id: change.words for change in changes.defer("sealed_sent")}


def _missing(one: NcmdReturn, known: Evidence | None) -> list[Missing]:
    return missing(one.stage, known) if known and one.state in TO_SEND else []


def ready(user: Person, gateway: str, stages: Collection[str]) -> list[NcmdReturn]:
    """What this gateway could carry now, of these stages: longest waiting first, and no more than fit in a file."""
    returns = list(_to_hand_over(user).filter(stage__in=stages))
    known = _about(returns)
    return [one for one in returns if not stopping(one.stage, gateway, known[one.case_id])][:MOST_AT_ONCE]


def ready_by_stage(user: Person, gateway: str) -> dict[str, tuple[int, int]]:
    """By stage, how many are ready for a gateway and how many something stops."""
    returns = list(_to_hand_over(user))
    known = _about(returns)
    counted = {str(stage): (0, 0) for stage in Stage}
    for one in returns:
        able, stopped = counted[one.stage]
        stops = bool(stopping(one.stage, gateway, known[one.case_id]))
        counted[one.stage] = (able + (not stops), stopped + stops)
    return counted


def _about(returns: Collection[NcmdReturn]) -> dict[int, Evidence]:
    return evidence_about(list({one.case_id: one.case for one in returns}.values()))


def _to_hand_over(user: Person) -> QuerySet[NcmdReturn]:
    on_its_way = NcmdSending.objects.filter(state__in=ON_ITS_WAY)
    return in_group(user, "to_send").exclude(pk__in=on_its_way.values("ncmd_return"))


def on_their_way(user: Person) -> QuerySet[NcmdSending]:
    """What a worker is to carry, what could not be sent first. What is in a file is shown with its file."""
    waiting = NcmdSending.objects.filter(ncmd_return__in=returns_for(user), state__in=ON_ITS_WAY, batch=None)
    return waiting.select_related("ncmd_return__case", "by").defer("sealed").order_by("state", "next_try_at", "pk")


def batches_for(user: Person) -> QuerySet[NcmdBatch]:
    """With how many returns are in each, wait to be sent, and were rejected."""
    if not user_can_send_returns(user):
        return NcmdBatch.objects.none()
    counted = {
        "rows": Count("sendings"),
        "unanswered": Count("sendings", filter=Q(sendings__outcome=Outcome.RECEIVED)),
        "rejected": Count("sendings", filter=Q(sendings__outcome=Outcome.REJECTED)),
    }
    return NcmdBatch.objects.select_related("by").defer("sealed").annotate(**counted).order_by("-pk")


def how_many_failed(user: Person) -> int:
    return on_their_way(user).filter(state=SendingState.FAILED).count() if user_can_send_returns(user) else 0


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
