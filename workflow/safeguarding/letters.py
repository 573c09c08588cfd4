"""The letter of a referral."""

from typing import Any

from forms.conditions import as_date
from workflow.letters.filling import in_full, letter
from workflow.models import Case, Referral, Suspicion
from workflow.presenters import in_threes
from workflow.safeguarding.states import ReferralState

NOT_KNOWN = "not known"


def letter_of(referral: Referral) -> str:
    """The letter as somebody has kept it, or as its template is filled now. It names the child."""
    return referral.letter or letter(referral.recipient.letter, _words(referral))


def _words(referral: Referral) -> dict[str, str]:
    suspicion = referral.suspicion
    later = referral.case.suspicions.filter(pk__gt=suspicion.pk) if referral.state == ReferralState.TO_SEND else []
    basis = [suspicion.basis, *(added_words(each) for each in later)]
    return _child(referral.case) | {
        "recipient": referral.recipient.name,
        "reference": referral.case.reference,
        "known on": in_full(suspicion.known_on),
        "said by": suspicion.said_by,
        "basis": "\n\n".join(basis),
        "role": suspicion.decider_role,
    }


def added_words(suspicion: Suspicion) -> str:
    """What was suspected later, for a letter that is still to be sent."""
    return f"Also known since {in_full(suspicion.known_on)}, from {suspicion.said_by}:\n{suspicion.basis}"


def _child(case: Case) -> dict[str, str]:
    details: dict[str, Any] = case.identity.details if hasattr(case, "identity") else {}
    name = f"{details.get('first_names') or ''} {details.get('family_name') or ''}".strip()
    words = {
        "child": name,
        "born": in_full(as_date(details.get("date_of_birth"))),
        "died": in_full(as_date(details.get("date_of_death")) or case.died_on),
        "nhs number": in_threes(details.get("nhs_number") or ""),
    }
    return {word: value or NOT_KNOWN for word, value in words.items()}
