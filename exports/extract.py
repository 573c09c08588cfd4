"""One file of one dataset: what somebody asks to take out."""

import codecs
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from exports.datasets import Dataset
from exports.formats import Format
from exports.writers import Tally, check_size
from workflow.permissions import Person


@dataclass(frozen=True)
class Extract:
    """With `bom`, a CSV file begins with a byte order mark, by which old versions of Excel know UTF-8."""

    dataset: Dataset
    format: Format
    identity: bool = False
    bom: bool = False

    def file_name(self, day: dt.date) -> str:
        """Such as "cases-identifying-2026-03-01.csv"."""
        marked = "-identifying" if self.identity else ""
        return f"{self.dataset.file_stem}{marked}-{day:%Y-%m-%d}.{self.format.extension}"

    def blocks(self, user: Person | None, tally: Tally) -> Iterator[bytes]:
        """The file of the rows this person may export, block by block.

        Raises:
            TooLargeForExcel: before the first block.
        """
        plan = self.dataset.plan(user, self.identity, self.format.native)
        if self.format.name == "xlsx":
            check_size(plan, self.dataset.rows(user).count())
        return self._marked(self.format.blocks(plan, tally, self.dataset.title))

    def _marked(self, blocks: Iterator[bytes]) -> Iterator[bytes]:
        if self.bom and self.format.name == "csv":
            yield codecs.BOM_UTF8
        yield from blocks
