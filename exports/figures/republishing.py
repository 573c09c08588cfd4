"""Numbers that changed by few since they were published are published again as they were.

Late news of one child moves a count by one in every table of those years. Laid beside the report before, these tables
would tell the child’s age, sex and group. So such a table stays as the public knows it until enough has changed. Of a
table by year only the years stay of which that is so; a plain number of children by year tells of nobody.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from exports.disclosure import Cell, Rule
from exports.figures.earlier import Published, counts_of
from exports.figures.showing import ShownTable
from exports.figures.tables import FigureTable, Result
from exports.figures.years import Asked

Pair = tuple[ShownTable, ShownTable]
AS_IT_WAS = "As it was published before: too little has changed since to show it."
YEARS_AS_THEY_WERE = "As they were published before, because too little has changed since to show it: {years}."


def as_published(result: Result, asked: Asked, published: Sequence[Published], rule: Rule) -> Result:
    """What the public is to read, from what is known now. `published` begins with the oldest."""
    return replace(result, tables=tuple(_table(table, asked, published, rule) for table in result.tables))


def _table(table: FigureTable, asked: Asked, published: Sequence[Published], rule: Rule) -> FigureTable:
    if table.down == "Year":
        every = [pair for one in published for pair in one.tables(table.caption)]
        return _by_year(table, every, rule) if table.columns else table
    of_these = [one for one in published if (one.first, one.last) == (asked.first, asked.last)]
    same = [pair for one in of_these for pair in one.tables(table.caption)]
    if not any(_changed_by_few(table, pair, rule) for pair in same):
        return table
    was = same[-1][1]
    rows = tuple(row for row, _ in was.numbers)
    columns = was.series if table.columns else ()
    return replace(table, rows=rows, columns=columns, counts=_counted(was, table), note=AS_IT_WAS)


def _by_year(table: FigureTable, every: Sequence[Pair], rule: Rule) -> FigureTable:
    kept: dict[str, dict[Cell, int]] = {}
    for year in table.rows:
        same = [pair for pair in every if year in dict(pair[1].numbers)]
        if any(_changed_by_few(table, pair, rule, year) for pair in same):
            kept[year] = {cell: n for cell, n in _counted(same[-1][1], table).items() if cell.row == year}
    if not kept:
        return table
    counts = {cell: n for cell, n in table.counts.items() if cell.row not in kept}
    counts |= {cell: n for year in kept.values() for cell, n in year.items()}
    used = dict.fromkeys(str(cell.column) for cell in counts)
    columns = tuple(dict.fromkeys((*table.columns, *used)))
    return replace(table, columns=columns, counts=counts, note=YEARS_AS_THEY_WERE.format(years=", ".join(kept)))


def _changed_by_few(table: FigureTable, pair: Pair, rule: Rule, year: str | None = None) -> bool:
    """Whether any number that was shown, of that year if there is one, is now another by less than the threshold."""
    public, true = pair
    for name, part in table.parts.items():
        was, seen = counts_of(true, table, name), counts_of(public, table, name)
        for cell in _of_year(was, table, year):
            change = abs(part.values.get(cell, 0) - (was[cell] or 0))
            if seen[cell] is not None and 0 < change < rule.threshold:
                return True
    return False


def _of_year(cells: Iterable[Cell], table: FigureTable, year: str | None) -> list[Cell]:
    return [cell for cell in cells if year is None or cell.row == table.place(Cell(year)).row]


def _counted(was: ShownTable, table: FigureTable) -> dict[Cell, int]:
    columns = was.series if table.columns else (None,)
    return {
        Cell(row, column): number
        for row, numbers in was.numbers
        for column, number in zip(columns, numbers, strict=True)
        if number
    }
