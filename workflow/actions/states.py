"""The states of a recommendation or action, and the moves between them (process, §5 step 11 and §11). Plain Python."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from workflow.states.names import State


class ActionState(StrEnum):
    AGREED = "agreed"
    TOLD = "told"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    CLOSED = "closed"
    NOT_ACCEPTED = "not_accepted"
    STOPPED = "stopped"


S = ActionState
LABELS = {
    S.AGREED: "Agreed, not told yet",
    S.TOLD: "Organisation told",
    S.IN_PROGRESS: "In progress",
    S.DONE: "Reported as done",
    S.CLOSED: "Closed",
    S.NOT_ACCEPTED: "Not accepted",
    S.STOPPED: "Stopped",
}
# The organisation is expected to report.
WITH_OWNER = frozenset({S.TOLD, S.IN_PROGRESS})
# In these its link still opens.
LINKED = WITH_OWNER | {S.DONE}
SETTLED = frozenset({S.CLOSED, S.NOT_ACCEPTED, S.STOPPED})
OPEN = frozenset(ActionState) - SETTLED

KINDS = [("recommendation", "Recommendation"), ("action", "Action")]
LEVELS = [("local", "Local"), ("regional", "Regional"), ("national", "National")]
# A case whose panel has found something: actions are agreed from then on, also once it is closed.
REVIEWED = frozenset({State.PANEL_REVIEWED, State.SUBMITTED, State.CLOSED})

Maker = Literal["staff", "owner"]
KEEPERS = ("work_case", "sign_off_case")


@dataclass(frozen=True)
class ActionMove:
    """One way from one state to another; `rights` are those of staff of which one is needed."""

    name: str
    label: str
    sources: frozenset[ActionState]
    target: ActionState
    makers: frozenset[Maker] = frozenset({"staff"})
    needs_reason: bool = False
    rights: tuple[str, ...] = KEEPERS


BOTH: frozenset[Maker] = frozenset({"staff", "owner"})
AGAIN = SETTLED | {S.DONE}
MOVES = (
    ActionMove("tell", "Tell the organisation", frozenset({S.AGREED}), S.TOLD),
    ActionMove("progress", "Record progress", WITH_OWNER, S.IN_PROGRESS, BOTH, needs_reason=True),
    ActionMove("report_done", "Record that it is done", WITH_OWNER, S.DONE, BOTH, needs_reason=True),
    ActionMove("decline", "Record that it is not accepted", WITH_OWNER, S.NOT_ACCEPTED, BOTH, needs_reason=True),
    ActionMove("close", "Close", frozenset({S.DONE}), S.CLOSED, rights=("work_case",)),
    ActionMove("stop", "Stop", frozenset({S.AGREED}) | WITH_OWNER, S.STOPPED, needs_reason=True),
    ActionMove("reopen", "Open again", AGAIN, S.AGREED, needs_reason=True),
)
BY_NAME = {move.name: move for move in MOVES}
