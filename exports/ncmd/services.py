"""The only place that writes returns to the national database. `move` is the one door for a change of state."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from exports.models import ExportEnd, ExportLog, NcmdReturn, NcmdReturnChange
from exports.ncmd.dictionary import Content, ncmd
from exports.ncmd.evidence import evidence_about
from exports.ncmd.permissions import user_can_send_returns
from exports.ncmd.rules import missing
from exports.ncmd.sheet import sheet, values
from exports.ncmd.states import BY_NAME, DONE, LABELS, STAGES, ReturnState, Stage
from forms.sealing import seal
from workflow.models import Case, StateChange
from workflow.selectors import notified_elsewhere
from workflow.services import MoveRefused, note
from workflow.services import move as move_case
from workflow.services.refusing import locked, require
from workflow.states import ENDED, State

REOPENED = "The case was reopened: the panel’s findings may change."


@transaction.atomic
def move(
    one: NcmdReturn,
    name: str,
    by: User,
    *,
    words: str = "",
    reference: str = "",
    seen: int | None = None,
    at: dt.datetime | None = None,
) -> NcmdReturn:
    """Change the state of a return; write its history and the case's timeline, or nothing.

    `seen` is the primary key of the newest change on the screen where the person decided.

    Raises:
        PermissionDenied: the person may not send returns.
        MoveRefused: somebody was there first, a rule stands in the way, or something is not said.
    """
    require(user_can_send_returns(by) and BY_NAME[name].by_hand)
    case = locked(one.case)
    current = NcmdReturn.objects.select_for_update().get(pk=one.pk)
    current.case = case
    words, reference = words.strip(), reference.strip()
    if problems := _why_not(current, name, words, reference, seen):
        raise MoveRefused(problems)
    sent = _hand_over(current, by) if name == "send" else {}
    current.reference = reference or current.reference
    _change(current, name, by, words=words, reference=reference, sent=sent, at=at)
    if name == "accept" and current.stage == Stage.FINALISE:
        _all_is_final(current, by, at)
    return current


def _why_not(current: NcmdReturn, name: str, words: str, reference: str, seen: int | None) -> list[str]:
    chosen, newest = BY_NAME[name], current.changes.last()
    if current.state not in chosen.sources or (seen is not None and newest is not None and newest.pk != seen):
        return [f"It is now “{LABELS[ReturnState(current.state)]}”. Look at it again."]
    if chosen.needs_reason and not words:
        return ["Give the reasons."]
    if name == "accept" and not (reference or current.reference):
        return ["Enter NCMD’s reference or confirmation."]
    if name == "send" and current.case.state in ENDED - {State.CLOSED}:
        return [f"The case is “{current.case.get_state_display()}”: nothing more is sent."]
    if name == "send":
        known = evidence_about([current.case])[current.case_id]
        return [each.text for each in missing(current.stage, known) if each.stops]
    return []


def _hand_over(current: NcmdReturn, by: User) -> dict[str, Any]:
    """What leaves, written into the export log as every export is."""
    known = evidence_about([current.case])[current.case_id]
    sent = {"version": ncmd().version, "values": values(sheet(known, current.stage))}
    written = json.dumps(sent, sort_keys=True, ensure_ascii=False).encode()
    why = f"NCMD return of case {current.case.reference}: {STAGES[Stage(current.stage)].lower()}"
    log = ExportLog.objects.create(dataset="ncmd", format="portal", identity=True, why=why, by=by)
    checksum = hashlib.sha256(written).hexdigest()
    ExportEnd.objects.create(export=log, outcome="finished", rows=1, size=len(written), checksum=checksum)
    return sent


def _change(
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


def _all_is_final(accepted: NcmdReturn, by: User, at: dt.datetime | None) -> None:
    """NCMD has saved the case as final: so is every stage that it accepted, and its receipt closes the case."""
    for each in NcmdReturn.objects.select_for_update().filter(case=accepted.case, state=ReturnState.ACCEPTED):
        each.case = accepted.case
        _change(each, "finalise", by, at=at)
    accepted.refresh_from_db(fields=["changed_at"])
    if accepted.case.state == State.SUBMITTED:
        try:
            move_case(accepted.case, "close", by, details={"ncmd_receipt": accepted.reference}, at=at)
        except MoveRefused as refused:
            note(accepted.case, by, "warned", f"NCMD has it as final, but it is not closed. {refused}", at=at)


def case_moved(sender: type[StateChange], rows: Iterable[StateChange], **kwargs: Any) -> None:
    """Hears of every move of a case: what is due now is queued, and what a reopening puts in doubt is amended."""
    for change in rows:
        for content in ncmd().due_after(change.transition):
            _queue(change.case, content, change.at)
        if change.transition == "reopen":
            _doubt(change)


def _queue(case: Case, content: Content, at: dt.datetime) -> None:
    if content.concerns(case.record) and not (content.stage == Stage.NOTIFICATION and notified_elsewhere(case)):
        one, made = NcmdReturn.objects.get_or_create(case=case, stage=content.stage)
        if made:
            one.case = case
            _change(one, "queue", None, at=at)


def _doubt(change: StateChange) -> None:
    stages = [stage for stage, content in ncmd().contents.items() if content.from_analysis]
    for one in NcmdReturn.objects.filter(case=change.case, stage__in=stages, state__in=DONE):
        one.case = change.case
        _change(one, "amend", change.by, words=REOPENED, at=change.at)


@transaction.atomic
def queue_due() -> int:
    """Queue what became due before this product kept returns; how many stages. A closed case has gone by hand."""
    queued = 0
    for content in ncmd().contents.values():
        moved = StateChange.objects.filter(transition=content.due_after).values("case")
        there = NcmdReturn.objects.filter(stage=content.stage).values("case")
        cases = Case.objects.filter(pk__in=moved).exclude(pk__in=there).exclude(state__in=ENDED)
        for case in cases:
            _queue(case, content, timezone.now())
            queued += content.concerns(case.record)
    return queued
