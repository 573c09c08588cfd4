"""Handing a return to a gateway: kept, sealed, before it leaves, and never handed over twice."""

import datetime as dt
import hashlib
import json

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from exports.models import ExportEnd, ExportLog, NcmdBatch, NcmdReturn, NcmdSending
from exports.ncmd.dictionary import ncmd
from exports.ncmd.evidence import Evidence, evidence_about
from exports.ncmd.gateways import GATEWAYS, Outcome, Parcel
from exports.ncmd.permissions import user_can_send_returns
from exports.ncmd.rules import stopping
from exports.ncmd.services.changing import change, held
from exports.ncmd.sheet import coded, sheet, values
from exports.ncmd.states import LABELS, ON_ITS_WAY, STAGES, TO_SEND, ReturnState, SendingState, Stage
from forms.sealing import seal
from workflow.services import MoveRefused
from workflow.services.refusing import require
from workflow.states import ENDED, State

# By gateway, how the export log names it. What is in a file is logged when somebody takes the file.
LOGGED = {"manual": "portal", "api": "interface"}
# After the first try, and before NCMD is first asked.
FIRST_WAIT = dt.timedelta(minutes=2)
# Of cases in these states nothing more is sent.
NOT_OURS = ENDED - {State.CLOSED}


@transaction.atomic
def hand_over(
    one: NcmdReturn, gateway: str, by: User, *, reference: str = "", at: dt.datetime | None = None
) -> NcmdSending:
    """Keep what a return says as its next sending by this gateway.

    Raises:
        PermissionDenied: the person may not send returns.
        MoveRefused: it is not to be sent, is on its way already, or a rule stands in the way.
    """
    require(user_can_send_returns(by))
    current = held(one)
    known = evidence_about([current.case])[current.case_id]
    if problems := why_not_sent(current, gateway, known):
        raise MoveRefused(problems)
    sending = write(current, gateway, by, known, at=at)
    if not GATEWAYS[gateway].waits:
        went(sending, current, reference=reference, at=at)
    return sending


def why_not_sent(current: NcmdReturn, gateway: str, known: Evidence) -> list[str]:
    """The sentences that say what keeps a return from being sent this way."""
    if current.state not in TO_SEND:
        return [f"It is now “{LABELS[ReturnState(current.state)]}”. Look at it again."]
    if current.case.state in NOT_OURS:
        return [f"The case is “{current.case.get_state_display()}”: nothing more is sent."]
    if not GATEWAYS[gateway].is_open:
        return [f"{GATEWAYS[gateway].label} is not set up."]
    if there := current.sendings.filter(state__in=ON_ITS_WAY).first():
        return [f"It is on its way already: {there.get_gateway_display().lower()}. Take that back first."]
    return stopping(current.stage, gateway, known)


def write(
    current: NcmdReturn,
    gateway: str,
    by: User,
    known: Evidence,
    *,
    batch: NcmdBatch | None = None,
    at: dt.datetime | None = None,
) -> NcmdSending:
    last = current.sendings.last()
    moment = at or timezone.now()
    sending = NcmdSending(
        ncmd_return=current,
        revision=last.revision + 1 if last else 1,
        gateway=gateway,
        batch=batch,
        by=by,
        made_at=moment,
        next_try_at=moment,
    )
    lines = sheet(known, current.stage)
    parcel = Parcel(
        key=sending.key,
        case=current.case.reference,
        stage=current.stage,
        revision=sending.revision,
        version=ncmd().version,
        values=coded(lines),
        words=values(lines),
    )
    sending.sealed = seal(parcel.data())
    sending.save()
    return sending


def went(sending: NcmdSending, current: NcmdReturn, *, reference: str = "", at: dt.datetime | None = None) -> None:
    """It is with NCMD: by the hand of whoever handed it over. `current` is held."""
    parcel, moment = sending.parcel, at or timezone.now()
    if sending.gateway in LOGGED:
        _log(sending, parcel)
    sent = {"version": parcel.version, "values": parcel.words}
    change(current, "send", sending.by, reference=reference, sent=sent, at=at)
    sending.state, sending.sent_at, sending.outcome = str(SendingState.SENT), moment, str(Outcome.RECEIVED)
    sending.problem, sending.attempts, sending.held_until, sending.next_try_at = "", 0, None, moment + FIRST_WAIT
    sending.save()


def _log(sending: NcmdSending, parcel: Parcel) -> None:
    """What leaves is written into the export log as every export is."""
    written = json.dumps(parcel.data(), sort_keys=True, ensure_ascii=False).encode()
    why = f"NCMD return of case {parcel.case}: {STAGES[Stage(parcel.stage)].lower()}"
    log = ExportLog.objects.create(
        dataset="ncmd", format=LOGGED[sending.gateway], identity=True, why=why, by=sending.by
    )
    checksum = hashlib.sha256(written).hexdigest()
    ExportEnd.objects.create(export=log, outcome="finished", rows=1, size=len(written), checksum=checksum)


@transaction.atomic
def withdraw(sending: NcmdSending, by: User) -> None:
    """Take back what has not gone. A worker that carries it at this moment is not interrupted.

    Raises:
        PermissionDenied: the person may not send returns.
        MoveRefused: it has gone, or goes now.
    """
    require(user_can_send_returns(by))
    held(sending.ncmd_return)
    current = NcmdSending.objects.select_for_update().get(pk=sending.pk)
    if current.state not in ON_ITS_WAY:
        raise MoveRefused([f"It is now “{current.get_state_display()}”. Look at it again."])
    if current.held_until and current.held_until > timezone.now():
        raise MoveRefused(["It is being sent at this moment. Look again in a few minutes."])
    current.state = str(SendingState.WITHDRAWN)
    current.save(update_fields=["state"])


def try_again(sending: NcmdSending, by: User) -> bool:
    """Let the worker try a failed sending anew; whether it had failed."""
    require(user_can_send_returns(by))
    return bool(
        NcmdSending.objects.filter(pk=sending.pk, state=SendingState.FAILED).update(
            state=SendingState.WAITING, attempts=0, next_try_at=timezone.now(), held_until=None
        )
    )
