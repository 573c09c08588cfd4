"""What a reader can work out from all that was told of some counts, however the tables overlap that told it."""

from collections.abc import Hashable, Iterable
from math import ceil, floor
from typing import Any

MOST = 10**6
NEARLY = 1e-6


class Knowledge:
    """Sums of counts that are whole and not below 0, as they were told, and bounds of any other sum of them.

    Linear programming, by HiGHS: exact but for what only follows from counts being whole.
    """

    def __init__(self) -> None:
        from highspy import Highs  # Only what is about to be published needs it.

        self._model = Highs()
        self._model.silent()
        self._nothing = self._model.addVariable(lb=0, ub=0)  # A sum of no counts needs something to be a sum of.
        self._counts: dict[Hashable, Any] = {}

    def tell(self, of: Iterable[Hashable], number: int, within: int = 0) -> None:
        """The sum of these counts is this number, or at most so far from it."""
        told = self._sum(of)
        self._model.addConstr(told >= number - within)
        self._model.addConstr(told <= number + within)

    @property
    def contradicts_itself(self) -> bool:
        from highspy import HighsModelStatus

        self._model.minimize(self._sum(()))
        return self._model.getModelStatus() == HighsModelStatus.kInfeasible

    def least(self, of: Iterable[Hashable]) -> int:
        """The least that the sum of these counts can be. What was told must not contradict itself."""
        self._model.minimize(self._sum(of))
        return ceil(self._model.getObjectiveValue() - NEARLY)

    def most(self, of: Iterable[Hashable]) -> int:
        self._model.maximize(self._sum(of))
        return floor(self._model.getObjectiveValue() + NEARLY)

    def _sum(self, of: Iterable[Hashable]) -> Any:
        return self._model.qsum([self._nothing, *map(self._count, of)])

    def _count(self, named: Hashable) -> Any:
        if named not in self._counts:
            self._counts[named] = self._model.addVariable(lb=0, ub=MOST)
        return self._counts[named]
