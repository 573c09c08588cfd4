"""The states of a review and the moves between them (statutory process, §13). Plain Python: no Django here."""

from workflow.states.answers import CATEGORIES, MODIFIABLE, SAFEGUARDING, Input
from workflow.states.milestones import MILESTONE, MILESTONES, Milestone
from workflow.states.moves import BY_NAME, MOVES, Move, Right, moves_from
from workflow.states.names import (
    BEFORE_SUBMITTED,
    COUNTED_ELSEWHERE,
    ENDED,
    LABELS,
    NEW,
    NEXT_STEPS,
    OPEN,
    PUBLIC,
    STUBS,
    State,
)

__all__ = [
    "BEFORE_SUBMITTED",
    "BY_NAME",
    "CATEGORIES",
    "COUNTED_ELSEWHERE",
    "ENDED",
    "LABELS",
    "MILESTONE",
    "MILESTONES",
    "MODIFIABLE",
    "MOVES",
    "NEW",
    "NEXT_STEPS",
    "OPEN",
    "PUBLIC",
    "SAFEGUARDING",
    "STUBS",
    "Input",
    "Milestone",
    "Move",
    "Right",
    "State",
    "moves_from",
]
