"""The one change of state, with its history and the timeline of the case."""

import datetime as dt
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from exports.models import NcmdReturn, NcmdReturnChange
from exports.ncmd.states import LABELS, STAGES, ReturnState, Stage
from forms.sealing import seal
from workflow.services import MoveRefused, note
from workflow.services import move as move_case
from workflow.services.refusing import locked
from workflow.states import State


def held(one: NcmdReturn) -> NcmdReturn:
    """The return as it is in the database, with its case, kept from everybody else until the transaction ends."""
    case = locked(one.case)
    current = NcmdReturn.objects.select_for_update().get(pk=one.pk)
    current.case = case
    return current


def change(
    current: NcmdReturn,
    name: str,
    by: User | None,
    *,
    words: str = "",
    reference: str = "",
    sent: dict[str, Any] | None = None,
    at: dt.datetime | None = None,
) -> None:
    source, moment = current.state, at or timezone.now()
    getattr(current, name)()
    current.changed_at = moment
    current.reference = reference or current.reference
    current.save()
    NcmdReturnChange.objects.create(
        ncmd_return=current,
        transition=name,
        source=source,
        target=current.state,
        by=by,
        at=moment,
        reference=reference,
        sealed_words=seal(words) if words else "",
        sealed_sent=seal(sent) if sent else "",
    )
    if name != "queue":
        stage, state = STAGES[Stage(current.stage)], LABELS[ReturnState(current.state)]
        note(current.case, by, "moved", f"NCMD, {stage.lower()}: {state.lower()}.", words, moment)


def accept(
    current: NcmdReturn, name: str, by: User | None, reference: str, *, finisher: User, at: dt.datetime | None = None
) -> None:
    """NCMD has it, by the move `name`. With the last stage the whole case is final there, and `finisher` closes it."""
    change(current, name, by, reference=reference, at=at)
    if current.stage == Stage.FINALISE:
        _all_is_final(current, by, finisher, at)


def _all_is_final(accepted: NcmdReturn, by: User | None, finisher: User, at: dt.datetime | None) -> None:
    """NCMD has saved the case as final: so is every stage that it accepted, and its receipt closes the case."""
    for each in NcmdReturn.objects.select_for_update().filter(case=accepted.case, state=ReturnState.ACCEPTED):
        each.case = accepted.case
        change(each, "finalise", by, at=at)
    accepted.refresh_from_db(fields=["changed_at"])
    if accepted.case.state == State.SUBMITTED:
        try:
            move_case(accepted.case, "close", finisher, details={"ncmd_receipt": accepted.reference}, at=at)
        except MoveRefused as refused:
            note(accepted.case, by, "warned", f"NCMD has it as final, but it is not closed. {refused}", at=at)
        except PermissionDenied:
            note(accepted.case, by, "warned", "NCMD has it as final, but it is not closed. Close it by hand.", at=at)
