"""The states of a safeguarding referral, and the moves between them (process, §12). Plain Python."""

from dataclasses import dataclass
from enum import StrEnum


class ReferralState(StrEnum):
    TO_SEND = "to_send"
    SENT = "sent"
    ANSWERED = "answered"
    NOT_NEEDED = "not_needed"


S = ReferralState
LABELS = {
    S.TO_SEND: "To be sent",
    S.SENT: "Sent, not answered",
    S.ANSWERED: "Answered",
    S.NOT_NEEDED: "Not needed",
}
# The case cannot be closed while a referral is in one of these.
UNANSWERED = frozenset({S.TO_SEND, S.SENT})
SETTLED = frozenset({S.ANSWERED, S.NOT_NEEDED})


@dataclass(frozen=True)
class ReferralMove:
    """One way from one state to another; whoever may refer may make it."""

    name: str
    label: str
    sources: frozenset[ReferralState]
    target: ReferralState
    needs_reason: bool = False


MOVES = (
    ReferralMove("send", "Record that it was sent", frozenset({S.TO_SEND}), S.SENT),
    ReferralMove("answer", "Record the answer", frozenset({S.SENT}), S.ANSWERED),
    ReferralMove("not_needed", "Not needed", frozenset({S.TO_SEND}), S.NOT_NEEDED, needs_reason=True),
    ReferralMove("reopen", "Open again", SETTLED, S.TO_SEND, needs_reason=True),
)
BY_NAME = {move.name: move for move in MOVES}
