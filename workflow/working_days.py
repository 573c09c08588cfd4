"""Adding time limits to a moment. Working days leave out weekends and the bank holidays of England."""

import datetime as dt
from functools import lru_cache

import holidays
from django.utils import timezone

END_OF_DAY = dt.time(23, 59, 59)


@lru_cache(maxsize=64)
def _bank_holidays(year: int) -> frozenset[dt.date]:
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(day: dt.date) -> bool:
    return day.weekday() < 5 and day not in _bank_holidays(day.year)


def after_working_days(day: dt.date, amount: int) -> dt.date:
    """The date `amount` working days after `day`; `day` itself is not counted."""
    while amount > 0:
        day += dt.timedelta(days=1)
        amount -= is_working_day(day)
    return day


def _months_after(day: dt.date, amount: int) -> dt.date:
    """The same day of a later month, or that month's last day when it is shorter."""
    month = day.month - 1 + amount
    first = dt.date(day.year + month // 12, month % 12 + 1, 1)
    last = (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
    return first.replace(day=min(day.day, last.day))


def due(start: dt.datetime, amount: int, unit: str) -> dt.datetime:
    """When a limit of `amount` `unit`s that starts at `start` runs out (aware datetimes).

    Hours are counted exactly; a limit in days or longer lasts until the end of its last day, in local time.
    """
    if unit == "hours":
        return start.astimezone(dt.UTC) + dt.timedelta(hours=amount)
    first = timezone.localdate(start)
    days = {
        "year_ends": lambda: dt.date(first.year + amount - (first <= dt.date(first.year, 3, 31)), 3, 31),
        "days_counted": lambda: first + dt.timedelta(days=amount - 1),
        "days": lambda: first + dt.timedelta(days=amount),
        "weeks": lambda: first + dt.timedelta(weeks=amount),
        "months": lambda: _months_after(first, amount),
        "working_days": lambda: after_working_days(first, amount),
    }
    return timezone.make_aware(dt.datetime.combine(days[unit](), END_OF_DAY))
