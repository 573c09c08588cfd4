"""Recording what is learnt of a death abroad."""

from django.contrib.auth.models import User
from django.db import transaction

from workflow.abroad.selectors import ANSWERS, BODY_HOME, died_abroad
from workflow.models import Case, CaseFact
from workflow.permissions import user_can_work_cases
from workflow.services import MoveRefused, note
from workflow.services.refusing import locked_open, require


@transaction.atomic
def record_body_home(case: Case, by: User, answer: str) -> None:
    """Whether the body is brought home, which decides whether a coroner here may investigate."""
    require(user_can_work_cases(by))
    current = locked_open(case)
    if answer not in dict(ANSWERS):
        raise MoveRefused(["Say whether the body is brought home."])
    if not died_abroad(current):
        raise MoveRefused(["The notification says that the child died in this country."])
    CaseFact.objects.create(case=current, name=BODY_HOME, value=answer, recorded_by=by)
    note(current, by, "decided", f"Brought home after the death abroad: {dict(ANSWERS)[answer].lower()}.")
