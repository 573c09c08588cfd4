"""Rates: how many died for every so many who live here or were born here, by the lists that were brought in."""

from collections.abc import Mapping

from exports.figures.tables import Rate
from exports.figures.years import Asked
from exports.imports.selectors import bases
from exports.imports.states import BIRTHS, POPULATION

PER = {POPULATION: (100_000, "children"), BIRTHS: (1_000, "live births")}


def rates(asked: Asked, kind: str, named: Mapping[str, tuple[str, ...]]) -> tuple[tuple[Rate, ...], tuple[str, ...]]:
    """A rate for each name, of the columns it has, and what is missing for it, in sentences.

    The base of a report year is that of the calendar year in which it begins. A year that has not ended has no rate.
    """
    per, of = PER[kind]
    known = bases(kind)
    ended = [year for year in asked if year.last <= asked.extract]
    found = {str(year): known.numbers[year.start] for year in ended if year.start in known.numbers}
    if not found:
        return (), (f"Rates need the number of {of}, year by year. None has been brought in for these years.",)
    shown = tuple(
        Rate(f"{name} per {per:,} {of}, by “{known.edition}”", per, found, columns) for name, columns in named.items()
    )
    without = [str(year) for year in ended if str(year) not in found]
    return shown, (f"“{known.edition}” has no number for {', '.join(without)}.",) if without else ()
