"""Referrals in words for the screens."""

from dataclasses import dataclass

from django.utils import timezone

from workflow.models import Case, Referral, ReferralChange
from workflow.permissions import Person, user_can_refer
from workflow.safeguarding.selectors import referrals_of
from workflow.safeguarding.states import MOVES, SETTLED, ReferralMove, ReferralState


@dataclass(frozen=True)
class ReferralLine:
    """A referral with what can be done now and what happened to it."""

    referral: Referral
    moves: list[ReferralMove]
    changes: list[ReferralChange]


def lines(case: Case) -> list[ReferralLine]:
    """What is to be sent first, what is settled last."""
    found = referrals_of(case).prefetch_related("changes__by", "recipient__outcomes")
    order = [ReferralState.TO_SEND, ReferralState.SENT, *sorted(SETTLED)]
    return [
        ReferralLine(each, [move for move in MOVES if each.state in move.sources], list(each.changes.all()))
        for each in sorted(found, key=lambda each: order.index(ReferralState(each.state)))
    ]


def prompt_of(case: Case, user: Person) -> dict[str, object] | None:
    """What the page of a case says of safeguarding; nothing for those whom it does not concern."""
    if not user_can_refer(user):
        return None
    referrals = list(referrals_of(case))
    to_send = [each for each in referrals if each.state == ReferralState.TO_SEND]
    since = min((each.suspicion.known_on for each in to_send), default=None)
    return {
        "referrals": referrals,
        "to_send": to_send,
        "waiting": [each for each in referrals if each.state == ReferralState.SENT],
        "since": since,
        "late": bool(since and since < timezone.localdate()),
    }
