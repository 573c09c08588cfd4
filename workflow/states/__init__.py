"""The states of a review and the moves between them (statutory process, §13). Plain Python: no Django here."""

from workflow.states.answers import CATEGORIES, MODIFIABLE, SAFEGUARDING, Input
from workflow.states.milestones import MILESTONE, MILESTONES, Milestone
from workflow.states.moves import BY_NAME, MOVES, Move, Right, moves_from
from workflow.states.names import BEFORE_SUBMITTED, ENDED, LABELS, NEXT_STEPS, OPEN, State

__all__ = [
    "BEFORE_SUBMITTED",
    "BY_NAME",
    "CATEGORIES",
    "ENDED",
    "LABELS",
    "MILESTONE",
    "MILESTONES",
    "MODIFIABLE",
    "MOVES",
    "NEXT_STEPS",
    "OPEN",
    "SAFEGUARDING",
    "Input",
    "Milestone",
    "Move",
    "Right",
    "State",
    "moves_from",
]
