"""The worker: it carries what waits, and asks what became of it. No lock is held while it waits for the network."""

import datetime as dt
import logging

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from exports.models import NcmdSending
from exports.ncmd.gateways import GATEWAYS, Answer, NotTaken, Outcome
from exports.ncmd.services.hearing import hear
from exports.ncmd.services.sending import FIRST_WAIT, NOT_OURS
from exports.ncmd.states import SendingState

logger = logging.getLogger(__name__)
MOST_ATTEMPTS = 8
LONGEST_WAIT = dt.timedelta(days=1)
# Longer than any gateway takes: after it a worker that holds a sending is taken to have died.
HELD = dt.timedelta(minutes=10)
MOST_AT_ONCE = 200
# NCMD is asked so long whether it has changed its mind.
ASKED_FOR = dt.timedelta(days=30)


def deliver_waiting() -> dict[str, int]:
    """Carry and ask whatever has its time; how many were sent, still wait, and have news."""
    _withdraw_what_is_not_ours()
    results = [deliver(sending) for sending in _due(SendingState.WAITING)]
    news = [ask(sending) for sending in _due(SendingState.SENT, _still_asked())]
    return {"sent": sum(results), "waiting": len(results) - sum(results), "answers": sum(news)}


def _due(state: str, more: Q | None = None) -> list[NcmdSending]:
    carried = [name for name, gateway in GATEWAYS.items() if gateway.by_worker and gateway.is_open]
    due = NcmdSending.objects.filter(more or Q(), gateway__in=carried, state=state, next_try_at__lte=timezone.now())
    return list(due.select_related("ncmd_return__case", "by").order_by("next_try_at", "pk")[:MOST_AT_ONCE])


def _still_asked() -> Q:
    """Nobody asks any more about what was sent anew since, or was answered long ago."""
    newer = NcmdSending.objects.filter(ncmd_return=OuterRef("ncmd_return"), revision__gt=OuterRef("revision"))
    return ~Q(Exists(newer)) & (Q(outcome=Outcome.RECEIVED) | Q(sent_at__gt=timezone.now() - ASKED_FOR))


def deliver(sending: NcmdSending) -> bool:
    """Try to send what waits; whether this has sent it. Of two workers one goes away empty-handed."""
    if not _take(sending):
        return False
    try:
        answer = GATEWAYS[sending.gateway].hand_in(sending.parcel)
    except NotTaken as problem:
        _not_taken(sending, str(problem))
        return False
    return answer is not None and hear(sending, answer)


def ask(sending: NcmdSending) -> bool:
    """Ask what NCMD makes of it by now; whether that is news."""
    if not _take(sending):
        return False
    answer: Answer | None = None
    try:
        answer = GATEWAYS[sending.gateway].ask(sending.key)
    except NotTaken as problem:
        logger.warning("NCMD did not say what became of sending %s: %s", sending.pk, problem)
    news = answer is not None and hear(sending, answer)
    wait = LONGEST_WAIT if answer and answer.outcome != Outcome.RECEIVED else _wait(sending.attempts)
    _this(sending).update(next_try_at=timezone.now() + wait, held_until=None)
    return news


def _this(sending: NcmdSending) -> QuerySet[NcmdSending]:
    return NcmdSending.objects.filter(pk=sending.pk)


def _take(sending: NcmdSending) -> bool:
    """Hold it for this worker, in one statement, so that two can never both have it, whichever the database."""
    now = timezone.now()
    free = Q(held_until__isnull=True) | Q(held_until__lte=now)
    taken = _this(sending).filter(free, state=sending.state, next_try_at__lte=now)
    if not taken.update(held_until=now + HELD, attempts=F("attempts") + 1):
        return False
    sending.refresh_from_db(fields=["held_until", "attempts"])
    return True


def _wait(attempts: int) -> dt.timedelta:
    return min(FIRST_WAIT * 2 ** min(attempts - 1, 16), LONGEST_WAIT)


@transaction.atomic
def _not_taken(sending: NcmdSending, problem: str) -> None:
    logger.warning("NCMD sending %s was not taken: %s", sending.pk, problem)
    failed = sending.attempts >= MOST_ATTEMPTS
    _this(sending).filter(state=SendingState.WAITING, held_until=sending.held_until).update(
        state=SendingState.FAILED if failed else SendingState.WAITING,
        problem=problem[:100],
        next_try_at=timezone.now() + _wait(sending.attempts),
        held_until=None,
    )


def _withdraw_what_is_not_ours() -> None:
    """A case that turned out not to be reviewed here is not sent any more."""
    NcmdSending.objects.filter(
        Q(held_until__isnull=True) | Q(held_until__lte=timezone.now()),
        state__in=(SendingState.WAITING, SendingState.FAILED),
        ncmd_return__case__state__in=NOT_OURS,
    ).update(state=SendingState.WITHDRAWN)
