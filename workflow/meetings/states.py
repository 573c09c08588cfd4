"""The states of a meeting, who sits in it, and the moves between its states (process, §5 to §7). Plain Python."""

from dataclasses import dataclass
from enum import StrEnum


class MeetingState(StrEnum):
    PLANNED = "planned"
    SHARED = "shared"
    HELD = "held"
    CANCELLED = "cancelled"


S = MeetingState
LABELS = {
    S.PLANNED: "Planned",
    S.SHARED: "Agenda shared",
    S.HELD: "Held",
    S.CANCELLED: "Cancelled",
}
COMING = frozenset({S.PLANNED, S.SHARED})
# In these its members read the cases on the agenda.
OPEN_TO_MEMBERS = frozenset({S.SHARED, S.HELD})

KINDS = [
    ("cdrm", "Child death review meeting (CDRM)"),
    ("panel", "Panel"),
    ("themed", "Themed panel"),
]
PANELS = ("panel", "themed")

# Who sits in a panel (process, §6).
SEATS = [
    ("public_health", "Public health"),
    ("designated_doctor", "Designated doctor"),
    ("social_care", "Children’s social care"),
    ("police", "Police"),
    ("safeguarding", "Safeguarding nurse or doctor"),
    ("primary_care", "Primary care"),
    ("nursing_midwifery", "Nursing or midwifery"),
    ("education", "Education"),
    ("ambulance", "Ambulance"),
    ("hospice_bereavement", "Hospice or bereavement"),
    ("lay", "Lay member"),
    ("expert", "Invited expert"),
    ("coordinator", "Coordinator"),
    ("other", "Another professional"),
]
ANSWERS = [("invited", "Not answered"), ("accepted", "Comes"), ("apologies", "Apologies")]
# Why a member must not hear a case.
INTERESTS = [
    ("care", "Cared for the child or family"),
    ("managed", "Is responsible for a service under review"),
    ("personal", "Knew the child or family"),
    ("other", "Another reason"),
]
OUTCOMES = [("", "Not discussed yet"), ("discussed", "Discussed"), ("deferred", "Deferred")]


@dataclass(frozen=True)
class MeetingMove:
    """One way from one state to another."""

    name: str
    label: str
    sources: frozenset[MeetingState]
    target: MeetingState
    needs_reason: bool = False


MOVES = (
    MeetingMove("share", "Share the agenda", frozenset({S.PLANNED}), S.SHARED),
    MeetingMove("hold", "Record that it was held", COMING, S.HELD),
    MeetingMove("take_back", "Take the agenda back", frozenset({S.SHARED}), S.PLANNED),
    MeetingMove("cancel", "Cancel the meeting", COMING, S.CANCELLED, needs_reason=True),
)
BY_NAME = {move.name: move for move in MOVES}
