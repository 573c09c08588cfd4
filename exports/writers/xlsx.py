"""XLSX, written through a temporary file: the format cannot be streamed."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import IO, Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell_fast
from xlsxwriter.worksheet import Worksheet

from exports.cells import xml_text
from exports.plan import Plan
from exports.writers.tally import Tally, through_a_file

XLSX_ROWS, XLSX_COLUMNS, XLSX_TEXT = 1_048_575, 16_384, 32_767
# Excel keeps 15 digits of a number; a longer one is written as text so that none is lost.
EXACT = 10**15
# From then on Excel counts days as everybody does; it knows a 29 February 1900.
MARCH_1900, DAY_0 = dt.date(1900, 3, 1), dt.date(1899, 12, 30).toordinal()
# Needs neither escaping nor its spaces kept.
PLAIN = re.compile(r'(?!\s)[^"&<>\x00-\x1f]+(?<!\s)')
CUT = " […cut here: an Excel cell holds no more. The CSV file has all of it.]"


class QuickSheet(Worksheet):
    """Writes the cells of an export in one step each: the same bytes, in three quarters of the time.

    For cells without a format of their row or column. Whatever is not plain goes the way of the library.
    """

    put_text, put_number = Worksheet._write_string, Worksheet._write_number
    put_yes_or_no, put_moment = Worksheet._write_boolean, Worksheet._write_datetime

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        place, kind = xl_rowcol_to_cell_fast(row, col), cell.__class__.__name__
        style = f' s="{cell.format._get_xf_index()}"' if cell.format else ""
        if kind in ("Number", "Datetime"):
            self.fh.write(f'<c r="{place}"{style}><v>{cell.number:.16G}</v></c>')
        elif kind == "String" and PLAIN.fullmatch(cell.string) and "_x" not in cell.string:
            self.fh.write(f'<c r="{place}"{style} t="inlineStr"><is><t>{cell.string}</t></is></c>')
        elif kind == "Boolean":
            self.fh.write(f'<c r="{place}"{style} t="b"><v>{cell.boolean}</v></c>')
        else:
            super()._write_cell(row, col, cell)


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
    tally = tally or Tally()
    book = xlsxwriter.Workbook(output, {"constant_memory": True, "remove_timezone": True})
    with book:
        sheet = book.add_worksheet(title[:31], worksheet_class=QuickSheet)
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, [xml_text(header) for header in plan.headers], book.add_format({"bold": True}))
        by_type = _by_type(sheet, book)
        text = by_type[str]
        for batch in plan.batches():
            for cells in zip(*batch, strict=True):
                tally.rows += 1
                check_size(plan, tally.rows)
                for index, cell in enumerate(cells):
                    by_type.get(cell.__class__, text)(tally.rows, index, cell)


def xlsx_blocks(plan: Plan, tally: Tally, title: str) -> Iterator[bytes]:
    """The finished workbook in blocks."""
    return through_a_file(lambda file: write_xlsx(plan, file, title, tally))


def _by_type(sheet: Any, book: Any) -> dict[type, Callable[[int, int, Any], Any]]:
    """How a cell is put into a sheet, by its type; what is of no other is text."""

    days, moments, clocks = (
        book.add_format({"num_format": code}) for code in ("yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss", "hh:mm:ss")
    )

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
