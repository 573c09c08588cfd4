"""What is learnt later about who the child is."""

import datetime as dt
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from forms.kinds.text import is_nhs_number
from forms.sealing import seal
from workflow.matching.scoring import Level
from workflow.matching.selectors import alike
from workflow.models import Case, CaseIdentity
from workflow.permissions import user_can_see_identity, user_can_work_cases
from workflow.recognition import index
from workflow.services.refusing import MoveRefused, locked_open, require
from workflow.services.telling import note

MISSING_REASONS = [
    ("not_currently_available", "It is not available at the moment"),
    ("child_non_resident_in_england", "The child did not live in England"),
]
ABOUT_THE_NUMBER = ("nhs_number_known", "nhs_number_missing_reason")


def identify(case: Case, details: dict[str, Any]) -> CaseIdentity:
    """Seal who the child is; when another case may be about the same child, the timeline says which and why."""
    identity = _keep(case, details)
    warn_of_same_child(case, case.opened_at)
    return identity


def warn_of_same_child(case: Case, at: dt.datetime | None = None) -> None:
    for found in alike(case):
        if found.match.level in (Level.CERTAIN, Level.LIKELY, Level.TWINS):
            words = f"May be a duplicate of {found.case.reference}: {found.match.words} ({found.match.level})."
            note(case, None, "warned", words, at=at)


@transaction.atomic
def record_nhs_number(case: Case, by: User, nhs_number: str = "", missing_reason: str = "") -> None:
    """Record the NHS number of a child (ten digits), or the code of the reason why there is none."""
    require(user_can_work_cases(by) and user_can_see_identity(by))
    current = locked_open(case)
    if nhs_number:
        if not is_nhs_number(nhs_number):
            raise MoveRefused(["That is not an NHS number: check the ten digits."])
        _set_number(current, nhs_number)
        note(current, by, "decided", "NHS number recorded.")
        warn_of_same_child(current)
    elif missing_reason in dict(MISSING_REASONS):
        current.record = current.record | {"nhs_number_missing_reason": missing_reason}
        current.save(update_fields=["record", "changed_at"])
        note(current, by, "decided", f"No NHS number: {dict(MISSING_REASONS)[missing_reason].lower()}.")
    else:
        raise MoveRefused(["Give the NHS number, or choose why there is none."])


def adopt_identity(kept: Case, duplicate: Case) -> bool:
    """Give a case the NHS number that its duplicate has, when it has none; whether it got one."""
    number = duplicate.identity.details["nhs_number"] if hasattr(duplicate, "identity") else ""
    if not number or kept.record.get("nhs_number_known"):
        return False
    _set_number(kept, number)
    return True


def give_identity_back(kept: Case, duplicate: Case, record: dict[str, Any]) -> None:
    """Take the NHS number that a case adopted away again, unless somebody has recorded another since.

    `record` is what the case had recorded about its number before.
    """
    identity = CaseIdentity.objects.select_for_update().get(case=kept)
    if identity.details["nhs_number"] == duplicate.identity.details["nhs_number"]:
        _keep(kept, identity.details | {"nhs_number": ""})
        kept.record = {name: value for name, value in kept.record.items() if name not in ABOUT_THE_NUMBER} | record
        kept.save(update_fields=["record", "changed_at"])


def _set_number(case: Case, number: str) -> None:
    identity = CaseIdentity.objects.select_for_update().get(case=case)
    _keep(case, identity.details | {"nhs_number": number})
    kept = {name: value for name, value in case.record.items() if name not in ABOUT_THE_NUMBER}
    case.record = kept | {"nhs_number_known": True}
    case.save(update_fields=["record", "changed_at"])


def _keep(case: Case, details: dict[str, Any]) -> CaseIdentity:
    """The one place where an identity is written: sealed, and with the keys under which it is found."""
    identity, _ = CaseIdentity.objects.update_or_create(case=case, defaults={"sealed": seal(details)})
    index(identity)
    return identity
