"""Hiding what must be hidden, and no more than that."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from exports.disclosure.network import OPEN, Network, bounds
from exports.disclosure.rule import Rule
from exports.disclosure.table import Cell, Table

HIDDEN = "*"
# What hiding a cell costs, beside a step along what is hidden anyway.
INNER, ZERO, TOTAL, GRAND_TOTAL = 100, 5_000, 10_000, 100_000


class TooMuchTogether(ValueError):
    """Tables that share totals would have to hide one of them: merge some categories first."""


class Earlier(NamedTuple):
    """What earlier reports hid and showed of a table."""

    hidden: frozenset[Cell] = frozenset()
    shown: frozenset[Cell] = frozenset()

    def joined(self, other: "Earlier") -> "Earlier":
        return Earlier(self.hidden | other.hidden, self.shown | other.shown)


@dataclass(frozen=True)
class Protected:
    """A table and what of it may be shown. All that is hidden looks alike, so that nobody knows which is small.

    `exposed` are hidden all the same, but what earlier reports showed lets somebody work them out.
    """

    table: Table
    rule: Rule
    hidden: frozenset[Cell]
    exposed: frozenset[Cell] = frozenset()

    @property
    def shown(self) -> dict[Cell, int]:
        """The counts that may be shown, rounded where the rule says so."""
        values = self.table.values
        return {cell: self.rule.rounded(values[cell]) for cell in values if cell not in self.hidden}

    def text(self, cell: Cell) -> str:
        return HIDDEN if cell in self.hidden else f"{self.shown[cell]:,}"


def protect(
    table: Table, rule: Rule, hidden_before: Collection[Cell] = (), shown_before: Collection[Cell] = ()
) -> Protected:
    """Hide the small counts, and as few others as keep anybody from working them out.

    What an earlier report hid stays hidden, and what it showed is not hidden in vain.
    """
    hiding = _Hiding(table, rule, frozenset(hidden_before), frozenset(shown_before))
    hiding.widen_all()
    hiding.show_what_need_not_hide()
    exposed = frozenset(cell for cell in hiding.hidden if not hiding.safe(cell))
    return Protected(table, rule, frozenset(hiding.hidden), exposed)


class _Hiding:
    """The search for what to hide, `primary` being what must be."""

    def __init__(self, table: Table, rule: Rule, hidden_before: frozenset[Cell], shown_before: frozenset[Cell]) -> None:
        self.arcs, self.values, self.rule = table.arcs, table.values, rule
        self.inner = set(table.inner)
        self.known = shown_before - hidden_before
        small = {cell for cell, count in self.values.items() if rule.hides(count)}
        self.primary = (small | (hidden_before & self.values.keys())) - self.known
        self.hidden = set(self.primary)

    def widen_all(self) -> None:
        """Hide more until no hidden count can be worked out too closely, or nothing is left to hide."""
        before: set[Cell] = set()
        while self.hidden != before:
            before = set(self.hidden)
            for cell in sorted(before, key=self._order):
                self._widen(cell)

    def _widen(self, cell: Cell) -> None:
        low, high = bounds(self.arcs, self.values, self.hidden, cell)
        up, down = self._missing(cell, low, high)
        tail, head = self.arcs[cell]
        for start, end, need in ((head, tail, up), (tail, head, down)):
            if need > 0:
                self._hide_a_way(cell, start, end, need)

    def _missing(self, cell: Cell, low: int, high: int) -> tuple[int, int]:
        """How far from its value a count should be able to go up, and down; 0 when it already can."""
        value = self.values[cell]
        if self.rule.hides(value):
            up, down = self.rule.highest - value, value - self.rule.lowest
            return (up if high < self.rule.highest else 0), (down if low > self.rule.lowest else 0)
        return (high - value + self.rule.width - (high - low) if high - low < self.rule.width else 0), 0

    def _hide_a_way(self, cell: Cell, start: str, end: str, need: int) -> None:
        network = Network(self.arcs, self.values, lambda other: None if other == cell else self._price(other))
        _, used = network.push(start, end, need)
        self.hidden |= used

    def _price(self, cell: Cell) -> int | None:
        """What it costs the reader not to see a cell: totals are worth most, and a hidden 0 is often seen through."""
        if cell in self.hidden:
            return OPEN
        if cell in self.known:
            return None
        value = self.values[cell]
        worth = GRAND_TOTAL if cell == Cell() else TOTAL if cell not in self.inner else INNER
        return worth + (ZERO if value == 0 else min(value, INNER))

    def show_what_need_not_hide(self) -> None:
        safe = {cell for cell in self.hidden if self.safe(cell)}
        for cell in sorted(self.hidden - self.primary, key=self._order, reverse=True):
            fewer = self.hidden - {cell}
            if all(self.safe(other, fewer) for other in fewer & safe):
                self.hidden = fewer

    def safe(self, cell: Cell, hidden: set[Cell] | None = None) -> bool:
        low, high = bounds(self.arcs, self.values, self.hidden if hidden is None else hidden, cell)
        return self._missing(cell, low, high) == (0, 0)

    def _order(self, cell: Cell) -> tuple[bool, int, str]:
        return cell not in self.inner, self.values[cell], str(cell)


def protect_all(
    tables: Mapping[str, Table], rule: Rule, earlier: Mapping[str, Earlier] | None = None
) -> dict[str, Protected]:
    """Protect the tables of one report that count the same children, so that they can be laid side by side.

    Tables whose shared totals are all shown tell nothing about each other's cells that each does not tell alone.

    Raises:
        TooMuchTogether: a total that two tables share would have to be hidden.
    """
    told = earlier or {}
    protected = {name: protect(table, rule, *told.get(name, Earlier())) for name, table in tables.items()}
    for (one, first), (other, second) in combinations(protected.items(), 2):
        for cell in first.hidden | second.hidden:
            if shared := _shared(first.table, second.table, cell):
                raise TooMuchTogether(f"“{one}” and “{other}” share {shared}, which is too small to show.")
    return protected


def _shared(first: Table, second: Table, cell: Cell) -> str:
    """How a hidden cell is called in both tables, when both have it; the same words are the same category."""
    if cell == Cell():
        return "their total"
    if cell.row is not None and cell.column is not None:
        return ""
    name = cell.row if cell.column is None else cell.column
    return f"“{name}”" if name in {*first.rows, *first.columns} & {*second.rows, *second.columns} else ""
