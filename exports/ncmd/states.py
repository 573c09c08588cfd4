"""The stages of a return to the national database, the states of each, and the moves between them. Plain Python."""

from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    NOTIFICATION = "notification"
    ALERT = "alert"
    REPORTING = "reporting"
    SUPPLEMENTARY = "supplementary"
    ANALYSIS = "analysis"
    FINALISE = "finalise"


STAGES = {
    Stage.NOTIFICATION: "Notification",
    Stage.ALERT: "Alert",
    Stage.REPORTING: "Reporting",
    Stage.SUPPLEMENTARY: "Supplementary",
    Stage.ANALYSIS: "Analysis",
    Stage.FINALISE: "Finalise",
}


class ReturnState(StrEnum):
    NOT_DUE = "not_due"
    QUEUED = "queued"
    SENT = "sent"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    FINALISED = "finalised"
    AMENDED = "amended"


S = ReturnState
LABELS = {
    S.NOT_DUE: "Not due yet",
    S.QUEUED: "To be sent",
    S.SENT: "Sent, not confirmed",
    S.ACCEPTED: "Accepted",
    S.REJECTED: "Rejected",
    S.FINALISED: "Finalised",
    S.AMENDED: "Changed since, to be sent again",
}
# A person has to send it.
TO_SEND = frozenset({S.QUEUED, S.REJECTED, S.AMENDED})
# NCMD has it as it is.
DONE = frozenset({S.ACCEPTED, S.FINALISED})


@dataclass(frozen=True)
class ReturnMove:
    """One way from one state to another; `who` is for people to read."""

    name: str
    label: str
    sources: frozenset[ReturnState]
    target: ReturnState
    who: str
    needs_reason: bool = False

    @property
    def by_hand(self) -> bool:
        return self.who == SENDERS


SENDERS, SYSTEM = "Coordinator, Administrator", "The system"
MOVES = (
    ReturnMove("queue", "It is due", frozenset({S.NOT_DUE}), S.QUEUED, SYSTEM),
    ReturnMove("send", "Record that it was sent", TO_SEND, S.SENT, SENDERS),
    ReturnMove("accept", "Record that NCMD accepted it", frozenset({S.SENT}), S.ACCEPTED, SENDERS),
    ReturnMove("reject", "Record that NCMD rejected it", frozenset({S.SENT}), S.REJECTED, SENDERS, needs_reason=True),
    ReturnMove("finalise", "The case is final at NCMD", frozenset({S.ACCEPTED}), S.FINALISED, SYSTEM),
    ReturnMove("amend", "It has changed and is to be sent again", DONE, S.AMENDED, SENDERS, needs_reason=True),
    ReturnMove("accept_after_all", "NCMD accepted it after all", frozenset({S.REJECTED}), S.ACCEPTED, SYSTEM),
    ReturnMove("reject_after_all", "NCMD rejected it after all", DONE, S.REJECTED, SYSTEM),
)
BY_NAME = {move.name: move for move in MOVES}


def moves_from(state: str) -> list[ReturnMove]:
    """What a person can do with a return in this state."""
    return [move for move in MOVES if move.by_hand and state in move.sources]


class SendingState(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"


SENDING_LABELS = {
    SendingState.WAITING: "On its way",
    SendingState.SENT: "Sent",
    SendingState.FAILED: "Could not be sent",
    SendingState.WITHDRAWN: "Taken back",
}
# Nothing else may be sent of a return while one of these is there.
ON_ITS_WAY = frozenset({SendingState.WAITING, SendingState.FAILED})
