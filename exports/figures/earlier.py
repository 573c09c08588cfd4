"""What earlier reports showed and hid of a figure, so that showing it again gives nothing of that away."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from exports.disclosure import Cell, Earlier, Rule, Table, protect
from exports.disclosure.protect import HIDDEN
from exports.figures.showing import TOTAL, Before, Shown, ShownTable
from exports.figures.tables import FigureTable, Result
from exports.figures.years import Asked

Counts = Mapping[Cell, int | None]


@dataclass(frozen=True)
class Published:
    """A figure as the public has read it, and what that was worked out from, of the years from `first` to `last`."""

    first: int
    last: int
    public: Shown
    true: Shown

    def overlaps(self, asked: Asked) -> bool:
        """Whether some of its years are asked for, and not just those."""
        same = (asked.first, asked.last) == (self.first, self.last)
        return not same and self.first <= asked.last and asked.first <= self.last

    def tables(self, caption: str) -> Iterator[tuple[ShownTable, ShownTable]]:
        pairs = zip(self.public.tables, self.true.tables, strict=True)
        return (
            (public, true) for public, true in pairs if _whatever_edition(public.caption) == _whatever_edition(caption)
        )


def _whatever_edition(caption: str) -> str:
    """A table of homes names the list they were looked up in: by another edition it counts the same children."""
    return re.sub(", by “[^”]*”$", "", caption)


@dataclass(frozen=True)
class Reading:
    """A part of a table, and what was read of it once: `counted` is what that was worked out from."""

    table: FigureTable
    name: str
    part: Table
    one: Published
    seen: Counts
    counted: Counts

    @property
    def key(self) -> tuple[str, str]:
        return self.table.caption, self.name


def readings(result: Result, published: Iterable[Published]) -> Iterator[Reading]:
    """Every part of a figure with every time that it was read."""
    published = list(published)
    for table in result.tables:
        for one in published:
            for public, true in one.tables(table.caption):
                for name, part in table.parts.items():
                    counts = (counts_of(each, table, name) for each in (public, true))
                    yield Reading(table, name, part, one, *counts)


def told_before(result: Result, asked: Asked, published: Iterable[Published], rule: Rule) -> Before:
    """By table and part. Of years that overlap in other ways, `beside.py` says what is left to hide."""
    found: dict[tuple[str, str], Earlier] = defaultdict(Earlier)
    moved: dict[tuple[str, str], Table] = {}
    for read in readings(result, published):
        found[read.key] = found[read.key].joined(_told(read, asked, rule))
        if read.table.down == "Year" and read.one.overlaps(asked):
            moved[read.key] = read.part
    return found | {key: _without_totals(part, found[key], rule) for key, part in moved.items()}


def told_of_more(result: Result, wider: Published, rule: Rule) -> Before:
    """By table and part, where the same figure can be read of more children: those whom only that one counts are
    protected too, and what it hides is not bounded from below."""
    return {read.key: _beyond(read, rule, -1).joined(_hidden_in(read)) for read in readings(result, [wider])}


def _hidden_in(read: Reading) -> Earlier:
    return Earlier(frozenset(cell for cell, count in read.seen.items() if count is None and cell in read.part.values))


def _told(read: Reading, asked: Asked, rule: Rule) -> Earlier:
    one = read.one
    if (asked.first, asked.last) == (one.first, one.last):
        return _same(read.part, read.seen, rule)
    if read.table.down == "Year":
        return _same(read.part, {cell: count for cell, count in read.seen.items() if cell.row is not None}, rule)
    if asked.first <= one.first and one.last <= asked.last:
        return _beyond(read, rule, 1)
    if one.first <= asked.first and asked.last <= one.last:
        return _beyond(read, rule, -1)
    return Earlier()


def _same(part: Table, seen: Counts, rule: Rule) -> Earlier:
    """The same children. A count that changed since says nothing about what it was."""
    there = {cell: count for cell, count in seen.items() if cell in part.values}
    hidden = frozenset(cell for cell, count in there.items() if count is None)
    shown = frozenset(cell for cell, count in there.items() if count == rule.rounded(part.values[cell]))
    return Earlier(hidden, shown - hidden)


def _without_totals(part: Table, told: Earlier, rule: Rule) -> Earlier:
    """A table by year of which some years were read before, beside other years.

    Without the total of a column in which anything is hidden, it tells of the new years, each by itself, and of
    the others nothing that was not read.
    """
    while True:
        hidden = protect(part, rule, *told).hidden | told.hidden
        totals = {Cell(None, cell.column) for cell in hidden if cell.row is not None and cell.column is not None}
        more = frozenset(totals & part.values.keys()) - told.hidden - told.shown
        if not more:
            return told
        told = told.joined(Earlier(more))


def _beyond(read: Reading, rule: Rule, sign: int) -> Earlier:
    """Some of the children are all of the others: both together tell of the rest, who are protected too."""
    part, counted = read.part, read.counted
    between = {cell: max(sign * (part.values[cell] - (counted.get(cell) or 0)), 0) for cell in part.inner}
    small = protect(Table(part.rows, between, part.columns), rule).hidden
    return Earlier(frozenset(cell for cell in small if read.seen.get(cell) is not None))


def counts_of(read: ShownTable, table: FigureTable, name: str) -> dict[Cell, int | None]:
    """The counts and totals of a part as they were read, None where one was hidden, in the places of the part."""
    columns = (*(read.series if table.columns else ()), None)
    found = {}
    for row, texts in read.rows:
        if table.in_rows and row != name:
            continue
        at = None if row == TOTAL and not table.in_rows else row
        for column, text in zip(columns, texts, strict=False):
            found[table.place(Cell(at, column))] = None if text == HIDDEN else int(text.replace(",", ""))
    return found
