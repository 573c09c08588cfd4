"""An invented recommendation to an invented organisation, and the link by which it reports."""

import re
from typing import Any

from django.contrib.auth.models import User
from django.core import mail

from tests.notifying import days_ago
from workflow.actions import services
from workflow.models import Action, Case

FACTS = {
    "kind": "recommendation",
    "text": "Every ward gives parents the safer sleep leaflet.",
    "level": "local",
    "organisation": "Invented Trust",
    "owner_role": "Head of midwifery",
    "due_on": days_ago(-90),
}
EMAIL = "trust@invented.example"


def agree(case: Case, by: User, **facts: Any) -> Action:
    """One that the organisation has not heard of yet."""
    return services.agree(case, by, **FACTS | {"email": EMAIL} | facts)


def tell(action: Action, by: User, run: Any) -> str:
    """Tell the organisation; the address of the link that it was sent."""
    with run(execute=True):
        services.move(action, "tell", "staff", by)
    return newest_link()


def newest_link() -> str:
    return re.search(r"https?://[^/]+(/actions/\S+)", mail.outbox[-1].body)[1]


def now(action: Action) -> Action:
    return Action.objects.get(pk=action.pk)
