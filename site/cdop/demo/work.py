"""Who keeps which invented case going, and what is to be done."""

import datetime as dt

from django.contrib.auth.models import User
from django.utils import timezone

from workflow.models import Case
from workflow.states import ENDED
from workflow.worklist.services import assign, give, tell

# What, and in how many days.
TASKS = [
    ("Invented: ring the ward about the missing page of its answer", -1),
    ("Invented: agree with the coroner’s officer when the panel may go ahead", 0),
    ("Invented: find a chair for the child death review meeting", 3),
    ("Invented: check the pack with the safeguarding nurse", 6),
]
WORD = "Invented: the school asks whether it may tell its governors. What do you think?"


def share_out(coordinator: User, doctor: User) -> None:
    """Most open cases get a coordinator; some wait to be given out."""
    cases = Case.objects.exclude(state__in=ENDED).order_by("reference")
    for number, case in enumerate(cases):
        if number % 4:
            assign(case, doctor if number % 5 == 0 else coordinator, coordinator)
    for case, (what, days) in zip(cases.filter(coordinator=coordinator), TASKS, strict=False):
        give(case, what, doctor, coordinator, timezone.localdate() + dt.timedelta(days=days))
    if case := cases.filter(coordinator=coordinator).last():
        tell(case, WORD, [coordinator], doctor)
