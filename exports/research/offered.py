"""Which columns of the dataset of cases a researcher can be given, and what they become."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from exports.datasets.cases import Cases
from exports.datasets.declared import Column, attribute
from exports.research.keys import shift
from exports.research.rare import OTHER
from exports.research.rules import rules
from exports.research.wider import BLANK, Widen, to_quarter, to_year

# What names nobody and is no free text. A month is given as the project's way with dates says.
TYPES = frozenset({"code", "codes", "yes_no", "whole", "number_or_code", "month"})
MONTHS = {"opened_month": "opened_at", "died_month": "died_on"}
BETWEEN_CODES = "; "


def offered() -> list[Column]:
    return [
        column
        for column in Cases().columns()
        if column.type in TYPES
        and not column.identifying
        and column.name not in rules().never
        and (column.type != "month" or column.name in MONTHS)
    ]


@dataclass(frozen=True)
class Chosen:
    """A column on its way out: how it is read (`source`), and what it is called then.

    `always` is done to every cell, `steps` only where too few rows agree. Without either, rare values go together.
    """

    source: Column
    column: Column
    known: bool
    always: Widen | None = None
    steps: tuple[Widen, ...] = ()

    @property
    def name(self) -> str:
        return self.column.name

    @property
    def grouped(self) -> bool:
        return not self.steps and self.column.type in ("code", "codes", "text") and self.always is None

    def cells_of(self, cells: Sequence[str]) -> list[str]:
        """The cells as they are before anything is compared with other rows."""
        tidied = self._tidied(cells)
        return [self.always(cell) for cell in tidied] if self.always else tidied

    def _tidied(self, cells: Sequence[str]) -> list[str]:
        """Without anything that no codebook has: no words of a person can come through a column of codes."""
        if self.source.type not in ("code", "codes") or not self.source.codes:
            return list(cells)
        codes = {code for code, _ in self.source.codes} | {BLANK}
        return [cell if codes.issuperset(cell.split(BETWEEN_CODES)) else OTHER for cell in cells]


def chosen(names: list[str], dates: str) -> list[Chosen]:
    """Those of the columns that are still offered, in the order of the dataset."""
    return [_chosen(column, dates) for column in offered() if column.name in names]


def _chosen(column: Column, dates: str) -> Chosen:
    if column.type == "month":
        return _dated(column, dates)
    steps, known = rules().steps(column.name), rules().known_outside(column.name)
    always = steps.pop(0) if column.name in rules().widths else None
    if column.type == "yes_no":
        column = replace(column, codes=(("1", "Yes"), ("0", "No")))
    kind = {"number_or_code": "text", "whole": "text", "yes_no": "code"}.get(column.type, column.type)
    return Chosen(column, replace(column, type=kind, make=None), known, always, tuple(steps))


def _dated(column: Column, dates: str) -> Chosen:
    name = column.name.removesuffix("_month")
    title = column.title.replace("Month", "Date" if dates == "shifted" else dates.capitalize())
    if dates == "shifted":
        at = MONTHS[column.name]
        kind = "moment" if at == "opened_at" else "date"
        source = Column(at, column.title, kind, make=attribute(at, kind))
        meaning = "Shifted by a hidden number of days, the same for each date of a child; blank where that lies ahead."
        return Chosen(source, Column(f"{name}_shifted", title, "date", meaning), known=False)
    always, steps = (to_quarter, (to_year,)) if dates == "quarter" else (to_year, ())
    meaning = "The quarter, such as 2026-Q1; or the year alone." if dates == "quarter" else "The year."
    return Chosen(column, Column(f"{name}_{dates}", title, "text", meaning), True, always, steps)


def shifted(cells: Sequence[str], children: Sequence[str], key: str, today: dt.date) -> list[str]:
    """Each child’s days, all of one child moved alike; blank where that is after `today`, which would tell how far."""
    most = rules().shift_days
    moved = [
        dt.date.fromisoformat(cell[:10]) + shift(key, child, most) if cell else None
        for cell, child in zip(cells, children, strict=True)
    ]
    return [day.isoformat() if day and day <= today else BLANK for day in moved]
