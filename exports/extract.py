"""One file of one dataset: what somebody asks to take out."""

import codecs
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from exports.codebook import codebook_csv
from exports.datasets import Column, Dataset
from exports.description import data_package
from exports.formats import Format
from exports.package import package_blocks
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
        columns = self.dataset.columns_for(self.identity)
        plan = self.dataset.plan(user, self.identity, self.format.native)
        if self.format.name == "xlsx":
            check_size(plan, self.dataset.rows(user).count())
        types = [column.data_type for column in columns]
        data = self._marked(self.format.blocks(plan, tally, self.dataset.title, types))
        return self._described(data, columns, tally) if self.packaged else data

    def _marked(self, blocks: Iterator[bytes]) -> Iterator[bytes]:
        if self.bom and self.format.name == "csv":
            yield codecs.BOM_UTF8
        yield from blocks

    def _described(self, blocks: Iterator[bytes], columns: list[Column], tally: Tally) -> Iterator[bytes]:
        made_at = timezone.localtime()

        def describe(file: dict[str, Any]) -> dict[str, Any]:
            return data_package(self.dataset, columns, self.format, made_at, file | {"rows": tally.rows})

        name = f"{self.dataset.file_stem}.{self.format.extension}"
        return package_blocks(name, blocks, codebook_csv(columns), describe)
