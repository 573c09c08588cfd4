"""The page in docs/ that shows the states of a review, made from the code that runs them."""

from workflow.guards import GUARDS
from workflow.roles import ROLES
from workflow.states import BEFORE_SUBMITTED, ENDED, LABELS, MOVES, Move, State
from workflow.states.answers import RULES

PAGE = "docs/states/case.md"
HEAD = """# The states of a case

Written by `manage.py draw_states` from `workflow/states/` and `workflow/guards.py`; a test fails when this page and the
code differ. Change the code, run the command, and commit both.

A move that starts and ends in the same state adds to the history without moving the case.
"""
COLUMNS = ("From", "To", "Move", "What must be true first", "What is asked", "Who may")


def case_page() -> str:
    """The whole page as Markdown: the picture, then a row for each move."""
    return "\n".join([HEAD, "```mermaid", *_picture(), "```", "", *_table(), ""])


def _picture() -> list[str]:
    lines = ["stateDiagram-v2", "    direction TB"]
    lines += [f'    state "{LABELS[state]}" as {state}' for state in State]
    lines.append(f"    [*] --> {State.NOTIFIED}: Notification received")
    for move in MOVES:
        sources = _in_order(move) if move.name != "rule_out" else [State.NOTIFIED]
        lines += [f"    {source} --> {move.target}: {move.label}" for source in sources]
    lines.append(f"    note right of {State.OUT_OF_SCOPE}: From any state before submission")
    return lines + [f"    {state} --> [*]" for state in State if state in ENDED]


def _table() -> list[str]:
    rows = [COLUMNS, ("---",) * len(COLUMNS)]
    rows.append(
        ("–", LABELS[State.NOTIFIED], "Notification received", "The form is complete and valid", "", "A notifier")
    )
    rows += [_row(move) for move in MOVES]
    return [f"| {' | '.join(cells)} |" for cells in rows]


def _row(move: Move) -> tuple[str, ...]:
    early = move.sources == BEFORE_SUBMITTED
    return (
        "Any before submission" if early else ", ".join(LABELS[source] for source in _in_order(move)),
        LABELS[move.target],
        f"{move.label} (`{move.name}`)",
        "<br>".join(_conditions(move)),
        "<br>".join(_asked(move)),
        ", ".join(role for role, rights in ROLES.items() if set(rights) & set(move.who)),
    )


def _conditions(move: Move) -> list[str]:
    words = [guard.words for guard in GUARDS.get(move.name, ())]
    return [*words, RULES[move.name].words] if move.name in RULES else words


def _asked(move: Move) -> list[str]:
    asked = [
        f"{item.label}{f' (a reason when: {dict(item.choices)[item.reason_if]})' if item.reason_if else ''}"
        for item in move.inputs
    ]
    return [*asked, *["The reason"] * move.needs_reason]


def _in_order(move: Move) -> list[State]:
    return [state for state in State if state in move.sources]
