"""What a figure is, and the tables that it gives. Plain Python."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from exports.disclosure import Cell, Table
from exports.figures.years import Asked

Base = Literal["deaths", "reviews", "process", "actions"]
BASES: dict[Base, str] = {
    "deaths": "Children who died in these years",
    "reviews": "Deaths that the panel reviewed in these years",
    "process": "Steps of the reviews in these years",
    "actions": "Recommendations and actions agreed in these years",
}
NOT_KNOWN = "Not known"
DIED, REVIEWED = "Children who died", "Deaths reviewed"


@dataclass(frozen=True)
class Rate:
    """For every `per` of the base of a row, how many of these columns, or of the row where it names none.

    `elsewhere`: by place and row, the same rate as it was published of others.
    """

    title: str
    per: int
    bases: Mapping[str, int]
    columns: tuple[str, ...] = ()
    elsewhere: Mapping[str, Mapping[str, float]] = field(default_factory=dict)


@dataclass(frozen=True)
class Beside:
    """What everybody may read beside a row, such as a rate that was published of elsewhere."""

    title: str
    texts: Mapping[str, str]


@dataclass(frozen=True)
class Told:
    """`cell` of a part follows from the counts of these categories in tables that count `of`."""

    cell: Cell
    of: str
    categories: tuple[str, ...]


@dataclass(frozen=True)
class FigureTable:
    """Counts of one thing, each in one cell. `of` says of what; two tables of the same have the same total.

    `tells`: by the name of a part, which of its counts other tables of the same years tell too, in other words.
    `in_rows`: every row counts all of them once more, so that only rows have a total. `across` is what the columns are.
    """

    caption: str
    of: str
    down: str
    rows: tuple[str, ...]
    counts: Mapping[Cell, int]
    across: str = ""
    columns: tuple[str, ...] = ()
    in_rows: bool = False
    share: bool = False
    average: bool = False
    rates: tuple[Rate, ...] = ()
    beside: tuple[Beside, ...] = ()
    note: str = ""
    tells: Mapping[str, Told] = field(default_factory=dict)

    @property
    def parts(self) -> dict[str, Table]:
        """What disclosure control protects. Categories carry the name of what they divide: many have a “Not known”."""
        if self.in_rows:
            return {row: self._one_row(row) for row in self.rows}
        named = {self.place(cell): count for cell, count in self.counts.items()}
        rows = tuple(f"{self.down}: {row}" for row in self.rows)
        return {"": Table(rows, named, tuple(f"{self.across}: {column}" for column in self.columns))}

    def _one_row(self, row: str) -> Table:
        places = {column: Cell(f"{row}: {column}") for column in self.columns}
        counts = {place: self.counts.get(Cell(row, column), 0) for column, place in places.items()}
        return Table(tuple(str(place.row) for place in places.values()), counts)

    def place(self, cell: Cell) -> Cell:
        """Where a cell of the figure is in the table that is protected."""
        if self.in_rows:
            return Cell(f"{cell.row}: {cell.column}") if cell.column is not None else Cell()
        row = None if cell.row is None else f"{self.down}: {cell.row}"
        return Cell(row, None if cell.column is None else f"{self.across}: {cell.column}")


@dataclass(frozen=True)
class Measure:
    """A number that is no count, such as a median, and how many it was worked out from."""

    words: str
    value: str
    base: int


@dataclass(frozen=True)
class Result:
    """`missing` says in a sentence what the figure cannot show, and what it would need."""

    tables: tuple[FigureTable, ...] = ()
    measures: tuple[Measure, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Figure:
    """One figure of the report, and what counts it."""

    number: int
    title: str
    meaning: str
    bases: tuple[Base, ...]
    result: Callable[[Asked], Result]
    chart: Literal["bars", "lines", "none"] = "bars"

    @property
    def charted(self) -> bool:
        return self.chart != "none"

    @property
    def base_words(self) -> str:
        return "; ".join(BASES[base] for base in self.bases)


def categorised(
    found: Iterable[Sequence[object]], *named: Mapping[str, str]
) -> tuple[dict[Cell, int], list[tuple[str, ...]]]:
    """Counts by label and, for each dimension, its labels; what no code list knows is not known.

    `found` are rows of one or two codes and a number.
    """
    counts: Counter[Cell] = Counter()
    for *codes, number in found:
        labels = [known.get(str(code), NOT_KNOWN) for code, known in zip(codes, named, strict=True)]
        counts[Cell(*labels)] += int(str(number))
    used = [{cell[place] for cell in counts} for place in range(len(named))]
    return dict(counts), [_labels(known, seen) for known, seen in zip(named, used, strict=True)]


def _labels(known: Mapping[str, str], seen: set[str | None]) -> tuple[str, ...]:
    """In the order of the code list; “Not known” last, where there is any."""
    labels = [label for label in dict.fromkeys(known.values()) if label != NOT_KNOWN]
    return (*labels, NOT_KNOWN) if NOT_KNOWN in seen else tuple(labels)
