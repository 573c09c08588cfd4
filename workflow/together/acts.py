"""What can safely be done to several cases at once, and why not to one of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms as django_forms
from django.contrib.auth.models import User

from workflow.guards import refusals
from workflow.models import Case
from workflow.permissions import user_can_make
from workflow.requests.reminders import remind_now, to_remind
from workflow.services import MoveRefused, add_note, look_again_on, move
from workflow.services.checking import checked
from workflow.states import BY_NAME
from workflow.together.forms import AgendaForm, NoteToAllForm, ReminderForm, ReviewForm, TaskToAllForm
from workflow.worklist.services import give

Data = Mapping[str, Any]
SCHEDULE = BY_NAME["schedule_panel"]


@dataclass(frozen=True)
class Act:
    """One thing to do: what it asks, why it cannot be done to a case (empty when it can), and how it is done."""

    name: str
    label: str
    form: type[django_forms.Form]
    why_not: Callable[[Case, User, Data], str]
    do: Callable[[Case, User, Data], object]


def _never(case: Case, by: User, data: Data) -> str:
    return ""


def _ended(case: Case, by: User, data: Data) -> str:
    return "" if case.is_open else f"It is “{case.get_state_display()}”."


def _nothing_holds_it(case: Case, by: User, data: Data) -> str:
    holds = list(case.holds.filter(ended_on=None))
    if not holds:
        return "No hold is open."
    late = any(data["on"] < hold.started_on for hold in holds)
    return "A hold started after that day." if late else ""


def _nobody_to_remind(case: Case, by: User, data: Data) -> str:
    return "" if to_remind(case) else "No request waits for an answer, or all were reminded today."


def _cannot_be_scheduled(case: Case, by: User, data: Data) -> str:
    if not user_can_make(by, SCHEDULE):
        return "Your role cannot put a case on an agenda."
    if case.state not in SCHEDULE.sources:
        return f"It is “{case.get_state_display()}”."
    try:
        checked(case, SCHEDULE, "", data)
    except MoveRefused as refused:
        return str(refused)
    return " ".join(refusals(case, SCHEDULE.name))


ACTS = (
    Act("note", "Add the same note", NoteToAllForm, _never, lambda case, by, data: add_note(case, by, data["text"])),
    Act(
        "task",
        "Give the same task",
        TaskToAllForm,
        _ended,
        lambda case, by, data: give(case, data["what"], by, data["to"], data["due_on"]),
    ),
    Act(
        "review",
        "Set the day to look again at what holds them",
        ReviewForm,
        _nothing_holds_it,
        lambda case, by, data: look_again_on(case, by, data["on"]),
    ),
    Act(
        "remind",
        "Remind the agencies that have not answered",
        ReminderForm,
        _nobody_to_remind,
        lambda case, by, data: remind_now(case, by),
    ),
    Act(
        "agenda",
        "Put them on a panel agenda",
        AgendaForm,
        _cannot_be_scheduled,
        lambda case, by, data: move(case, SCHEDULE.name, by, details=data),
    ),
)
BY_ACT = {act.name: act for act in ACTS}
