"""The only place that lets data out, and writes down that it did."""

import hashlib
from collections.abc import Iterator

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied

from exports.extract import Extract
from exports.models import ExportEnd, ExportLog
from exports.writers import Tally, TooLargeForExcel
from forms.audit.refusals import Refused
from workflow.permissions import user_can_export_identity


class ExportRefused(Refused):
    """This cannot be exported as asked; the message is a sentence for the person who asked."""


class Download:
    """The blocks of a file on its way out. How it ended is written when the last one is taken, or at `close`."""

    def __init__(self, log: ExportLog, blocks: Iterator[bytes], tally: Tally) -> None:
        self.log = log
        self._blocks, self._tally = blocks, tally
        self._digest, self._size, self._ended = hashlib.sha256(), 0, False
        self._first: bytes | None = None

    def begin(self) -> None:
        """Make the first block now, so that what fails at once fails before a file has been promised."""
        self._first = next(self, None)

    def __iter__(self) -> "Download":
        return self

    def __next__(self) -> bytes:
        if self._first is not None:
            first, self._first = self._first, None
            return first
        try:
            block = next(self._blocks)
        except StopIteration:
            self._end("finished", self._digest.hexdigest())
            raise
        except BaseException:
            self.close()
            raise
        self._digest.update(block)
        self._size += len(block)
        return block

    def close(self) -> None:
        """Nobody wants the rest."""
        if hasattr(self._blocks, "close"):
            self._blocks.close()
        self._end("broken_off")

    def _end(self, outcome: str, checksum: str = "") -> None:
        if not self._ended:
            self._ended = True
            ExportEnd.objects.create(
                export=self.log, outcome=outcome, rows=self._tally.rows, size=self._size, checksum=checksum
            )


def export(extract: Extract, why: str, by: User | None = None, operator: str = "") -> Download:
    """Let a dataset out as a file. Without `by` it is the operator of the server who asks, at its shell.

    Raises:
        PermissionDenied: this person may not take this out. Nothing is written.
        ExportRefused: there is no reason, or the format cannot hold the data. Nothing is written.
    """
    check(extract, why, by)
    tally = Tally()
    try:
        blocks = extract.blocks(by, tally)
    except TooLargeForExcel as refusal:
        raise ExportRefused(str(refusal)) from None
    log = write_down(extract, why, by, operator)
    download = Download(log, blocks, tally)
    download.begin()
    return download


def check(extract: Extract, why: str, by: User | None) -> None:
    """Refuse what this person may not take out, or gives no reason for: as `export` does."""
    if by is not None and not user_can_take_out(by, extract):
        raise PermissionDenied("Your role cannot export this.")
    if not why.strip():
        raise ExportRefused("Say why you need this data.")


def write_down(extract: Extract, why: str, by: User | None, operator: str = "") -> ExportLog:
    """Before the first byte is made."""
    return ExportLog.objects.create(
        dataset=extract.dataset.name,
        format=extract.format.name,
        identity=extract.identity,
        packaged=extract.packaged,
        why=why.strip(),
        by=by,
        operator=operator,
    )


def user_can_take_out(user: User, extract: Extract) -> bool:
    return extract.dataset.open_to(user) and (not extract.identity or user_can_export_identity(user))
