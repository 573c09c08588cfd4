"""The pages in docs/ that show the states of everything that has some, made from the code that runs them."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from workflow.actions import states as actions
from workflow.analyses import states as analyses
from workflow.guards import GUARDS
from workflow.meetings import states as meetings
from workflow.requests import states as requests
from workflow.roles import ROLES
from workflow.safeguarding import states as referrals
from workflow.states import BEFORE_SUBMITTED, ENDED, LABELS, MOVES, PUBLIC, Move, State
from workflow.states.answers import RULES

FOLDER = "docs/states"
HEAD = """# The states of a case

Written by `manage.py draw_states` from `workflow/states/` and `workflow/guards/`; a test fails when this page and the
code differ. Change the code, run the command, and commit both.

A move that starts and ends in the same state adds to the history without moving the case.
"""
COLUMNS = ("From", "To", "Move", "What must be true first", "What is asked", "Who may")


WHO = {
    "staff": "Who works on cases",
    "respondent": "The person asked",
    "system": "The system",
    "owner": "The organisation, by its link",
}


# The pages of rooms above, by name; each puts its own here when it is ready.
FROM_ABOVE: dict[str, Callable[[], str]] = {}


def pages() -> dict[str, str]:
    """Every page by its path."""
    drawn: dict[str, Callable[[], str]] = {
        "case": case_page,
        "request": request_page,
        "meeting": meeting_page,
        "action": action_page,
        "analysis": analysis_page,
        "referral": referral_page,
    }
    return {f"{FOLDER}/{name}.md": draw() for name, draw in (drawn | FROM_ABOVE).items()}


def request_page() -> str:
    rows = [(*ends(move, requests.LABELS), _who(move.makers), _reason(move)) for move in requests.MOVES]
    return page_of("a request for information", "workflow/requests/states.py", requests.LABELS, requests.MOVES, rows)


def meeting_page() -> str:
    who = "Who works on cases, or the panel chair"
    rows = [(*ends(move, meetings.LABELS), who, _reason(move)) for move in meetings.MOVES]
    return page_of("a meeting", "workflow/meetings/states.py", meetings.LABELS, meetings.MOVES, rows)


def action_page() -> str:
    rows = [(*ends(move, actions.LABELS), _keepers(move), _reason(move)) for move in actions.MOVES]
    return page_of("a recommendation or action", "workflow/actions/states.py", actions.LABELS, actions.MOVES, rows)


def analysis_page() -> str:
    rows = [(*ends(move, analyses.LABELS), move.who, _reason(move)) for move in analyses.MOVES]
    return page_of("an analysis", "workflow/analyses/states.py", analyses.LABELS, analyses.MOVES, rows)


def referral_page() -> str:
    who = "Who works on cases, or the panel chair"
    rows = [(*ends(move, referrals.LABELS), who, _reason(move)) for move in referrals.MOVES]
    where = "workflow/safeguarding/states.py"
    return page_of("a safeguarding referral", where, referrals.LABELS, referrals.MOVES, rows)


def _keepers(move: actions.ActionMove) -> str:
    roles = ", ".join(role for role, rights in ROLES.items() if set(rights) & set(move.rights))
    return f"{roles}, {_who(move.makers - {'staff'})}" if "owner" in move.makers else roles


def page_of(what: str, where: str, labels: Mapping[Any, str], moves: Iterable[Any], rows: Iterable[tuple]) -> str:
    """The picture of the states, then a row for each move."""
    states = list(labels)
    lines = [f"# The states of {what}", "", f"Written by `manage.py draw_states` from `{where}`.", ""]
    lines += ["```mermaid", "stateDiagram-v2", "    direction TB"]
    lines += [f'    state "{labels[state]}" as {state}' for state in states]
    lines.append(f"    [*] --> {states[0]}")
    lines += [f"    {s} --> {m.target}: {m.label}" for m in moves for s in states if s in m.sources]
    lines += ["```", ""]
    table = [("From", "To", "Move", "Who", "What is asked"), ("---",) * 5, *rows]
    return "\n".join([*lines, *(f"| {' | '.join(cells)} |" for cells in table), ""])


def ends(move: Any, labels: Mapping[Any, str]) -> tuple[str, str, str]:
    """From where, to where, and the move, for the first cells of a row."""
    sources = ", ".join(label for state, label in labels.items() if state in move.sources)
    return sources, labels[move.target], f"{move.label} (`{move.name}`)"


def _who(makers: Iterable[str]) -> str:
    return ", ".join(words for maker, words in WHO.items() if maker in makers)


def _reason(move: Any) -> str:
    return "The reason" if move.needs_reason else ""


def case_page() -> str:
    """The whole page as Markdown: the picture, then a row for each move."""
    return "\n".join([HEAD, "```mermaid", *_picture(), "```", "", *_names(), "", *_table(), ""])


def _picture() -> list[str]:
    lines = ["stateDiagram-v2", "    direction TB"]
    lines += [f'    state "{LABELS[state]}" as {state}' for state in State]
    lines.append(f"    [*] --> {State.NOTIFIED}: Notification received")
    lines.append(f"    [*] --> {State.OFFERED_TO_US}: Another panel offers its review")
    for move in MOVES:
        sources = _in_order(move) if move.name != "rule_out" else [State.NOTIFIED]
        lines += [f"    {source} --> {move.target}: {move.label}" for source in sources]
    lines.append(f"    note right of {State.OUT_OF_SCOPE}: From any state before submission")
    return lines + [f"    {state} --> [*]" for state in State if state in ENDED]


def _names() -> list[str]:
    """What staff call each state, and what a family can be told."""
    rows = [
        ("State", "What a family can be told"),
        ("---", "---"),
        *((LABELS[state], PUBLIC[state]) for state in State),
    ]
    return [f"| {' | '.join(cells)} |" for cells in rows]


def _table() -> list[str]:
    rows = [COLUMNS, ("---",) * len(COLUMNS)]
    rows.append(
        ("–", LABELS[State.NOTIFIED], "Notification received", "The form is complete and valid", "", "A notifier")
    )
    rows.append(
        ("–", LABELS[State.OFFERED_TO_US], "Another panel offers its review", "The form is complete and valid",
         "Which panel, when, and whether NCMD was told", "Coordinator, Designated doctor, Administrator")
    )  # fmt: skip
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
