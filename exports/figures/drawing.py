"""A table as bars: what a template needs to draw them without scripts, and the same in words."""

from collections.abc import Iterator
from dataclasses import dataclass

from exports.figures.showing import ShownTable

MOST_SERIES = 5


@dataclass(frozen=True)
class Bar:
    """One bar, in hundredths of the longest: each segment has its start, its length and the number of its series."""

    label: str
    segments: tuple[tuple[float, float, int], ...]
    text: str


@dataclass(frozen=True)
class Chart:
    bars: tuple[Bar, ...]
    legend: tuple[tuple[int, str], ...]
    words: str


def chart_of(table: ShownTable) -> Chart | None:
    """None where there is nothing to draw, or too much for bars to be read."""
    longest = max((sum(n or 0 for n in numbers) for _, numbers in table.numbers), default=0)
    if not longest or len(table.series) > MOST_SERIES:
        return None
    bars = tuple(Bar(row, tuple(_segments(numbers, longest)), _text(numbers)) for row, numbers in table.numbers)
    legend = tuple(enumerate(table.series)) if len(table.series) > 1 else ()
    return Chart(bars, legend, _words(table))


def _segments(numbers: tuple[int | None, ...], longest: int) -> Iterator[tuple[float, float, int]]:
    start = 0.0
    for series, number in enumerate(numbers):
        length = round(100 * (number or 0) / longest, 2)
        if length:
            yield start, length, series
        start = round(start + length, 2)


def _text(numbers: tuple[int | None, ...]) -> str:
    if None not in numbers:
        return f"{sum(n or 0 for n in numbers):,}"
    seen = [number for number in numbers if number is not None]
    return "not shown" if not any(seen) else f"{sum(seen):,} shown, and some not shown"


def _words(table: ShownTable) -> str:
    """What the bars say, for those who do not see them; the table beside them has every number."""
    totals = {row: sum(n or 0 for n in numbers) for row, numbers in table.numbers if None not in numbers}
    if not any(totals.values()):
        return f"Bar chart: {table.caption}. Every number is in the table."
    most = max(totals, key=lambda row: totals[row])
    hidden = " Some numbers are not shown, because they are small." if table.hides else ""
    return f"Bar chart: {table.caption}. The longest bar is “{most}”, with {totals[most]:,}.{hidden}"
