"""XLSX, written through a temporary file: the format cannot be streamed."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import IO, Any

import xlsxwriter

from exports.cells import xml_text
from exports.plan import Plan
from exports.writers.tally import Tally, through_a_file

XLSX_ROWS, XLSX_COLUMNS, XLSX_TEXT = 1_048_575, 16_384, 32_767
# Excel keeps 15 digits of a number; a longer one is written as text so that none is lost.
EXACT = 10**15
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
    tally = tally or Tally()
    book = xlsxwriter.Workbook(output, {"constant_memory": True, "remove_timezone": True})
    with book:
        sheet = book.add_worksheet(title[:31])
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, [xml_text(header) for header in plan.headers], book.add_format({"bold": True}))
        write = _cell_writer(sheet, book)
        for batch in plan.batches():
            for cells in zip(*batch, strict=True):
                tally.rows += 1
                check_size(plan, tally.rows)
                for index, cell in enumerate(cells):
                    write(tally.rows, index, cell)


def xlsx_blocks(plan: Plan, tally: Tally, title: str) -> Iterator[bytes]:
    """The finished workbook in blocks."""
    return through_a_file(lambda file: write_xlsx(plan, file, title, tally))


def _cell_writer(sheet: Any, book: Any) -> Any:
    days = book.add_format({"num_format": "yyyy-mm-dd"})
    moments = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    clocks = book.add_format({"num_format": "hh:mm:ss"})

    def write(row: int, index: int, cell: Any) -> None:
        match cell:
            case None | "":
                return
            case bool():
                sheet.write_boolean(row, index, cell)
            case int() | float() | Decimal() if _exact(cell):
                sheet.write_number(row, index, cell)
            case dt.datetime() if cell.year >= 1900:
                sheet.write_datetime(row, index, cell, moments)
            case dt.date() if cell.year >= 1900:
                sheet.write_datetime(row, index, cell, days)
            case dt.time():
                sheet.write_datetime(row, index, cell, clocks)
            case _:
                sheet.write_string(row, index, excel_text(str(cell)))

    return write


def _exact(number: Any) -> bool:
    return abs(number) < EXACT


def excel_text(text: str) -> str:
    """Text as an Excel cell can hold it, marked where it had to be cut."""
    clean = xml_text(text)
    return clean if len(clean) <= XLSX_TEXT else clean[: XLSX_TEXT - len(CUT)] + CUT
