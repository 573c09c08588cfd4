"""Numbers in bands. Plain Python; each band has its label and the first number that is above it."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from statistics import median_low

from exports.disclosure import Cell
from exports.figures.tables import NOT_KNOWN

Bands = Sequence[tuple[str, float]]
ABOVE = float("inf")
# The bands of the national data release.
GESTATIONS: Bands = (
    ("Under 24 weeks", 24),
    ("24–27 weeks", 28),
    ("28–31 weeks", 32),
    ("32–36 weeks", 37),
    ("37 weeks or more", ABOVE),
)
BIRTH_WEIGHTS: Bands = (
    ("Under 1,000 g", 1000),
    ("1,000–1,499 g", 1500),
    ("1,500–2,499 g", 2500),
    ("2,500 g or more", ABOVE),
)
# In days: half a year, a year and two.
REVIEW_TIMES: Bands = (
    ("Under 6 months", 183),
    ("6 to 12 months", 365),
    ("12 to 24 months", 731),
    ("24 months or more", ABOVE),
)


def banded(found: Iterable[Sequence[object]], bands: Bands) -> tuple[tuple[str, ...], dict[Cell, int]]:
    """Labels and counts; `found` are pairs of a number as it was recorded and how often. What is none is not known."""
    limits = [limit for _, limit in bands]
    counts: Counter[Cell] = Counter()
    for value, often in found:
        number = _number(value)
        label = NOT_KNOWN if number is None else bands[bisect_right(limits[:-1], number)][0]
        counts[Cell(label)] += int(str(often))
    labels = tuple(label for label, _ in bands)
    return (*labels, NOT_KNOWN) if counts[Cell(NOT_KNOWN)] else labels, dict(+counts)


def _number(value: object) -> float | None:
    try:
        return float(str(value))
    except ValueError:
        return None


def median_of(found: Iterable[tuple[int, int]]) -> int:
    """The median of numbers that come with how often each is there."""
    return median_low([number for number, often in found for _ in range(often)])
