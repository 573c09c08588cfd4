"""An invented suspicion, and its referrals brought to any state."""

from typing import Any

from django.contrib.auth.models import User

from tests.notifying import days_ago
from workflow.models import Case, Referral, Suspicion
from workflow.safeguarding import services

AUTHORITY, PARTNERS, PANEL = (
    "Local authority",
    "Local safeguarding partners",
    "Child Safeguarding Practice Review Panel",
)
WORDS = {
    "said_by": "Invented Ward Sister",
    "basis": "An older injury was seen.",
    "decider_role": "Designated doctor for child deaths",
}
# How each state is reached from “to be sent”.
ROADS = {"to_send": [], "sent": ["send"], "answered": ["send", "answer"], "not_needed": ["not_needed"]}


def suspect(case: Case, by: User, **facts: Any) -> Suspicion:
    return services.suspect(case, by, **WORDS | {"known_on": days_ago(0)} | facts)


def to(case: Case, recipient: str) -> Referral:
    """The newest referral of a case to a recipient, as the database has it."""
    return Referral.objects.filter(case=case, recipient__name=recipient).latest("pk")


def outcome(referral: Referral, label: str = "") -> Any:
    return referral.recipient.outcomes.filter(label__startswith=label).first()


def make(referral: Referral, name: str, by: User, **facts: Any) -> Referral:
    """A move with everything that it asks."""
    asked: dict[str, Any] = {
        "send": {"on": days_ago(0), "how": "By secure e-mail"},
        "answer": {"on": days_ago(0), "outcome": outcome(referral)},
    }.get(name, {"words": "A reason."})
    return services.move(referral, name, by, **asked | facts)


def brought_to(state: str, case: Case, by: User, recipient: str = AUTHORITY) -> Referral:
    suspect(case, by)
    referral = to(case, recipient)
    for name in ROADS[state]:
        referral = make(referral, name, by)
    return referral


def settle(case: Case, by: User) -> None:
    """Every referral of the case is sent and answered."""
    for referral in case.referrals.filter(state="to_send"):
        make(make(referral, "send", by), "answer", by)
