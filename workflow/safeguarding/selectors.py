"""Which referrals wait, and for whom."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from workflow.models import Case, Referral
from workflow.safeguarding.states import LABELS, UNANSWERED, ReferralState

TO_SEND = Exists(Referral.objects.filter(case=OuterRef("pk"), state=ReferralState.TO_SEND))
WAITING = Exists(Referral.objects.filter(case=OuterRef("pk"), state=ReferralState.SENT))
# Cases of whatever state with a referral to be sent or answered.
REFERRAL_WAITS = Q(pk__in=Referral.objects.filter(state__in=UNANSWERED).values("case"))


def referrals_of(case: Case) -> QuerySet[Referral]:
    """The referrals of a case, and of those that were merged into it."""
    found = Referral.objects.filter(Q(case=case) | Q(case__duplicate_of=case))
    return found.select_related("recipient", "suspicion", "case")


def what_is_to_be_sent(case: Case) -> str:
    """An empty string, or the sentence that says which referrals must go before the words they need are erased."""
    waiting = referrals_of(case).filter(state=ReferralState.TO_SEND)
    if names := "; ".join(str(each.recipient) for each in waiting):
        return f"Safeguarding referrals to be sent: {names}. Send them first; they never wait for a transfer."
    return ""


def what_is_unanswered(case: Case) -> str:
    """An empty string, or the sentence that says which referrals keep a case from being closed."""
    waiting = referrals_of(case).filter(state__in=UNANSWERED)
    if names := [f"{each.recipient} ({LABELS[ReferralState(each.state)].lower()})" for each in waiting]:
        return f"Safeguarding referrals without an answer: {'; '.join(names)}."
    if case.facts.get("safeguarding_referral") == "referred" and not referrals_of(case).exists():
        return "The panel referred this to safeguarding partners. Record the suspicion and its referrals first."
    return ""
