"""A file of many returns: made, taken, recorded as sent, and the answers to it read back."""

import base64
import hashlib
from collections.abc import Collection, Sequence

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from exports.models import ExportEnd, ExportLog, NcmdBatch, NcmdReturn, NcmdSending
from exports.ncmd.answers import AnswerLine
from exports.ncmd.dictionary import ncmd
from exports.ncmd.evidence import evidence_about
from exports.ncmd.gateways.file import packed
from exports.ncmd.permissions import user_can_send_returns
from exports.ncmd.selectors import ready
from exports.ncmd.services.changing import held
from exports.ncmd.services.hearing import hear
from exports.ncmd.services.sending import NOT_OURS, hand_over, went, why_not_sent, write
from exports.ncmd.states import ON_ITS_WAY, TO_SEND, SendingState
from forms.sealing import seal
from workflow.services import MoveRefused
from workflow.services.refusing import require

NOTHING = "Nothing of this is ready to be sent."


@transaction.atomic
def make_batch(by: User, stages: Collection[str]) -> NcmdBatch:
    """Put what is ready of these stages into one file.

    Raises:
        PermissionDenied: the person may not send returns.
        MoveRefused: nothing is ready.
    """
    require(user_can_send_returns(by))
    returns = _held(ready(by, "file", stages))
    batch = NcmdBatch.objects.create(by=by)
    known = evidence_about(list({one.case_id: one.case for one in returns}.values()))
    parcels = [
        write(one, "file", by, known[one.case_id], batch=batch, at=batch.made_at).parcel
        for one in returns
        if not why_not_sent(one, "file", known[one.case_id])
    ]
    if not parcels:
        raise MoveRefused([NOTHING])
    content = packed(str(batch), parcels, timezone.localtime(batch.made_at), ncmd().version)
    batch.checksum, batch.sealed = hashlib.sha256(content).hexdigest(), seal(base64.b64encode(content).decode())
    batch.save()
    return batch


def _held(returns: Sequence[NcmdReturn]) -> list[NcmdReturn]:
    """The same, kept from everybody else; always in the order of their cases, as every other door keeps them."""
    return [held(one) for one in sorted(returns, key=lambda one: (one.case_id, one.pk))]


@transaction.atomic
def hand_over_all(by: User, gateway: str, stages: Collection[str]) -> int:
    """Hand what is ready of these stages to a gateway; how many."""
    require(user_can_send_returns(by))
    returns = ready(by, gateway, stages)
    if not returns:
        raise MoveRefused([NOTHING])
    return len([hand_over(one, gateway, by) for one in sorted(returns, key=lambda one: (one.case_id, one.pk))])


@transaction.atomic
def take_file(batch: NcmdBatch, by: User) -> bytes:
    """The file, and the line in the export log that somebody took it."""
    require(user_can_send_returns(by))
    content, rows = batch.content, batch.sendings.count()
    log = ExportLog.objects.create(dataset="ncmd", format="zip", identity=True, why=f"NCMD returns: {batch}", by=by)
    ExportEnd.objects.create(export=log, outcome="finished", rows=rows, size=len(content), checksum=batch.checksum)
    return content


@transaction.atomic
def confirm_sent(batch: NcmdBatch, by: User, reference: str = "") -> int:
    """Record that NCMD was given the file; how many returns that has sent.

    Raises:
        PermissionDenied: the person may not send returns.
        MoveRefused: that is recorded already, or the file was taken back.
    """
    batch = _open(batch, by)
    gone = 0
    for sending in _waiting(batch):
        current = held(sending.ncmd_return)
        sending.ncmd_return = current
        if current.state in TO_SEND and current.case.state not in NOT_OURS:
            went(sending, current, reference=reference.strip())
            gone += 1
        else:
            NcmdSending.objects.filter(pk=sending.pk).update(state=SendingState.WITHDRAWN)
    batch.sent_at = timezone.now()
    batch.save(update_fields=["sent_at"])
    return gone


@transaction.atomic
def withdraw_batch(batch: NcmdBatch, by: User) -> None:
    """Take back a file that nobody gave to NCMD: its returns can be sent in another way."""
    batch = _open(batch, by)
    _waiting(batch).update(state=SendingState.WITHDRAWN)
    batch.withdrawn_at = timezone.now()
    batch.save(update_fields=["withdrawn_at"])


@transaction.atomic
def read_answers(batch: NcmdBatch, lines: Collection[AnswerLine], by: User) -> int:
    """Record what NCMD answered to the returns of a file; how many answers were news.

    Raises:
        PermissionDenied: the person may not send returns.
        MoveRefused: the file is not recorded as sent.
    """
    require(user_can_send_returns(by))
    batch = NcmdBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.sent_at is None:
        raise MoveRefused(["Record first that the file was sent."])
    sendings = {each.key: each for each in batch.sendings.select_related("ncmd_return__case", "by")}
    ordered = sorted(lines, key=lambda line: (sendings[line.key].ncmd_return.case_id, sendings[line.key].pk))
    return sum(hear(sendings[line.key], line.answer, by) for line in ordered)


def _open(batch: NcmdBatch, by: User) -> NcmdBatch:
    require(user_can_send_returns(by))
    current = NcmdBatch.objects.select_for_update().get(pk=batch.pk)
    if not current.is_open:
        raise MoveRefused([f"It is now “{current.label}”. Look at it again."])
    return current


def _waiting(batch: NcmdBatch) -> QuerySet[NcmdSending]:
    waiting = batch.sendings.filter(state__in=ON_ITS_WAY).select_related("ncmd_return__case", "by")
    return waiting.order_by("ncmd_return__case_id", "pk")
