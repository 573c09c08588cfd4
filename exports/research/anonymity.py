"""k-anonymity: nobody is in a class of fewer than k rows that agree in everything an outsider may know. Plain Python.

A column is made wider for every row while many rows are in classes that are too small. Cells of the few that are left
are blanked, then those of as few others as make up a class. Rows are left out only where the whole table is too small.
A blank counts as a value of its own.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from exports.research.wider import BLANK, Widen

Columns = dict[str, list[str]]
Steps = Mapping[str, Sequence[Widen]]
# While more than one row in ten is in too small a class, a column is made wider instead of cells blanked.
TOLERATED = 0.1


@dataclass
class Anonymous:
    """A table that is k-anonymous in its columns `known`, and what that took."""

    columns: Columns
    known: tuple[str, ...]
    widened: dict[str, int] = field(default_factory=dict)
    blanked: dict[str, int] = field(default_factory=dict)
    left_out: int = 0

    @property
    def rows(self) -> int:
        return len(next(iter(self.columns.values()), []))

    @property
    def k(self) -> int:
        """Rows in the smallest class; 0 of an empty table."""
        return min(Counter(self._classes()).values(), default=0)

    def l_of(self, sensitive: str, unknown: Collection[str] = (BLANK,)) -> int:
        """The fewest different values of a column in any class; those that say nothing do not count."""
        found: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for where, value in zip(self._classes(), self.columns[sensitive], strict=True):
            found[where] |= {value} - set(unknown)
        return min((max(len(values), 1) for values in found.values()), default=0)

    def _classes(self) -> list[tuple[str, ...]]:
        return classes(self.columns, self.known, self.rows)


def classes(columns: Columns, known: Sequence[str], rows: int) -> list[tuple[str, ...]]:
    """The class of each row: its cells in the columns `known`."""
    return list(zip(*(columns[name] for name in known), strict=True)) if known else [()] * rows


def anonymise(columns: Mapping[str, Sequence[str]], known: Sequence[str], steps: Steps, k: int) -> Anonymous:
    """The table with every class of at least `k` rows, or empty when it has fewer than that."""
    table = Anonymous({name: list(cells) for name, cells in columns.items()}, tuple(known))
    if table.rows < k:
        table.left_out = table.rows
        table.columns = {name: [] for name in columns}
        return table
    _widen(table, steps, k)
    _blank(table, k)
    _make_up(table, k)
    return table


def _too_small(table: Anonymous, k: int) -> list[int]:
    found = table._classes()
    size = Counter(found)
    return [row for row, where in enumerate(found) if size[where] < k]


def _widen(table: Anonymous, steps: Steps, k: int) -> None:
    """The column with the most different values first."""
    left = {name: list(steps.get(name, ())) for name in table.known}
    while len(_too_small(table, k)) > TOLERATED * table.rows:
        possible = [name for name in table.known if left[name]]
        if not possible:
            return
        chosen = max(possible, key=lambda name: len(set(table.columns[name])))
        step = left[chosen].pop(0)
        wider = [step(cell) for cell in table.columns[chosen]]
        changed = sum(old != new for old, new in zip(table.columns[chosen], wider, strict=True))
        table.widened[chosen] = max(table.widened.get(chosen, 0), changed)
        table.columns[chosen] = wider


def _blank(table: Anonymous, k: int) -> None:
    """In rows of too small a class, the column first whose blanking helps the most of them."""
    left = list(table.known)
    while left and (rows := _too_small(table, k)):
        chosen = max(left, key=lambda name: _helped(table, rows, name, k))
        _blank_cells(table, rows, [chosen])
        left.remove(chosen)


def _helped(table: Anonymous, rows: list[int], name: str, k: int) -> tuple[int, int]:
    """How many rows would be in a class large enough, and how many different values would go."""
    at = table.known.index(name)
    found = table._classes()
    for row in rows:
        found[row] = (*found[row][:at], BLANK, *found[row][at + 1 :])
    size = Counter(found)
    return sum(size[found[row]] >= k for row in rows), len({table.columns[name][row] for row in rows})


def _make_up(table: Anonymous, k: int) -> None:
    """All that is still too small is blank by now: rows of the largest class, or all of a smaller one, join it."""
    if not (rows := _too_small(table, k)):
        return
    members: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for row, where in enumerate(table._classes()):
        members[where].append(row)
    nobody_known = members.pop(table._classes()[rows[0]])
    wanted = k - len(nobody_known)
    largest = max(members.values(), key=len)
    joining = largest[:wanted] if len(largest) >= k + wanted else min(members.values(), key=len)
    _blank_cells(table, joining, table.known)


def _blank_cells(table: Anonymous, rows: Collection[int], names: Sequence[str]) -> None:
    for name in names:
        cells = table.columns[name]
        table.blanked[name] = table.blanked.get(name, 0) + sum(cells[row] != BLANK for row in rows)
        for row in rows:
            cells[row] = BLANK
