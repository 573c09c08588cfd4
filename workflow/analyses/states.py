"""The states of an analysis, and the moves between them (process, §5 steps 7 and 9). Plain Python."""

from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    CDRM = "cdrm"
    PANEL = "panel"


STAGES = [(str(Stage.CDRM), "Draft analysis, from the CDRM"), (str(Stage.PANEL), "Final analysis, from the panel")]
SHORT = {Stage.CDRM: "Draft", Stage.PANEL: "Final"}
# Any one of these rights is enough to write an analysis of that stage (process, §6).
WRITERS: dict[str, tuple[str, ...]] = {
    Stage.CDRM: ("work_case", "oversee_case"),
    Stage.PANEL: ("work_case", "sign_off_case"),
}


class AnalysisState(StrEnum):
    BEGUN = "begun"
    COMPLETE = "complete"
    SIGNED = "signed"
    REPLACED = "replaced"
    GIVEN_UP = "given_up"


S = AnalysisState
LABELS = {
    S.BEGUN: "Being filled in",
    S.COMPLETE: "Complete",
    S.SIGNED: "Signed by the chair",
    S.REPLACED: "Replaced by a newer version",
    S.GIVEN_UP: "Given up",
}
TO_SIGN = "Waits for the chair’s signature"
# In these it says what the meeting found, as far as is known now.
IN_FORCE = frozenset({S.COMPLETE, S.SIGNED})
# In these it was sent, and can be read.
SENT = IN_FORCE | {S.REPLACED}


@dataclass(frozen=True)
class AnalysisMove:
    """One way from one state to another; `who` is for people to read."""

    name: str
    label: str
    sources: frozenset[AnalysisState]
    target: AnalysisState
    who: str
    needs_reason: bool = False


WRITER = "Of a draft: coordinator, designated doctor; of a final analysis: coordinator, panel chair"
CHAIR = "The chair of that panel; only a final analysis"
MOVES = (
    AnalysisMove("complete", "Send it", frozenset({S.BEGUN}), S.COMPLETE, WRITER),
    AnalysisMove(
        "sign", "Sign it", frozenset({S.COMPLETE}), S.SIGNED, "The chair of that panel; only a final analysis"
    ),
    AnalysisMove("replace", "A newer version takes its place", IN_FORCE, S.REPLACED, "The system"),
    AnalysisMove("give_up", "Give it up", frozenset({S.BEGUN}), S.GIVEN_UP, WRITER),
)
BY_NAME = {move.name: move for move in MOVES}
