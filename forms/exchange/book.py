"""A workbook from outside, opened with care: no bombs, no formulas, no endless sheets."""

import datetime as dt
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from forms.exchange.findings import Finding, Unreadable, refuse

MOST_UNPACKED = 50_000_000
MOST_PARTS = 500
MOST_ROWS = 10_000
MOST_COLUMNS = 100


@dataclass(frozen=True)
class SheetRow:
    """One row: its number as a person sees it, and its cells as text by column name."""

    sheet: str
    number: int
    cells: dict[str, str]

    @property
    def where(self) -> str:
        return f"{self.sheet} row {self.number}"

    def get(self, column: str) -> str:
        return self.cells.get(column, "")


def open_book(data: bytes, sheets: tuple[str, ...]) -> dict[str, list[SheetRow]]:
    """The rows of the named sheets that are there, below their header row.

    Raises:
        Unreadable: no workbook, one that unpacks to too much, too many rows, or formulas.
    """
    _check(data)
    try:
        book = load_workbook(BytesIO(data), read_only=True, data_only=False, keep_links=False)
        names = {name.strip().lower(): name for name in book.sheetnames}
        return {name: list(_rows(book[names[name]], name)) for name in sheets if name in names}
    except Unreadable:
        raise
    except Exception as error:
        # A damaged workbook can fail anywhere inside the library, with any exception.
        raise refuse("This workbook is damaged: it cannot be opened.") from error


def _check(data: bytes) -> None:
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise refuse("This is an old or protected Excel file. Save it as an .xlsx workbook without a password.")
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            parts = packed.infolist()
    except zipfile.BadZipFile:
        raise refuse("This is not an .xlsx workbook.") from None
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise refuse("This workbook unpacks to far more than a form needs.")
    if "xl/workbook.xml" not in {part.filename for part in parts}:
        raise refuse("This is not an .xlsx workbook.")


def _rows(sheet: Any, name: str) -> Iterator[SheetRow]:
    sheet.reset_dimensions()
    header: list[str] = []
    formulas = []
    for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), start=1):
        if number > MOST_ROWS:
            raise refuse(f"The sheet has more than {MOST_ROWS:,} rows.", name)
        formulas += [_place(cell) for cell in row if cell.data_type == "f"]
        cells = [_text(cell.value) for cell in row]
        if not header:
            header = [_column(text) for text in cells]
            _check_header(header, name)
        elif any(cells):
            yield SheetRow(name, number, {column: text for column, text in zip(header, cells, strict=False) if column})
    if formulas:
        message = "A formula. Copy the column and paste its values."
        raise Unreadable(*(Finding(f"{name} {place}", message) for place in formulas[:20]))


def _check_header(header: list[str], name: str) -> None:
    for column in header:
        if column and header.count(column) > 1:
            raise refuse(f"The column “{column}” stands twice.", f"{name} row 1")


def _place(cell: Any) -> str:
    return f"row {cell.row}, column {cell.column_letter}"


def _column(text: str) -> str:
    """ "Constraint Message" and "constraint_message" are one column; a language ("label::English") is kept."""
    name, *language = text.split("::", 1)
    return "::".join([name.strip().lower().replace(" ", "_"), *(part.strip() for part in language)])


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, (dt.date, dt.time)) else str(value).strip()
