"""A finished file on its way out: once, to whoever asked for it."""

import secrets
from collections.abc import Iterator

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from exports.models import ExportEnd, PreparedExport
from exports.prepared.services.ending import end
from exports.prepared.services.keeping import forget_parts, read_parts
from exports.prepared.services.working import GONE, NotMade, extract_of
from exports.prepared.states import HELD, PreparedState
from exports.services import Download, ExportRefused
from exports.writers import Tally

AWAY = "This file is not there to be fetched: it is not ready, or on its way at this moment."


class Fetched(Download):
    """Taken to its end it is deleted; broken off it can be fetched again."""

    def __init__(self, prepared: PreparedExport, holder: str) -> None:
        super().__init__(prepared.log, self._parts(prepared, holder), Tally(prepared.made))
        self.prepared, self.holder = prepared, holder

    @staticmethod
    def _parts(prepared: PreparedExport, holder: str) -> Iterator[bytes]:
        for part in read_parts(prepared, finished=True):
            PreparedExport.objects.filter(pk=prepared.pk, holder=holder).update(held_until=timezone.now() + HELD)
            yield part

    @transaction.atomic
    def _end(self, outcome: str, checksum: str = "") -> None:
        if self._ended:
            return
        self._ended = True
        mine = PreparedExport.objects.filter(pk=self.prepared.pk, holder=self.holder, state=PreparedState.READY)
        if outcome != "finished":
            mine.update(holder="", held_until=None)
        elif mine.update(state=str(PreparedState.TAKEN), holder="", held_until=None):
            forget_parts(self.prepared)
            ExportEnd.objects.create(
                export=self.log, outcome=outcome, rows=self._tally.rows, size=self._size, checksum=checksum
            )


def fetch(prepared: PreparedExport, by: User) -> Fetched:
    """Let the file out to whoever asked for it.

    Raises:
        PermissionDenied: it was another person who asked, or their role cannot have it any more.
        ExportRefused: it is not ready, or on its way at this moment.
    """
    if prepared.log.by_id != by.pk:
        raise PermissionDenied("Somebody else asked for this export.")
    try:
        extract_of(prepared)
    except NotMade as problem:
        raise PermissionDenied(str(problem)) from None
    holder, now = secrets.token_hex(16), timezone.now()
    free = Q(held_until__isnull=True) | Q(held_until__lt=now)
    ready = PreparedExport.objects.filter(free, pk=prepared.pk, state=PreparedState.READY, expires_at__gt=now)
    if not ready.update(holder=holder, held_until=now + HELD):
        raise ExportRefused(AWAY)
    fetched = Fetched(prepared, holder)
    try:
        fetched.begin()
    except FileNotFoundError:
        end(prepared, PreparedState.FAILED, GONE)
        raise ExportRefused(GONE) from None
    return fetched
