"""What is different now from what was frozen."""

from collections.abc import Iterator
from dataclasses import dataclass

from exports.figures.registry import FIGURES
from exports.figures.years import Asked
from exports.models import AnnualReportPage
from exports.report.services import plain


@dataclass(frozen=True)
class Difference:
    figure: str
    place: str
    frozen: int
    now: int


def differences(page: AnnualReportPage) -> Iterator[Difference]:
    """Every count that would be another one if the figures were frozen today, true numbers."""
    for figure in page.frozen().values():
        now = plain(FIGURES[figure.number].result(Asked(figure.first, figure.last)))
        for place in dict.fromkeys([*figure.counts, *now]):
            before, after = figure.counts.get(place, 0), now.get(place, 0)
            if before != after:
                yield Difference(f"{figure.number}. {figure.title}, {figure.years}", place, before, after)
