"""XLSX, written through a temporary file: the format cannot be streamed."""

import datetime as dt
import gzip
import io
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import IO, Any

import xlsxwriter

from exports.cells import xml_text
from exports.plan import Plan
from exports.writers.sheet import QuickSheet
from exports.writers.tally import Tally, through_a_file

XLSX_ROWS, XLSX_COLUMNS, XLSX_TEXT = 1_048_575, 16_384, 32_767
# Excel keeps 15 digits of a number; a longer one is written as text so that none is lost.
EXACT = 10**15
# From then on Excel counts days as everybody does; it knows a 29 February 1900.
MARCH_1900, DAY_0 = dt.date(1900, 3, 1), dt.date(1899, 12, 30).toordinal()
FORMATS = {
    "heading": {"bold": True},
    "day": {"num_format": "yyyy-mm-dd"},
    "moment": {"num_format": "yyyy-mm-dd hh:mm:ss"},
    "clock": {"num_format": "hh:mm:ss"},
}
CUT = " […cut here: an Excel cell holds no more. The CSV file has all of it.]"


class TooLargeForExcel(ValueError):
    """More rows or columns than a worksheet holds."""


def check_size(plan: Plan, rows: int) -> None:
    """Say before the work starts when a worksheet cannot hold it.

    Raises:
        TooLargeForExcel: with the figures.
    """
    if rows > XLSX_ROWS:
        raise TooLargeForExcel(
            f"An Excel worksheet holds {XLSX_ROWS:,} rows below its heading and this export has {rows:,}. Choose CSV."
        )
    if len(plan.columns) > XLSX_COLUMNS:
        raise TooLargeForExcel(
            f"An Excel worksheet holds {XLSX_COLUMNS:,} columns and this export has {len(plan.columns):,}. Choose CSV."
        )


def write_xlsx(plan: Plan, output: IO[bytes], title: str, tally: Tally | None = None) -> None:
    """A worksheet with a frozen heading. Text is written as text, so Excel runs none of it.

    Raises:
        TooLargeForExcel: when more rows come than were counted.
    """
    book, sheet, formats = _opened(output, title)
    with book:
        _write_heading(sheet, plan.headers, formats)
        _write_rows(plan, sheet, formats, tally or Tally())


def xlsx_blocks(plan: Plan, tally: Tally, title: str) -> Iterator[bytes]:
    """The finished workbook in blocks."""
    return through_a_file(lambda file: write_xlsx(plan, file, title, tally), tally)


def xlsx_piece(plan: Plan, tally: Tally) -> Iterator[bytes]:
    """Rows as they stand in a worksheet below as many as are counted already, compressed."""
    _, sheet, formats = _opened(io.BytesIO(), "")
    try:
        _write_rows(plan, sheet, formats, tally)
        kept = io.BytesIO()
        with gzip.open(kept, "wt", compresslevel=1, encoding="utf-8") as text:
            shutil.copyfileobj(sheet.take_rows(), text)
        yield kept.getvalue()
    finally:
        sheet.discard()


def join_xlsx(pieces: Iterable[bytes], headers: Sequence[str], title: str, tally: Tally) -> Iterator[bytes]:
    """The workbook of such pieces, the rows of which are counted already."""

    def write(file: IO[bytes]) -> None:
        book, sheet, formats = _opened(file, title)
        with book:
            _write_heading(sheet, headers, formats)
            for piece in pieces:
                with gzip.open(io.BytesIO(piece), "rt", encoding="utf-8") as rows:
                    sheet.add_rows(rows)
            sheet.dim_rowmax = tally.rows

    return through_a_file(write, tally)


def _opened(output: IO[bytes], title: str) -> tuple[Any, QuickSheet, dict[str, Any]]:
    """A workbook with one sheet, and its formats, which have the same numbers in each."""
    book = xlsxwriter.Workbook(output, {"constant_memory": True, "remove_timezone": True})
    sheet = book.add_worksheet(title[:31], worksheet_class=QuickSheet)
    formats = {name: book.add_format(properties) for name, properties in FORMATS.items()}
    for each in formats.values():
        each._get_xf_index()
    return book, sheet, formats


def _write_heading(sheet: QuickSheet, headers: Sequence[str], formats: dict[str, Any]) -> None:
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, [xml_text(header) for header in headers], formats["heading"])


def _write_rows(plan: Plan, sheet: QuickSheet, formats: dict[str, Any], tally: Tally) -> None:
    by_type = _by_type(sheet, formats)
    text = by_type[str]
    for batch in plan.batches():
        for cells in zip(*batch, strict=True):
            tally.rows += 1
            check_size(plan, tally.rows)
            for index, cell in enumerate(cells):
                by_type.get(cell.__class__, text)(tally.rows, index, cell)


def _by_type(sheet: Any, formats: dict[str, Any]) -> dict[type, Callable[[int, int, Any], Any]]:
    """How a cell is put into a sheet, by its type; what is of no other is text."""

    days, moments, clocks = formats["day"], formats["moment"], formats["clock"]

    def text(row: int, index: int, cell: Any) -> None:
        if cell != "":
            sheet.put_text(row, index, excel_text(str(cell)))

    def number(row: int, index: int, cell: Any) -> None:
        (sheet.put_number if _exact(cell) else text)(row, index, cell)

    def day(row: int, index: int, cell: dt.date) -> None:
        if cell.year < 1900:
            text(row, index, cell)
        else:
            sheet.put_number(row, index, cell.toordinal() - DAY_0 - (cell < MARCH_1900), days)

    def moment(row: int, index: int, cell: dt.datetime) -> None:
        if cell.year < 1900:
            text(row, index, cell)
        else:
            sheet.put_moment(row, index, cell, moments)

    by_type = {str: text, bool: sheet.put_yes_or_no, int: number, float: number, Decimal: number}
    by_type |= {dt.date: day, dt.datetime: moment, type(None): lambda row, index, cell: None}
    by_type[dt.time] = lambda row, index, cell: sheet.put_moment(row, index, cell, clocks)
    return by_type


def _exact(number: Any) -> bool:
    return abs(number) < EXACT


def excel_text(text: str) -> str:
    """Text as an Excel cell can hold it, marked where it had to be cut."""
    clean = text if text.isprintable() else xml_text(text)
    return clean if len(clean) <= XLSX_TEXT else clean[: XLSX_TEXT - len(CUT)] + CUT
