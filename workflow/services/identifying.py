"""What is learnt later about who the child is."""

import datetime as dt
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from forms.kinds.text import is_nhs_number
from forms.sealing import seal
from workflow.models import Case, CaseIdentity
from workflow.permissions import user_can_see_identity, user_can_work_cases
from workflow.recognition import nhs_number_hash, same_child
from workflow.services.refusing import MoveRefused, locked_open, require
from workflow.services.telling import note

MISSING_REASONS = [
    ("not_currently_available", "It is not available at the moment"),
    ("child_non_resident_in_england", "The child did not live in England"),
]


def identify(case: Case, details: dict[str, Any]) -> CaseIdentity:
    """Seal who the child is; when the NHS number is known already, the timeline says in which case."""
    number = details["nhs_number"]
    identity = CaseIdentity.objects.create(
        case=case, sealed=seal(details), nhs_number_hash=nhs_number_hash(number) if number else ""
    )
    warn_of_same_child(case, number, case.opened_at)
    return identity


def warn_of_same_child(case: Case, nhs_number: str, at: dt.datetime | None = None) -> None:
    others = same_child(nhs_number).exclude(case=case) if nhs_number else []
    if references := ", ".join(other.case.reference for other in others):
        note(case, None, "warned", f"May be a duplicate: the same NHS number is in {references}.", at=at)


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
        warn_of_same_child(current, nhs_number)
    elif missing_reason in dict(MISSING_REASONS):
        current.record = current.record | {"nhs_number_missing_reason": missing_reason}
        current.save(update_fields=["record", "changed_at"])
        note(current, by, "decided", f"No NHS number: {dict(MISSING_REASONS)[missing_reason].lower()}.")
    else:
        raise MoveRefused(["Give the NHS number, or choose why there is none."])


def adopt_identity(kept: Case, duplicate: Case) -> None:
    """Give a case the NHS number that its duplicate has, when it has none."""
    number = duplicate.identity.details["nhs_number"] if hasattr(duplicate, "identity") else ""
    if number and not kept.record.get("nhs_number_known"):
        _set_number(kept, number)


def _set_number(case: Case, number: str) -> None:
    identity = CaseIdentity.objects.select_for_update().get(case=case)
    identity.sealed = seal(identity.details | {"nhs_number": number})
    identity.nhs_number_hash = nhs_number_hash(number)
    identity.save(update_fields=["sealed", "nhs_number_hash"])
    kept = {name: value for name, value in case.record.items() if name != "nhs_number_missing_reason"}
    case.record = kept | {"nhs_number_known": True}
    case.save(update_fields=["record", "changed_at"])
