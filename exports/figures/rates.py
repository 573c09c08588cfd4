"""Rates: how many died for every so many who live here or were born here, by the lists that were brought in."""

from collections.abc import Mapping

from exports.figures.tables import DIED, Beside, Rate
from exports.figures.years import Asked, ReportYear
from exports.imports.selectors import Parts, bases, listed_numbers
from exports.imports.states import BIRTHS, ELSEWHERE, POPULATION

ByPlace = Mapping[str, Mapping[str, float]]
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


def rate_of_each(
    asked: Asked, parts: Parts, labels: Mapping[str, str], who: str
) -> tuple[tuple[Rate, ...], tuple[str, ...]]:
    """One rate of all the years together, for each label that the list has a number of in every one of them.

    `labels` are what the parts are called in the figure.
    """
    per, of = PER[POPULATION]
    found = {}
    for part, label in labels.items():
        numbers = parts.numbers.get(part, {})
        if all(year.start in numbers and year.last <= asked.extract for year in asked):
            found[label] = int(sum(numbers[year.start] for year in asked))
    if not found:
        return (), (f"Rates need the number of {of} by {who}, for each of these years, which have ended.",)
    every = "" if asked.first == asked.last else " and year"
    return (Rate(f"{DIED} per {per:,} {of}{every}, by “{parts.edition}”", per, found),), ()


def shares_of_each(asked: Asked, parts: Parts, labels: Mapping[str, str]) -> tuple[Beside, ...]:
    """How many of all children who live here belong to each group, in the newest of the years that the list has."""
    years = [year for year in asked if all(year.start in parts.numbers.get(part, {}) for part in labels)]
    if not years:
        return ()
    at = years[-1].start
    whole = sum(parts.numbers[part][at] for part in labels)
    texts = {label: _part_of(parts.numbers[part][at], whole) for part, label in labels.items()} if whole else {}
    return (Beside(f"Of all children who live here, {at}, by “{parts.edition}”", texts),)


def _part_of(number: float, whole: float) -> str:
    return f"{100 * number / whole:.0f}% ({number:,.0f} of {whole:,.0f})"


def published_elsewhere(asked: Asked) -> tuple[tuple[Beside, ...], tuple[ByPlace, ByPlace]]:
    """Rates of the region and of England, as somebody brought them in, beside ours of the same years: in words, and as
    numbers by place and year, of neonatal and of infant deaths."""
    neonatal, infant = listed_numbers(ELSEWHERE, "neonatal"), listed_numbers(ELSEWHERE, "infant")
    found = []
    for place in sorted({*neonatal.numbers, *infant.numbers}):
        both = [each.numbers.get(place, {}) for each in (neonatal, infant)]
        years = [year for year in asked if any(year.start in numbers for numbers in both)]
        texts = {str(year): " and ".join(_rate_in(numbers, year) for numbers in both) for year in years}
        if texts:
            title = f"{place}: neonatal and infant deaths per 1,000 live births, by “{neonatal.edition}”"
            found.append(Beside(title, texts))
    return tuple(found), (_by_place(neonatal, asked), _by_place(infant, asked))


def _by_place(parts: Parts, asked: Asked) -> ByPlace:
    return {
        place: {str(year): numbers[year.start] for year in asked if year.start in numbers}
        for place, numbers in sorted(parts.numbers.items())
    }


def _rate_in(numbers: Mapping[int, float], year: ReportYear) -> str:
    return f"{numbers[year.start]:g}" if year.start in numbers else "–"
