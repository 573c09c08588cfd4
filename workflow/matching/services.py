"""What people decide about two cases that look alike."""

import datetime as dt

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from forms.sealing import seal
from workflow.matching.selectors import newest_decision
from workflow.models import Case, MatchDecision
from workflow.permissions import user_can_see_identity, user_can_work_cases
from workflow.services.refusing import MoveRefused, locked, require
from workflow.services.telling import note

SAID = {True: "Not the same child as {}.", False: "May be the same child as {} after all."}


@transaction.atomic
def decide_apart(
    case: Case, other: Case, by: User, apart: bool, reason: str = "", at: dt.datetime | None = None
) -> None:
    """Say that two cases are not about one child, so that it is not proposed again, or open that again.

    Saying it twice changes nothing.
    """
    require(user_can_work_cases(by) and user_can_see_identity(by))
    current, second = locked(case, other=other.reference), Case.objects.get(pk=other.pk)
    if current.pk == second.pk:
        raise MoveRefused(["A case is always about the same child as itself."])
    if current.pk == second.duplicate_of_id or second.pk == current.duplicate_of_id:
        raise MoveRefused(["These two have been merged. Undo the merge first."])
    said = newest_decision(current, second)
    if (said is not None and said.apart) == apart:
        return
    one, two = sorted((current, second), key=lambda each: each.pk)
    when, sealed = at or timezone.now(), seal(reason) if reason else ""
    MatchDecision.objects.create(one=one, other=two, apart=apart, by=by, at=when, sealed_reason=sealed)
    for told, about in ((current, second), (second, current)):
        note(told, by, "decided", SAID[apart].format(about.reference), reason, when)
