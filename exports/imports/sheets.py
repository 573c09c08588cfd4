"""A spreadsheet from outside, read a row at a time: told by its content, with no bombs and no formulas."""

import codecs
import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from openpyxl import load_workbook

from workflow.services import MoveRefused

MOST_BYTES = 30_000_000
MOST_UNPACKED = 400_000_000
MOST_SHARED = 60_000_000  # texts of a workbook: the only part of it that is in memory as a whole
MOST_PARTS = 500
MOST_ROWS = 100_000
MOST_COLUMNS = 200
LONGEST_CELL = 2_000
AT_A_TIME = 1_000_000  # bytes, when the whole file is looked at
DELIMITERS = ",;\t"
OLD_EXCEL = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True)
class Cell:
    """The text of a cell, or the sentence that says why it cannot be read."""

    text: str
    problem: str = ""


Line = tuple[int, list[Cell]]
EMPTY = Cell("")
FORMULA = Cell("", "This is a formula. Copy the column and paste its values.")


def headings(data: bytes) -> list[str]:
    """The first row.

    Raises:
        MoveRefused: this is no spreadsheet that can be read, its headings are missing, or one stands twice.
    """
    number, cells = next(lines(data), (0, []))
    names = [cell.text for cell in cells]
    if number != 1 or not any(names):
        raise MoveRefused(["The first row must hold the headings of the columns. It is empty."])
    if twice := sorted({name for name in names if name and names.count(name) > 1}):
        raise MoveRefused([f"The heading “{name}” stands twice." for name in twice])
    return names


def count(data: bytes) -> int:
    """How many rows there are below the headings."""
    return max(0, sum(1 for _ in lines(data)) - 1)


def lines(data: bytes, after: int = 0, most: int = MOST_ROWS) -> Iterator[Line]:
    """Rows that hold anything, with the number a person sees beside them; those up to `after` are skipped."""
    if len(data) > MOST_BYTES:
        raise MoveRefused([f"The file is larger than {MOST_BYTES // 1_000_000} MB. Divide it by years."])
    if data.startswith(OLD_EXCEL):
        raise MoveRefused(["This is an old or protected Excel file. Save it as .xlsx, without a password."])
    read = _workbook(data) if data.startswith(b"PK") else _text(data)
    for number, cells in read:
        if number > most + 1:
            raise MoveRefused([f"There are more than {most:,} rows. Divide the file by years."])
        if len(cells) > MOST_COLUMNS:
            raise MoveRefused([f"There are more than {MOST_COLUMNS} columns."])
        if number > after and any(cell.text or cell.problem for cell in cells):
            yield number, cells


def _text(data: bytes) -> Iterator[Line]:
    if b"\0" in data[:4096] and not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise MoveRefused(["This is no spreadsheet. Save the table as .xlsx or .csv and choose that file."])
    stream = io.TextIOWrapper(io.BytesIO(data), encoding=_encoding(data), newline="")
    first = stream.readline()
    stream.seek(0)
    delimiter = max(DELIMITERS, key=first.count)
    if not first.count(delimiter):
        raise MoveRefused(["This is no table: its first line has only one column."])
    reader = csv.reader(stream, delimiter=delimiter)
    try:
        for number, row in enumerate(reader, start=1):
            yield number, [_written(text) for text in row]
    except csv.Error:
        raise MoveRefused(
            [f"Line {reader.line_num} cannot be read: a quotation mark is not closed, or a cell is endless."]
        ) from None


def _encoding(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    decoder, view = codecs.getincrementaldecoder("utf-8")(), memoryview(data)
    try:
        for start in range(0, len(data), AT_A_TIME):
            decoder.decode(view[start : start + AT_A_TIME])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252" if not set(b"\x81\x8d\x8f\x90\x9d") & set(data) else "latin-1"
    return "utf-8-sig"


def _written(text: str) -> Cell:
    text = text.strip()
    if len(text) > LONGEST_CELL:
        return Cell("", f"This cell is longer than {LONGEST_CELL:,} letters.")
    return FORMULA if text.startswith("=") else Cell(text)


def _workbook(data: bytes) -> Iterator[Line]:
    _check(data)
    try:
        with closing(load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)) as book:
            sheet = book.worksheets[0]
            sheet.reset_dimensions()
            for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS + 1), start=1):
                yield number, _trimmed([_cell(cell) for cell in row])
    except Exception as problem:
        # A damaged workbook can fail anywhere inside the library, with any exception.
        raise MoveRefused(["This workbook is damaged: it cannot be opened."]) from problem


def _check(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            sizes = {part.filename: part.file_size for part in packed.infolist()}
    except zipfile.BadZipFile:
        raise MoveRefused(["This workbook is damaged: it cannot be opened."]) from None
    if "xl/workbook.xml" not in sizes:
        raise MoveRefused(["This is no spreadsheet. Save the table as .xlsx or .csv and choose that file."])
    shared = sizes.get("xl/sharedStrings.xml", 0)
    if len(sizes) > MOST_PARTS or sum(sizes.values()) > MOST_UNPACKED or shared > MOST_SHARED:
        raise MoveRefused(["This workbook unpacks to far too much. Save the one sheet as .csv."])


def _trimmed(cells: list[Cell]) -> list[Cell]:
    while cells and cells[-1] == EMPTY:
        cells.pop()
    return cells


def _cell(cell: Any) -> Cell:
    value = cell.value
    if value is None:
        return EMPTY
    if cell.data_type == "f":
        return FORMULA
    if cell.data_type == "e":
        return Cell("", f"This is an error of the spreadsheet: {value}.")
    if isinstance(value, bool):
        return Cell("yes" if value else "no")
    if isinstance(value, float) and value.is_integer():
        return Cell(str(int(value)))
    if isinstance(value, dt.datetime):
        return Cell(value.date().isoformat())
    return Cell(value.isoformat()) if isinstance(value, (dt.date, dt.time)) else _written(str(value))
