"""One file of one dataset: what somebody asks to take out."""

import codecs
import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.utils import timezone

from exports.codebook import codebook_csv
from exports.datasets import Dataset
from exports.description import data_package, version_of
from exports.formats import Format
from exports.package import package_blocks
from exports.plan import Plan, compile_plan
from exports.writers import Tally, check_size
from workflow.permissions import Person


@dataclass(frozen=True)
class Extract:
    """With `bom`, a CSV file begins with a byte order mark, by which old versions of Excel know UTF-8.

    A `packaged` one is a ZIP file that holds the description too.
    """

    dataset: Dataset
    format: Format
    identity: bool = False
    bom: bool = False
    packaged: bool = False

    @property
    def media_type(self) -> str:
        return "application/zip" if self.packaged else self.format.media_type

    def file_name(self, day: dt.date) -> str:
        """Such as "cases-identifying-2026-03-01.csv"."""
        marked = "-identifying" if self.identity else ""
        extension = "zip" if self.packaged else self.format.extension
        return f"{self.dataset.file_stem}{marked}-{day:%Y-%m-%d}.{extension}"

    def blocks(self, user: Person | None, tally: Tally) -> Iterator[bytes]:
        """The file of the rows this person may export, block by block.

        Raises:
            TooLargeForExcel: before the first block.
        """
        self.check_size(user)
        plan = self.dataset.plan(user, self.identity, self.format.native)
        data = self._marked(self._data(plan, tally))
        return self.described(data, tally) if self.packaged else data

    @property
    def version(self) -> str:
        """The same as long as its columns are."""
        return version_of(self.dataset.columns_for(self.identity))

    def check_size(self, user: Person | None) -> None:
        """Raises TooLargeForExcel when a worksheet cannot hold it."""
        if self.format.name == "xlsx":
            check_size(self.dataset.plan(user, self.identity, native=True), self.dataset.rows(user).count())

    def piece(self, user: Person | None, keys: Sequence[int], tally: Tally, first: bool) -> Iterator[bytes]:
        """The rows with these primary keys, to follow those that are counted already; the `first` has the heading."""
        rows = self.dataset.rows(user).filter(pk__in=keys)
        plan = compile_plan(self.dataset.resource(self.identity), rows, self.format.native)
        if self.format.pieces:
            return self.format.pieces.made(plan, tally, self.dataset.title, self._types)
        data = self._data(plan, tally)
        return self._marked(data) if first else islice(data, self.format.heading, None)

    @property
    def is_joined(self) -> bool:
        """Whether its pieces, behind one another, are not the file yet."""
        return self.packaged or self.format.pieces is not None

    def joined(self, pieces: Iterator[bytes], tally: Tally) -> Iterator[bytes]:
        """The file of all its pieces, the rows of which are counted."""
        if self.format.pieces:
            headers = self.dataset.plan(None, self.identity, self.format.native).headers
            pieces = self.format.pieces.joined(pieces, headers, self.dataset.title, self._types, tally)
        return self.described(pieces, tally) if self.packaged else pieces

    def described(self, blocks: Iterator[bytes], tally: Tally) -> Iterator[bytes]:
        """A package of the data that these blocks are."""
        made_at, columns = timezone.localtime(), self.dataset.columns_for(self.identity)

        def describe(file: dict[str, Any]) -> dict[str, Any]:
            return data_package(self.dataset, columns, self.format, made_at, file | {"rows": tally.rows})

        name = f"{self.dataset.file_stem}.{self.format.extension}"
        return package_blocks(name, blocks, codebook_csv(columns), describe)

    def _data(self, plan: Plan, tally: Tally) -> Iterator[bytes]:
        return self.format.blocks(plan, tally, self.dataset.title, self._types)

    @property
    def _types(self) -> list[str]:
        return [column.data_type for column in self.dataset.columns_for(self.identity)]

    def _marked(self, blocks: Iterator[bytes]) -> Iterator[bytes]:
        if self.bom and self.format.name == "csv":
            yield codecs.BOM_UTF8
        yield from blocks
