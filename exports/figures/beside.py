"""A figure that is about to be published, beside all that was read of it before, whatever the years of each."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from exports.disclosure import Cell, Earlier, Rule, Table, protect
from exports.disclosure.knowledge import Knowledge
from exports.figures.earlier import Counts, Published, Reading, readings
from exports.figures.showing import Before
from exports.figures.tables import FigureTable, Result
from exports.figures.years import Asked

Sum = frozenset[tuple[int, Cell]]


@dataclass(frozen=True)
class Read:
    """One part of a table of the years from `first` to `last`: what was read, and what it was worked out from."""

    first: int
    last: int
    by_year: bool
    seen: Counts
    counted: Mapping[Cell, int]

    def years(self, cell: Cell) -> tuple[int, int]:
        if self.by_year and cell.row is not None:
            year = int(cell.row.removeprefix("Year: ")[:4])
            return year, year
        return self.first, self.last

    def kind(self, cell: Cell) -> Cell:
        """The cell without its year."""
        return Cell(None, cell.column) if self.by_year else cell

    @property
    def kinds(self) -> set[Cell]:
        """The narrowest, of which all others are sums."""
        return {self.kind(cell) for cell in self.inner}

    @property
    def inner(self) -> set[Cell]:
        across = any(cell.column is not None for cell in self.seen)
        return {cell for cell in self.seen if cell.row is not None and (cell.column is not None or not across)}


def guarded(result: Result, asked: Asked, published: Sequence[Published], rule: Rule, before: Before) -> Before:
    """What has to be hidden so that a figure tells of nothing beside all that was read: `before`, and more."""
    read: dict[tuple[str, str], list[Reading]] = defaultdict(list)
    for each in readings(result, published):
        read[each.key].append(each)
    overlapping = {key: all_of for key, all_of in read.items() if any(each.one.overlaps(asked) for each in all_of)}
    more = {key: _guarded(all_of, asked, rule, before.get(key, Earlier())) for key, all_of in overlapping.items()}
    return {**before, **more}


def _read(reading: Reading) -> Read:
    counted = {cell: reading.counted[cell] or 0 for cell in reading.seen}
    return Read(reading.one.first, reading.one.last, reading.table.down == "Year", reading.seen, counted)


def _to_be_read(table: FigureTable, part: Table, asked: Asked, rule: Rule, before: Earlier) -> Read:
    shown = protect(part, rule, *before).shown
    seen = {cell: shown.get(cell) for cell in part.values}
    return Read(asked.first, asked.last, table.down == "Year", seen, part.values)


def _guarded(readings: Sequence[Reading], asked: Asked, rule: Rule, before: Earlier) -> Earlier:
    """Hide one number after another: those first that were hidden before, then the small ones, totals last."""
    table, part, earlier = readings[0].table, readings[0].part, [_read(each) for each in readings]
    hidden = {read.kind(cell) for read in earlier for cell, number in read.seen.items() if number is None}
    while True:
        new = _to_be_read(table, part, asked, rule, before)
        shown = [cell for cell, number in new.seen.items() if number is not None]
        if not shown or not _Together(earlier, new, rule).tells:
            return before
        order = {
            cell: (cell not in new.inner, new.kind(cell) not in hidden, part.values[cell], str(cell)) for cell in shown
        }
        more = min(shown, key=order.__getitem__)
        before = Earlier(before.hidden | {more}, before.shown - {more})


class _Together:
    """What can be worked out with the new table, and could not without it."""

    def __init__(self, earlier: Sequence[Read], new: Read, rule: Rule) -> None:
        self.earlier, self.new, self.rule = earlier, new, rule
        reads = [*earlier, new]
        self.kinds = set().union(*(read.kinds for read in reads))
        cells = [(read, cell) for read in reads for cell in read.seen]
        ranges = [read.years(cell) for read, cell in cells]
        self.edges = sorted({first for first, _ in ranges} | {last + 1 for _, last in ranges})

    @property
    def tells(self) -> bool:
        newest_first = [*reversed(self.earlier)]
        before, after = self._known(newest_first), self._known([self.new, *newest_first])
        return any(self._tells(after, *each) and not self._tells(before, *each) for each in self._guarded())

    def _known(self, reads: Sequence[Read]) -> Knowledge:
        """Without those that contradict what those before them told: their children are not the same."""
        kept: list[Read] = []
        known = Knowledge()
        for read in reads:
            self._tell(known, read)
            if known.contradicts_itself:
                known = Knowledge()
                for other in kept:
                    self._tell(known, other)
            else:
                kept.append(read)
        return known

    def _tell(self, known: Knowledge, read: Read) -> None:
        for cell, number in read.seen.items():
            if number is not None:
                known.tell(self._sum(*read.years(cell), read.kind(cell)), number, self.rule.rounding // 2)
        for kind in self.kinds - read.kinds:
            known.tell(self._sum(read.first, read.last, kind), 0)

    def _sum(self, first: int, last: int, kind: Cell) -> Sum:
        return frozenset(
            (edge, one)
            for edge in self.edges
            for one in self.kinds
            if first <= edge <= last and kind.row in (None, one.row) and kind.column in (None, one.column)
        )

    def _guarded(self) -> Iterator[tuple[Sum, str]]:
        """What may not be worked out: all that is hidden, and few children of the years between any two reports."""
        for read in (self.new, *self.earlier):
            for cell, number in read.seen.items():
                small = self.rule.hides(read.counted[cell])
                if number is None and (small or cell in read.inner):
                    yield self._sum(*read.years(cell), read.kind(cell)), "small" if small else "hidden"
        for first, end in combinations(self.edges, 2):
            yield from ((self._sum(first, end - 1, kind), "between") for kind in self.kinds)

    def _tells(self, known: Knowledge, of: Sum, what: str) -> bool:
        least = known.least(of)
        if what == "small":
            return least > self.rule.lowest or known.most(of) < self.rule.highest
        if what == "hidden":
            return known.most(of) - least < self.rule.width
        return least > 0 and known.most(of) <= min(self.rule.highest, least + self.rule.width - 1)
