"""The page in docs/ that shows the states of a research project, made from the code that runs them."""

from exports.research.states import LABELS, MOVES
from workflow.drawing import ends, page_of


def project_page() -> str:
    rows = [(*ends(move, LABELS), move.who, move.asked) for move in MOVES]
    return page_of("a research project", "exports/research/states.py", LABELS, MOVES, rows)
