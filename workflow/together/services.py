"""Doing the same to several cases: to each that it can be done to, and to no other."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.db import transaction

from workflow.models import Case
from workflow.permissions import user_can_work_cases
from workflow.services import MoveRefused
from workflow.services.refusing import require
from workflow.together.acts import Act, Data


@dataclass
class Outcome:
    """The cases it is or was done to, and the others with the reason."""

    able: list[Case] = field(default_factory=list)
    unable: list[tuple[Case, str]] = field(default_factory=list)


def foreseen(act: Act, cases: Iterable[Case], by: User, data: Data) -> Outcome:
    """What would be done, and what would not, as things stand."""
    outcome = Outcome()
    for case in cases:
        if reason := act.why_not(case, by, data):
            outcome.unable.append((case, reason))
        else:
            outcome.able.append(case)
    return outcome


def do_to_all(act: Act, cases: Iterable[Case], by: User, data: Data) -> Outcome:
    """Do it to each case for which nothing is in the way by now. One that is refused stops no other."""
    require(user_can_work_cases(by))
    outcome = Outcome()
    for case in cases:
        try:
            if reason := act.why_not(case, by, data):
                raise MoveRefused([reason])
            with transaction.atomic():
                act.do(case, by, data)
        except MoveRefused as refused:
            outcome.unable.append((case, str(refused)))
        else:
            outcome.able.append(case)
    return outcome
