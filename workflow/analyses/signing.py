"""The chair signs the final analysis: what it says is then what the panel found."""

import datetime as dt
from collections.abc import Mapping

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from workflow.analyses.findings import findings
from workflow.analyses.learning import keep_learning
from workflow.analyses.opening import why_not_sign
from workflow.analyses.selectors import signed
from workflow.analyses.services import TITLES, move
from workflow.models import Analysis
from workflow.permissions import user_can_sign_off
from workflow.services import change_findings, note
from workflow.services import move as move_case
from workflow.services.refusing import MoveRefused, locked, require
from workflow.states import State


@transaction.atomic
def sign(
    analysis: Analysis, by: User, given: Mapping[str, str] | None = None, at: dt.datetime | None = None
) -> Analysis:
    """Sign, record the panel's review from it and sign that off, all or nothing. Earlier signed versions stay.

    `given` are findings that the form does not ask.

    Raises:
        PermissionDenied: the person chairs no panels.
        MoveRefused: they do not chair this one, or something else stands in the way. Nothing is written.
    """
    require(user_can_sign_off(by))
    case = locked(analysis.case)
    current = Analysis.objects.select_for_update(of=("self",)).select_related("submission").get(pk=analysis.pk)
    current.case = case
    if problems := why_not_sign(current, by):
        raise MoveRefused(problems)
    if before := signed(case):
        move(before, "replace", by)
    move(current, "sign", by, signed_by=by, signed_at=at or timezone.now())
    keep_learning(current)
    note(case, by, "analysis", f"{TITLES[current.stage]}, version {current.number}: signed by the chair.", at=at)
    found = dict(given or {}) | findings(current.says)
    if case.state == State.PANEL_SCHEDULED:
        case = move_case(case, "record_panel", by, details=found, at=at)
    else:
        change_findings(case, by, found)
    move_case(case, "sign_off", by, details={"chair_signed_off": "yes"}, at=at)
    return current
