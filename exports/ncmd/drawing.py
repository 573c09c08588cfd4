"""The page in docs/ that shows the states of a return, made from the code that runs them."""

from exports.ncmd.states import LABELS, MOVES
from workflow.drawing import ends, page_of


def return_page() -> str:
    rows = [(*ends(move, LABELS), move.who, "The reasons" if move.needs_reason else "") for move in MOVES]
    return page_of("a stage of an NCMD return", "exports/ncmd/states.py", LABELS, MOVES, rows)
