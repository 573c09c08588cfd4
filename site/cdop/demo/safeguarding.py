"""Invented suspicions: one whose referrals are to be sent today, one that has been followed part of the way."""

import datetime as dt
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from workflow.letters.shipped import load_letters
from workflow.models import Case
from workflow.safeguarding import services
from workflow.safeguarding.shipped import load_recipients
from workflow.states import State

WORDS: dict[str, Any] = {
    "said_by": "Invented Ward Sister, Invented Hospital Trust",
    "basis": "Invented for demonstration: an X-ray showed an older injury, and nobody could say how it came about.",
    "decider_role": "Designated doctor for child deaths",
}


def suspect_abuse(by: User) -> None:
    """One case of each kind, where there are such cases."""
    load_letters()
    load_recipients()
    now = timezone.now()
    if case := Case.objects.filter(state=State.READY_FOR_CDRM).first():
        services.suspect(case, by, known_on=timezone.localdate(), **WORDS)
    if case := Case.objects.filter(state=State.CDRM_HELD, opened_at__lt=now - dt.timedelta(days=9)).first():
        _followed(case, by, now)


def _followed(case: Case, by: User, now: dt.datetime) -> None:
    """Everybody was told on the day; the local authority has notified the incident, and the others are awaited."""
    began, answered = now - dt.timedelta(days=8), now - dt.timedelta(days=5)
    on = timezone.localdate(began)
    suspicion = services.suspect(case, by, known_on=on, at=began, **WORDS)
    for referral in suspicion.referrals.select_related("recipient", "case", "suspicion"):
        facts: dict[str, Any] = {"on": on, "how": "By secure e-mail to the duty team"}
        sent = services.move(referral, "send", by, at=began + dt.timedelta(minutes=20), **facts)
        outcome = sent.recipient.outcomes.filter(reaches="incident_notified").first()
        if outcome and sent.recipient.reaches:
            facts = {"outcome": outcome, "on": timezone.localdate(answered), "reference": "INVENTED-SIN-1"}
            services.move(sent, "answer", by, at=answered, **facts)
