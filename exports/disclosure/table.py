"""Counts by one or two things, with their totals."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

MOST_DIMENSIONS = 2


class Cell(NamedTuple):
    """A place in a table; None stands for all rows, or all columns."""

    row: str | None = None
    column: str | None = None

    @property
    def is_total(self) -> bool:
        return self.row is None or self.column is None


Arc = tuple[str, str]


@dataclass(frozen=True)
class Table:
    """Counts by row and, unless there are no `columns`, by column. What `counts` leaves out is 0.

    Raises:
        ValueError: a negative count, or one outside the table.
    """

    rows: tuple[str, ...]
    counts: Mapping[Cell, int]
    columns: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        inside = set(self.inner)
        for cell, count in self.counts.items():
            if cell not in inside or count < 0:
                raise ValueError(f"{cell} = {count} is not a count of this table.")

    @classmethod
    def of(cls, records: Iterable[tuple[str, ...]], *categories: Iterable[str]) -> "Table":
        """Count records, each a tuple of one or two values; `categories` lists what each value may be.

        Raises:
            ValueError: more than two dimensions, or a value that is not among the categories.
        """
        named = [tuple(values) for values in categories]
        if not 1 <= len(named) <= MOST_DIMENSIONS:
            raise ValueError(f"A public table has one or two dimensions, not {len(named)}.")
        counts = Counter(Cell(*record) for record in records)
        return cls(named[0], dict(counts), named[1] if len(named) > 1 else ())

    @property
    def inner(self) -> list[Cell]:
        """Every cell but the totals."""
        return [Cell(row, column) for row in self.rows for column in self.columns or (None,)]

    @cached_property
    def values(self) -> dict[Cell, int]:
        """Every count, the totals included."""
        values: Counter[Cell] = Counter()
        for cell in self.inner:
            count = self.counts.get(cell, 0)
            for place in {cell, Cell(cell.row), Cell(None, cell.column), Cell()}:
                values[place] += count
        return dict(values)

    @cached_property
    def arcs(self) -> dict[Cell, Arc]:
        """The table as a network in which counts flow and every sum is a place where as much comes in as goes out.

        With two dimensions a cell leads from its column to its row, a row's total from the row to the sum of rows, the
        grand total on to the sum of columns, and a column's total from there to the column. With one dimension
        cells lead into the total, which leads back to where they came from.
        """
        if not self.columns:
            return {Cell(row): ("outside", "sum") for row in self.rows} | {Cell(): ("sum", "outside")}
        return (
            {Cell(row, column): (f"column {column}", f"row {row}") for row in self.rows for column in self.columns}
            | {Cell(row): (f"row {row}", "rows") for row in self.rows}
            | {Cell(None, column): ("columns", f"column {column}") for column in self.columns}
            | {Cell(): ("rows", "columns")}
        )
