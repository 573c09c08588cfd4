"""Whether the answers to what a move asks will do."""

import datetime as dt
from collections.abc import Callable, Mapping

from django.utils import timezone

from workflow.meetings.selectors import panels_to_come, planned
from workflow.models import Case
from workflow.services.refusing import MoveRefused
from workflow.states import STUBS, Input, Move, State
from workflow.states.answers import problem_with

FARTHEST = dt.timedelta(days=731)  # How far ahead a meeting is planned; what lies beyond is a slip of the keyboard.


def checked(case: Case, chosen: Move, reason: str, details: Mapping[str, str]) -> dict[str, str]:
    """The answers to what the move asks; MoveRefused lists everything that is missing or wrong."""
    given = {asked.name: str(details.get(asked.name, "")).strip() for asked in chosen.inputs}
    explained = chosen.needs_reason or any(given[asked.name] == asked.reason_if != "" for asked in chosen.inputs)
    problems = ["Give the reason."] if explained and not reason else []
    problems += [problem for asked in chosen.inputs if (problem := _wrong(case, asked, given[asked.name]))]
    if together := problem_with(chosen.name, given):
        problems.append(together)
    if problems:
        raise MoveRefused(problems)
    return given


def _wrong(case: Case, asked: Input, value: str) -> str:
    if asked.kind == "yes":
        return "" if value == "yes" else f"Confirm: {asked.label}."
    if not value:
        return f"Answer “{asked.label}”."
    return CHECKS.get(asked.kind, _anything)(case, asked, value)


def _anything(case: Case, asked: Input, value: str) -> str:
    return ""


def _choice(case: Case, asked: Input, value: str) -> str:
    return "" if value in dict(asked.choices) else f"Choose one of the answers to “{asked.label}”."


def _date(case: Case, asked: Input, value: str) -> str:
    day = _as_date(value)
    if day is None:
        return f"Give a real date for “{asked.label}”."
    if case.died_on and day < case.died_on:
        return f"“{asked.label}” is before the child died."
    if day > timezone.localdate() + FARTHEST:
        return f"“{asked.label}” is more than two years ahead. Check the year."
    return ""


def _past_date(case: Case, asked: Input, value: str) -> str:
    day = _as_date(value)
    if day and day > timezone.localdate():
        return f"“{asked.label}” is in the future. Record it once it has happened."
    return _date(case, asked, value)


def _case(case: Case, asked: Input, value: str) -> str:
    return "" if _other_case(case, value) else f"There is no other case {value} that can be kept."


def _meeting(case: Case, asked: Input, value: str) -> str:
    chosen = panels_to_come().filter(pk=value).first() if value.isdecimal() else None
    if chosen is None:
        return "Choose a panel that is still to come."
    enough = planned(chosen)
    return "" if enough.met else f"{chosen} would not be quorate: {enough.words}. Invite more members first."


CHECKS: dict[str, Callable[[Case, Input, str], str]] = {
    "choice": _choice,
    "date": _date,
    "past_date": _past_date,
    "case": _case,
    "meeting": _meeting,
}


def _as_date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _other_case(case: Case, reference: str) -> Case | None:
    """Another case that is no duplicate itself, and not with another panel."""
    return (
        Case.objects.exclude(pk=case.pk)
        .exclude(state__in=STUBS | {State.DUPLICATE})
        .filter(reference=reference)
        .first()
    )
