"""Makes what was asked for, piece by piece: one process at a time, and the next goes on where the last one died."""

import math
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django_tasks import task
from django_tasks.backends.immediate import ImmediateBackend

from exports.datasets import all_datasets
from exports.extract import Extract
from exports.formats import FORMATS
from exports.models import PreparedExport
from exports.prepared.services.ending import end
from exports.prepared.services.keeping import add_part, forget_parts, kept_keys, read_parts
from exports.prepared.states import (
    BEAT,
    BYTES_IN_A_PART,
    HELD,
    KEPT,
    MOST_ATTEMPTS,
    ROWS_IN_A_PIECE,
    SECONDS,
    PreparedState,
)
from exports.services import user_can_take_out
from exports.writers import Tally, TooLargeForExcel
from forms.sealing import Unreadable

GONE = "The file is not there any more. Ask for it again."


class NotMade(Exception):
    """It can never be made; the message says why, to whoever asked."""


class Lost(Exception):
    """Somebody gave it up, or another process took it over."""


class Beating(Tally):
    """Counts rows, and now and then says how many there are."""

    def __init__(self, held: "Held", rows: int = 0) -> None:
        self._held, self._rows, self._next = held, rows, time.monotonic() + BEAT

    @property
    def rows(self) -> int:
        return self._rows

    @rows.setter
    def rows(self, rows: int) -> None:
        self._rows = rows
        self.beat()

    def beat(self) -> None:
        if time.monotonic() > self._next:
            self._next = time.monotonic() + BEAT
            self._held.lives(made=self._rows)


@dataclass(frozen=True)
class Held:
    """A prepared export that this process alone is at work on, for as long as it shows signs of life."""

    prepared: PreparedExport
    holder: str

    def lives(self, **changes: object) -> None:
        """A sign of life, with what has changed."""
        mine = PreparedExport.objects.filter(pk=self.prepared.pk, holder=self.holder, state=PreparedState.WAITING)
        if not mine.update(held_until=timezone.now() + HELD, **changes):
            raise Lost
        for name, value in changes.items():
            setattr(self.prepared, name, value)

    def let_go(self) -> None:
        PreparedExport.objects.filter(pk=self.prepared.pk, holder=self.holder).update(holder="", held_until=None)


@task()
def prepare_now(pk: int) -> None:
    """In a worker of its own to the end; where tasks run at once, as long as a person waits."""
    here = isinstance(prepare_now.get_backend(), ImmediateBackend)
    work(PreparedExport.objects.get(pk=pk), SECONDS if here else math.inf)


def prepare_further() -> int:
    """Go on with every export that no process is at work on; how many there were."""
    waiting = list(PreparedExport.objects.filter(state=PreparedState.WAITING).order_by("pk"))
    problems: list[Exception] = []
    for prepared in waiting:
        try:
            work(prepared)
        except Exception as problem:
            problems.append(problem)
    if problems:
        raise problems[0]
    return len(waiting)


def work(prepared: PreparedExport, seconds: float = math.inf) -> None:
    """Go on with it. With `seconds`, only pieces of it, in about that time."""
    held = _take(prepared)
    if held is None:
        return
    try:
        if held.prepared.attempts > MOST_ATTEMPTS:
            raise NotMade("It was tried again and again, and stopped each time.")
        _make(held, time.monotonic() + seconds)
    except Lost:
        return
    except (NotMade, TooLargeForExcel, Unreadable) as problem:
        end(held.prepared, PreparedState.FAILED, str(problem)[:300])
    except FileNotFoundError:
        end(held.prepared, PreparedState.FAILED, GONE)
    finally:
        held.let_go()


def _take(prepared: PreparedExport) -> Held | None:
    """Hold it, unless another process does. A try counts until it has brought it further."""
    holder = secrets.token_hex(16)
    free = Q(held_until__isnull=True) | Q(held_until__lt=timezone.now())
    waiting = PreparedExport.objects.filter(free, pk=prepared.pk, state=PreparedState.WAITING)
    if not waiting.update(holder=holder, held_until=timezone.now() + HELD, attempts=F("attempts") + 1):
        return None
    return Held(PreparedExport.objects.select_related("log__by").get(pk=prepared.pk), holder)


def _make(held: Held, until: float) -> None:
    prepared, extract = held.prepared, extract_of(held.prepared)
    if not _pieces_are_made(held, extract, until):
        return
    if extract.is_joined:
        if until < math.inf:
            return
        _join(held, extract)
    with transaction.atomic():
        now = timezone.now()
        held.lives(state=str(PreparedState.READY), ready_at=now, expires_at=now + KEPT, attempts=0)
        forget_parts(prepared, finished=False)


def extract_of(prepared: PreparedExport) -> Extract:
    """What was asked for.

    Raises:
        NotMade: whoever asked may not have it any more, or it is not what it was.
    """
    log, dataset = prepared.log, all_datasets().get(prepared.log.dataset)
    if dataset is None:
        raise NotMade("This dataset is not there any more.")
    extract = Extract(dataset, FORMATS[log.format], log.identity, prepared.bom, log.packaged)
    if log.by is None or not user_can_take_out(log.by, extract):
        raise NotMade("Your role cannot export this any more.")
    if extract.version != prepared.version:
        raise NotMade("The columns of this dataset have changed since. Ask for it again.")
    return extract


def _pieces_are_made(held: Held, extract: Extract, until: float) -> bool:
    """Make pieces until there is none left, or until this time of the clock."""
    prepared, keys = held.prepared, kept_keys(held.prepared)
    last = prepared.parts.filter(finished=not extract.is_joined).order_by("number").last()
    upto, first = (last.upto, False) if last else (0, True)
    while upto < len(keys) or first:
        piece, tally = keys[upto : upto + ROWS_IN_A_PIECE], Tally(prepared.made)
        data = b"".join(extract.piece(prepared.log.by, piece, tally, first))
        upto, first = upto + len(piece), False
        with transaction.atomic():
            held.lives(made=tally.rows, attempts=0)
            add_part(prepared, data, finished=not extract.is_joined, upto=upto)
        if time.monotonic() > until:
            break
    return upto == len(keys)


def _join(held: Held, extract: Extract) -> None:
    """The file of what is made: only this is begun anew by whoever takes it over."""
    prepared = held.prepared
    with transaction.atomic():
        forget_parts(prepared, finished=True)
    tally = Beating(held, prepared.made)
    for part in _in_parts(extract.joined(_living(held, read_parts(prepared, finished=False)), tally)):
        with transaction.atomic():
            held.lives(made=tally.rows)
            add_part(prepared, part, finished=True)


def _living(held: Held, parts: Iterator[bytes]) -> Iterator[bytes]:
    for part in parts:
        held.lives()
        yield part


def _in_parts(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """The same bytes, in parts of about as many as are held in memory at once."""
    waiting: list[bytes] = []
    for block in blocks:
        waiting.append(block)
        if sum(map(len, waiting)) >= BYTES_IN_A_PART:
            yield b"".join(waiting)
            waiting = []
    if waiting:
        yield b"".join(waiting)
