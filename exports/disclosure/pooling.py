"""Making small counts larger: years pooled, categories merged."""

from collections import Counter
from collections.abc import Mapping, Sequence

from exports.disclosure.table import Cell, Table


def pool(tables: Sequence[Table]) -> Table:
    """One table of several years, which must have the same rows and columns.

    Raises:
        ValueError: no table, or tables of different shapes.
    """
    shapes = {(table.rows, table.columns) for table in tables}
    if len(shapes) != 1:
        raise ValueError("Years can be pooled when their tables have the same rows and columns.")
    counts: Counter[Cell] = Counter()
    for table in tables:
        counts.update(table.counts)
    rows, columns = shapes.pop()
    return Table(rows, dict(counts), columns)


def merge(table: Table, names: Mapping[str, str]) -> Table:
    """The table with categories renamed; those that get the same name become one, where the first of them was."""
    counts: Counter[Cell] = Counter()
    for cell, count in table.counts.items():
        counts[Cell(_named(cell.row, names), _named(cell.column, names))] += count
    rows = tuple(dict.fromkeys(names.get(row, row) for row in table.rows))
    columns = tuple(dict.fromkeys(names.get(column, column) for column in table.columns))
    return Table(rows, dict(counts), columns)


def _named(category: str | None, names: Mapping[str, str]) -> str | None:
    return None if category is None else names.get(category, category)
