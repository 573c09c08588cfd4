"""What an attacker can work out about hidden counts, and which more to hide so that it is too little.

In a network whose flows are the counts of a table, hidden counts may change in any way that leaves every sum right:
along circles of hidden arcs. So the most a count can be is what it is plus the largest flow from its head back to its
tail through the other hidden arcs, and the least is what it is less the largest flow the other way. Both are exact and
whole (maximum flow, by shortest augmenting paths).
"""

import heapq
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from exports.disclosure.table import Arc, Cell

UNBOUNDED = 10**12
# The price of a step along what is hidden anyway: short ways first.
OPEN = 1
Arcs = Mapping[Cell, Arc]


class Step(NamedTuple):
    """One arc taken with (`sign` 1) or against (`sign` -1) its direction."""

    cell: Cell
    sign: int


class Network:
    """Counts that may move along arcs, at a price for each: a cell whose price is None is closed."""

    def __init__(self, arcs: Arcs, values: Mapping[Cell, int], price: Callable[[Cell], int | None]) -> None:
        self.values = dict(values)
        self.prices = {cell: paid for cell in arcs if (paid := price(cell)) is not None}
        self.ways: dict[str, list[tuple[Step, str]]] = {}
        for cell in self.prices:
            tail, head = arcs[cell]
            self.ways.setdefault(tail, []).append((Step(cell, 1), head))
            self.ways.setdefault(head, []).append((Step(cell, -1), tail))

    def push(self, start: str, end: str, need: int) -> tuple[int, set[Cell]]:
        """Move up to `need` from one place to another by the cheapest ways; how much went, and along which cells."""
        moved, used = 0, set()
        while moved < need and (path := self._cheapest(start, end)):
            amount = min([need - moved, *(self._room(step) for step in path)])
            for cell, sign in path:
                self.values[cell] += sign * amount
                self.prices[cell] = OPEN
                used.add(cell)
            moved += amount
        return moved, used

    def _room(self, step: Step) -> int:
        return UNBOUNDED if step.sign > 0 else self.values[step.cell]

    def _cheapest(self, start: str, end: str) -> list[Step]:
        """The steps of the cheapest way (Dijkstra); none when there is no way."""
        best: dict[str, int] = {start: 0}
        came: dict[str, tuple[str, Step]] = {}
        queue = [(0, start)]
        while queue:
            spent, place = heapq.heappop(queue)
            if place == end:
                return _walked(came, start, end)
            if spent > best[place]:
                continue
            for step, onward in self.ways.get(place, ()):
                total = spent + self.prices[step.cell]
                if self._room(step) > 0 and total < best.get(onward, UNBOUNDED):
                    best[onward] = total
                    came[onward] = (place, step)
                    heapq.heappush(queue, (total, onward))
        return []


def _walked(came: Mapping[str, tuple[str, Step]], start: str, end: str) -> list[Step]:
    steps = []
    while end != start:
        end, step = came[end]
        steps.append(step)
    return steps


def bounds(arcs: Arcs, values: Mapping[Cell, int], hidden: Iterable[Cell], cell: Cell) -> tuple[int, int]:
    """The least and the most that a hidden count can be, for somebody who knows all that is not hidden."""
    tail, head = arcs[cell]
    others = {other: arcs[other] for other in hidden if other != cell}
    more, _ = Network(others, values, lambda _: OPEN).push(head, tail, UNBOUNDED)
    less, _ = Network(others, values, lambda _: OPEN).push(tail, head, values[cell])
    return values[cell] - less, values[cell] + more
