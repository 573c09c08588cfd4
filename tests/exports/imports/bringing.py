"""Spreadsheets of an invented older system."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook

from exports.imports import services
from exports.models import HistoryImport

SYSTEM = "Invented system"
HEADINGS = ["Ref", "Died", "Born", "Sex", "Category", "NHS", "Forename", "Panel", "Closed"]
COLUMNS = {
    "Ref": "reference", "Died": "date_of_death", "Born": "date_of_birth", "Sex": "sex", "Category": "category",
    "NHS": "nhs_number", "Forename": "first_names", "Panel": "panel_on", "Closed": "closed_on",
}  # fmt: skip
GOOD = ["OLD-1", "01/03/2021", "01/02/2021", "Female", "5", "", "Invented", "10/09/2021", "01/10/2021"]


def row(**changed: str) -> list[str]:
    return [changed.get(heading, value) for heading, value in zip(HEADINGS, GOOD, strict=True)]


def rows(number: int, **changed: str) -> list[list[str]]:
    return [row(Ref=f"OLD-{each}", **changed) for each in range(1, number + 1)]


def as_csv(lines: Iterable[Sequence[Any]], headings: Sequence[str] = HEADINGS) -> bytes:
    written = io.StringIO()
    csv.writer(written).writerows([headings, *lines])
    return written.getvalue().encode()


def as_xlsx(lines: Iterable[Sequence[Any]], headings: Sequence[str] = HEADINGS) -> bytes:
    book, kept = Workbook(), io.BytesIO()
    for line in [headings, *lines]:
        book.active.append(line)
    book.save(kept)
    return kept.getvalue()


def checked(data: bytes, by: Any) -> HistoryImport:
    history = services.begin(SYSTEM, data, by)
    services.name_columns(history, COLUMNS, by)
    return services.work(history)


def made(data: bytes, by: Any, leave_out: bool = False) -> HistoryImport:
    history = checked(data, by)
    services.make(history, by, leave_out)
    return services.work(history)


def problems(history: HistoryImport) -> list[tuple[int, str, str]]:
    return [
        (one.number, *problem) for one in history.rows.filter(outcome="refused") for problem in one.told["problems"]
    ]
