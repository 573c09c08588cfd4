"""The states of a research project, and the moves between them. Plain Python."""

from dataclasses import dataclass
from enum import StrEnum


class ProjectState(StrEnum):
    REQUESTED = "requested"
    APPROVED_ONCE = "approved_once"
    APPROVED = "approved"
    EXTRACTED = "extracted"
    REFUSED = "refused"
    ENDED = "ended"
    EXPIRED = "expired"
    DELETED = "deleted"


S = ProjectState
LABELS = {
    S.REQUESTED: "Requested",
    S.APPROVED_ONCE: "Approved by one",
    S.APPROVED: "Approved",
    S.EXTRACTED: "Extract made",
    S.REFUSED: "Refused",
    S.ENDED: "Ended",
    S.EXPIRED: "Expired",
    S.DELETED: "Deletion proven",
}
TO_DECIDE = frozenset({S.REQUESTED, S.APPROVED_ONCE})
# Data may leave.
OPEN = frozenset({S.APPROVED, S.EXTRACTED})
# The researchers may still have data.
NOT_PROVEN = frozenset({S.ENDED, S.EXPIRED})

APPROVERS, EXPORTERS, EITHER, SYSTEM = (
    "One of those who approve, not who asked",
    "Who may export data",
    "Who may export data, or one of those who approve",
    "The system",
)


@dataclass(frozen=True)
class ProjectMove:
    """One way from one state to another; `who` is for people to read, and `asked` what they say."""

    name: str
    label: str
    sources: frozenset[ProjectState]
    target: ProjectState
    who: str
    asked: str = ""


MOVES = (
    ProjectMove("approve", "Approve", frozenset({S.REQUESTED}), S.APPROVED_ONCE, APPROVERS),
    ProjectMove("approve_too", "Approve as the second", frozenset({S.APPROVED_ONCE}), S.APPROVED, APPROVERS),
    ProjectMove("refuse", "Refuse", TO_DECIDE, S.REFUSED, APPROVERS, "The reason"),
    ProjectMove("extract", "Make an extract", OPEN, S.EXTRACTED, EXPORTERS),
    ProjectMove("end", "End it", OPEN, S.ENDED, EITHER, "The reason"),
    ProjectMove("expire", "Its last day has passed", OPEN, S.EXPIRED, SYSTEM),
    ProjectMove("prove", "Record proof of deletion", NOT_PROVEN, S.DELETED, EITHER, "What proves it"),
)
BY_NAME = {move.name: move for move in MOVES}


def possible(state: str) -> list[ProjectMove]:
    """What people can do with a project in this state."""
    return [move for move in MOVES if move.who != SYSTEM and state in move.sources]
