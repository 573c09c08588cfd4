"""The only place that gives cases and tasks to people."""

import datetime as dt
from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from forms.sealing import seal
from workflow.models import Case, Task
from workflow.permissions import user_can_work_cases
from workflow.services import MoveRefused, add_note, note
from workflow.services.refusing import locked, locked_open, require


def name_of(user: User) -> str:
    return user.get_full_name() or user.username


@transaction.atomic
def assign(case: Case, to: User | None, by: User) -> None:
    """Make somebody who works on cases its coordinator, or nobody. Twice changes nothing.

    Raises:
        MoveRefused: the case has ended, or `to` does not work on cases.
    """
    require(user_can_work_cases(by))
    _able(to)
    current = locked_open(case)
    if current.coordinator_id == (to.pk if to else None):
        return
    current.coordinator = to
    current.save(update_fields=["coordinator", "changed_at"])
    note(current, by, "noted", f"Coordinator: {name_of(to) if to else 'nobody'}.")


@transaction.atomic
def assign_all(cases: Iterable[Case], to: User, by: User) -> int:
    """Give several cases to one person; how many there were. All or none."""
    found = sorted(cases, key=lambda case: case.pk)
    for case in found:
        assign(case, to, by)
    return len(found)


@transaction.atomic
def give(case: Case, what: str, by: User, to: User | None = None, due_on: dt.date | None = None) -> Task:
    """Ask that something is done about a case, by one person or by anybody who works on it.

    Raises:
        MoveRefused: `to` does not work on cases.
    """
    require(user_can_work_cases(by))
    _able(to)
    note(locked(case), by, "noted", f"Task for {name_of(to) if to else 'anybody'}.", what)
    return Task.objects.create(case=case, sealed_what=seal(what), given_to=to, given_by=by, due_on=due_on)


@transaction.atomic
def tell(case: Case, text: str, to: Iterable[User], by: User, contact: str = "") -> None:
    """Add a note, or what was said in a contact, and lay it before these people."""
    people = list(to)
    for person in people:
        _able(person)
    add_note(case, by, text, contact)
    Task.objects.bulk_create(Task(case=case, sealed_what=seal(text), given_to=each, given_by=by) for each in people)


@transaction.atomic
def finish(task: Task, by: User) -> None:
    """Say that a task is done, or a word read. What is done stays done, by whoever did it first."""
    require(user_can_work_cases(by))
    current = Task.objects.select_for_update().select_related("case").get(pk=task.pk)
    if current.done_at:
        return
    current.done_at, current.done_by = timezone.now(), by
    current.save(update_fields=["done_at", "done_by"])
    if current.due_on:
        note(current.case, by, "noted", "Task done.", current.what)


def _able(person: User | None) -> None:
    if person and not (person.is_active and user_can_work_cases(person)):
        raise MoveRefused([f"{name_of(person)} does not work on cases."])
