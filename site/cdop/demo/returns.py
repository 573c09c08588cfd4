"""Invented returns to NCMD: most accepted, some waiting for its answer, rejected, or still to be sent."""

import datetime as dt

from django.contrib.auth.models import User
from django.utils import timezone

from exports.models import NcmdReturn
from exports.ncmd import services
from workflow.services import MoveRefused

WORDS = "Invented for demonstration: the portal says that the postcode of the home is not complete."


def send_returns(by: User) -> None:
    """Returns of cases that came in first have gone furthest; of four each group has some."""
    returns = NcmdReturn.objects.select_related("case").exclude(stage="finalise").order_by("case__opened_at", "pk")
    for number, one in enumerate(returns):
        if number % 7 == 6:
            continue
        try:
            _follow(one, number, by)
        except MoveRefused:
            continue  # what a rule stops is still to be sent


def _follow(one: NcmdReturn, number: int, by: User) -> None:
    sent_at = one.changed_at + dt.timedelta(hours=2)
    answered_at = sent_at + dt.timedelta(hours=20)
    if sent_at > timezone.now():
        return
    one = services.move(one, "send", by, at=sent_at)
    if number % 7 == 5 or answered_at > timezone.now():
        return
    if number % 7 == 4:
        services.move(one, "reject", by, words=WORDS, at=answered_at)
    else:
        services.move(one, "accept", by, reference=f"INVENTED-NCMD-{number}", at=answered_at)
