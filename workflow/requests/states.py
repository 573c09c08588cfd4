"""The states of a request for information, and the moves between them (statutory process, §5 step 5). Plain Python."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


class RequestState(StrEnum):
    DRAFTED = "drafted"
    SENT = "sent"
    OPENED = "opened"
    PART_ANSWERED = "part_answered"
    RETURNED = "returned"
    QUERIED = "queried"
    ACCEPTED = "accepted"
    WAIVED = "waived"
    DECLINED = "declined"
    REASSIGNED = "reassigned"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


S = RequestState
LABELS = {
    S.DRAFTED: "Not sent yet",
    S.SENT: "Sent",
    S.OPENED: "Opened",
    S.PART_ANSWERED: "Partly answered",
    S.RETURNED: "Returned",
    S.QUERIED: "Asked again",
    S.ACCEPTED: "Accepted",
    S.WAIVED: "Waived",
    S.DECLINED: "Declined",
    S.REASSIGNED: "Passed on",
    S.CANCELLED: "Cancelled",
    S.EXPIRED: "Link expired",
}
# With the agency: it can answer now.
ANSWERABLE = frozenset({S.SENT, S.OPENED, S.PART_ANSWERED, S.QUERIED})
# Nothing more is expected of anybody.
SETTLED = frozenset({S.ACCEPTED, S.WAIVED, S.REASSIGNED, S.CANCELLED})
# The agency has done its part, or need not.
ANSWERED = frozenset({S.RETURNED, S.ACCEPTED})
OUTSTANDING = frozenset(RequestState) - SETTLED - ANSWERED

Maker = Literal["staff", "respondent", "system"]


@dataclass(frozen=True)
class RequestMove:
    """One way from one state to another, and who may take it."""

    name: str
    label: str
    sources: frozenset[RequestState]
    target: RequestState
    makers: frozenset[Maker]
    needs_reason: bool = False


def _move(
    name: str,
    label: str,
    sources: frozenset[RequestState] | set[RequestState],
    target: RequestState,
    *makers: Maker,
    needs_reason: bool = False,
) -> RequestMove:
    return RequestMove(name, label, frozenset(sources), target, frozenset(makers), needs_reason)


MOVES = (
    _move("send", "Send", {S.DRAFTED}, S.SENT, "staff"),
    _move("open", "Open", {S.SENT}, S.OPENED, "respondent"),
    _move("answer_part", "Answer a part", {S.SENT, S.OPENED}, S.PART_ANSWERED, "respondent"),
    _move("give_back", "Return", ANSWERABLE, S.RETURNED, "respondent"),
    _move("query", "Ask again", {S.RETURNED, S.ACCEPTED}, S.QUERIED, "staff", needs_reason=True),
    _move("accept", "Accept", {S.RETURNED}, S.ACCEPTED, "staff"),
    _move("decline", "Decline", ANSWERABLE, S.DECLINED, "respondent", "staff", needs_reason=True),
    _move("reassign", "Pass on", ANSWERABLE | {S.EXPIRED, S.DECLINED}, S.REASSIGNED, "respondent", "staff"),
    _move("expire", "Link expired", ANSWERABLE, S.EXPIRED, "system"),
    _move("renew", "Send again", ANSWERABLE | {S.EXPIRED, S.DECLINED}, S.SENT, "staff"),
    _move("waive", "Waive", OUTSTANDING, S.WAIVED, "staff", needs_reason=True),
    _move("cancel", "Cancel", ANSWERABLE | {S.DRAFTED}, S.CANCELLED, "staff", needs_reason=True),
)
BY_NAME = {move.name: move for move in MOVES}
STAFF_ORDER = ("send", "accept", "query", "renew", "reassign", "decline", "waive", "cancel")


def staff_moves_from(state: str) -> list[RequestMove]:
    """What leads on first, and what ends it last."""
    found = [move for move in MOVES if state in move.sources and "staff" in move.makers]
    return sorted(found, key=lambda move: STAFF_ORDER.index(move.name))
