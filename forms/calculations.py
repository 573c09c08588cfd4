"""Values worked out from other answers: on the server, from answers alone, never from today. Pure functions."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from forms.schema import Answers, Calculation

OPERATIONS = {
    "age_in_years": "age in whole years, from birth to a date",
    "age_in_days": "age in days, from birth to a date",
    "days_between": "days from one date to another",
    "sum": "sum of numbers",
    "count": "how many were added to a repeat group",
}


def as_day(value: Any) -> dt.date | None:
    """The day in an answer ("2026-03-01", with or without a time), or None when it is partial, unknown or no date."""
    try:
        return dt.date.fromisoformat(value[:10]) if isinstance(value, str) and len(value) in (10, 16) else None
    except ValueError:
        return None


def years_between(born: dt.date, on: dt.date) -> int:
    """Whole years. A child born on 29 February turns a year older on 1 March."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _of_dates(work: Callable[[dt.date, dt.date], int]) -> Callable[[list[Any]], int | None]:
    def worked(values: list[Any]) -> int | None:
        days = [as_day(value) for value in values]
        if len(days) != 2 or days[0] is None or days[1] is None or days[1] < days[0]:
            return None
        return work(days[0], days[1])

    return worked


def _sum(values: list[Any]) -> int | str | None:
    try:
        total = sum((Decimal(str(value)) for value in values), Decimal())
    except InvalidOperation:
        return None
    if not values or not total.is_finite():
        return None
    return int(total) if total == total.to_integral_value() else f"{total:f}"


WORK: dict[str, Callable[[list[Any]], Any]] = {
    "age_in_years": _of_dates(years_between),
    "age_in_days": _of_dates(lambda born, on: (on - born).days),
    "days_between": _of_dates(lambda start, end: (end - start).days),
    "sum": _sum,
}


def calculated(calculation: Calculation, answers: Answers) -> Any:
    """The value, or None while something it needs is not answered or makes no sense. Counts: forms/conditions.py."""
    return WORK[calculation.operation]([answers.get(key) for key in calculation.of])
