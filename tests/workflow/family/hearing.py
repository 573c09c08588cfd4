"""An invented family, and what it asks."""

from typing import Any

from django.contrib.auth.models import User

from tests.notifying import days_ago
from workflow.family import services
from workflow.models import Case, FamilyWords

KEY_WORKER = {"name": "Kim Madeup", "role": "Bereavement nurse", "contact": "01632 960 001"}
QUESTION = "Why did nobody ring us back on Friday?"
SAID = {"kind": "question", "text": QUESTION, "who": "Mother", "name": "Zelda Fabricated"}


def hear(case: Case, by: User, **facts: Any) -> FamilyWords:
    return services.hear(case, by, **SAID | {"given_on": days_ago(0)} | facts)
