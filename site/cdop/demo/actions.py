"""Invented recommendations of the panels, each followed as far as another way leads."""

import datetime as dt

from django.contrib.auth.models import User
from django.utils import timezone

from workflow.actions import services
from workflow.actions.states import BY_NAME, REVIEWED
from workflow.models import Case
from workflow.outbox.shipped import load_messages

# kind, what should be done, level, by whom, in how many days
AGREED = [
    ("recommendation", "Every maternity ward talks through safer sleep with parents before they go home.", "local",
     "Invented Hospital Trust", 60),
    ("action", "The schools’ first aid training covers adrenaline pens.", "local", "Invented County Council", -20),
    ("recommendation", "Ambulance crews can see emergency care plans on the way.", "regional",
     "Invented Ambulance Service", 120),
    ("recommendation", "The leaflet about button batteries is printed in more languages.", "national",
     "Invented Safety Alliance", 200),
]  # fmt: skip
WAYS = [["tell", "progress"], ["tell"], ["tell", "report_done"], [], ["tell", "report_done", "close"]]


def agree_actions(by: User) -> None:
    """One for each case that a panel has reviewed."""
    load_messages()
    for number, case in enumerate(Case.objects.filter(state__in=REVIEWED).order_by("pk")):
        kind, text, level, organisation, days = AGREED[number % len(AGREED)]
        action = services.agree(
            case,
            by,
            kind=kind,
            text=text,
            level=level,
            organisation=organisation,
            email="organisation@demo.invalid",
            due_on=timezone.localdate() + dt.timedelta(days=days),
        )
        for name in WAYS[number % len(WAYS)]:
            words = "Invented for demonstration." if BY_NAME[name].needs_reason else ""
            action = services.move(action, name, "staff", by, words)
