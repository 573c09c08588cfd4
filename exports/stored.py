"""On SQLite a cell is written from what is stored: Django would make an object of it only for us to unmake it again."""

import datetime as dt
from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connections, models
from django.db.models import Expression, F, Func, QuerySet
from django.utils import timezone
from import_export import widgets
from import_export.fields import Field

from exports.renderers import ISO_DATE, ISO_TIME, Render, Values, plain_numbers
from exports.sources import Source, field_at

# What a float tells apart, and what Django reads of one.
SURE_DIGITS = 15
# Some fifty years of them.
DAYS_KEPT = 20_000
HOUR = dt.timedelta(hours=1)


class Untouched(Func):
    """A column's value without its type, so that neither Django nor Python's `sqlite3` converts it."""

    template = "+%(expressions)s"
    output_field = models.TextField()


class Stored(NamedTuple):
    """What to select for a column, and how that becomes cells."""

    select: Expression
    render: Render


def as_stored(field: Field, source: Source, rows: QuerySet[Any]) -> Stored | None:
    """How to write this column without its objects; None when that is not known to give the same."""
    if connections[rows.db].vendor != "sqlite" or source.keys or source.decode or rows.query.group_by is not None:
        return None
    column, maker = field_at(rows.model, source.select), MAKERS.get(type(field.widget))
    if column is None or maker is None or hasattr(column, "from_db_value"):
        return None
    render = maker(field.widget, column)
    return render and Stored(Untouched(F(str(source.select))), render)


def _days(widget: widgets.DateWidget, column: models.Field) -> Render | None:
    if type(column) is not models.DateField or widget.formats[0] != ISO_DATE:
        return None
    return lambda values: ["" if value is None else value for value in values]


def _yes_or_no(widget: widgets.BooleanWidget, column: models.Field) -> Render | None:
    if type(column) is not models.BooleanField:
        return None
    return lambda values: ["" if value is None else "1" if value else "0" for value in values]


def _decimals(widget: widgets.NumberWidget, column: models.Field) -> Render | None:
    if type(column) is not models.DecimalField or column.max_digits > SURE_DIGITS or not plain_numbers():
        return None
    form = f"{{:.{column.decimal_places}f}}".format
    return lambda values: ["" if value is None else form(value) for value in values]


def _moments(widget: widgets.DateTimeWidget, column: models.Field) -> Render | None:
    usual = settings.USE_TZ and widget.formats[0] == f"{ISO_DATE} {ISO_TIME}"
    if type(column) is not models.DateTimeField or not usual:
        return None
    zone = timezone.get_current_timezone()
    offsets = _offsets_of(zone)

    def cell(stored: str) -> str:
        hours = offsets[stored[:10]]
        if hours == 0:
            return stored[:19]
        if hours and 0 <= (hour := int(stored[11:13]) + hours) < 24:
            return f"{stored[:11]}{hour:02}{stored[13:19]}"
        return str(dt.datetime.fromisoformat(stored).replace(tzinfo=dt.UTC).astimezone(zone))[:19]

    def cells(values: Values) -> Values:
        return ["" if value is None else cell(value) for value in values]

    return cells


class _Offsets(dict[str, int | None]):
    """By day in UTC, such as "2026-07-01": the hours a zone is ahead all through it; None when that is not so easy."""

    def __init__(self, zone: dt.tzinfo) -> None:
        self.zone = zone

    def __missing__(self, day: str) -> int | None:
        if len(self) >= DAYS_KEPT:
            self.clear()
        self[day] = hours = self._hours(dt.datetime.fromisoformat(f"{day}T00:00:00+00:00"))
        return hours

    def _hours(self, start: dt.datetime) -> int | None:
        try:
            first, last = ((start + at).astimezone(self.zone).utcoffset() for at in (dt.timedelta(), 24 * HOUR))
        except OverflowError:
            return None
        return None if first is None or first != last or first % HOUR else first // HOUR


@lru_cache(maxsize=2)
def _offsets_of(zone: dt.tzinfo) -> _Offsets:
    return _Offsets(zone)


MAKERS: dict[type, Callable[[Any, Any], Render | None]] = {
    widgets.DateWidget: _days,
    widgets.DateTimeWidget: _moments,
    widgets.BooleanWidget: _yes_or_no,
    widgets.NumberWidget: _decimals,
    widgets.DecimalWidget: _decimals,
}
