"""On PostgreSQL a whole CSV file can be made by the server: `COPY (SELECT …) TO STDOUT`, byte for byte the same.

Each cell is written by an SQL expression that gives what the widget would. When a plan has a column for which there is
no such expression, it is not copied: `copyable` is None and the plan is read as everywhere else.
"""

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import connections, models, transaction
from django.db.models import F, Func, QuerySet
from django.utils import timezone
from import_export import widgets

from exports.cells import RISKY
from exports.plan import BATCH, Column, Plan
from exports.renderers import ISO_DATE, ISO_TIME, plain_numbers
from exports.sources import field_at

RISKY_SQL = "".join(f"\\u{ord(character):04x}" if character not in "-" else "\\-" for character in sorted(RISKY))
NUMBER_SQL = r"^-[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$"


class Text(Func):
    output_field = models.TextField()


class Plain(Text):
    template = "NULLIF(%(expressions)s, '')"


class Safe(Text):
    template = (
        f"CASE WHEN %(expressions)s ~ '^[{RISKY_SQL}]' AND %(expressions)s !~ '{NUMBER_SQL}' "
        "THEN '''' || %(expressions)s ELSE NULLIF(%(expressions)s, '') END"
    )


class AsText(Text):
    template = "(%(expressions)s)::text"


class YesOrNo(Text):
    template = "CASE WHEN %(expressions)s THEN '1' WHEN NOT %(expressions)s THEN '0' END"


class Day(Text):
    template = "to_char(%(expressions)s, 'YYYY-MM-DD')"


class Clock(Text):
    template = "to_char(%(expressions)s, 'HH24:MI:SS')"


class Moment(Text):
    template = "to_char(%(expressions)s AT TIME ZONE '%(zone)s', 'YYYY-MM-DD HH24:MI:SS')"


def _clock(widget: Any) -> bool:
    return bool(widget.formats[0] == ISO_TIME)


def _day(widget: Any) -> bool:
    return bool(widget.formats[0] == ISO_DATE)


def _moment(widget: Any) -> bool:
    named = isinstance(timezone.get_current_timezone(), ZoneInfo)  # an offset has its sign the other way round in SQL
    return bool(named and settings.USE_TZ and widget.formats[0] == f"{ISO_DATE} {ISO_TIME}")


def _number(widget: Any) -> bool:
    return plain_numbers()


def _any(widget: Any) -> bool:
    return True


TEXTS = (models.CharField, models.TextField)
# By widget: the model fields whose values SQL can write as it does, how, and whether it is set to.
CELLS: dict[type, tuple[tuple[type, ...], type[Func], Callable[[Any], bool]]] = {
    widgets.Widget: (TEXTS, Safe, _any),
    widgets.CharWidget: (TEXTS, Safe, _any),
    widgets.IntegerWidget: ((models.IntegerField,), AsText, _number),
    widgets.DecimalWidget: ((models.DecimalField,), AsText, _number),
    widgets.NumberWidget: ((models.IntegerField, models.DecimalField), AsText, _number),
    widgets.BooleanWidget: ((models.BooleanField,), YesOrNo, _any),
    widgets.DateWidget: ((models.DateField,), Day, _day),
    widgets.DateTimeWidget: ((models.DateTimeField,), Moment, _moment),
    widgets.TimeWidget: ((models.TimeField,), Clock, _clock),
}


def copyable(plan: Plan, guarded: bool) -> QuerySet[Any] | None:
    """The rows as text, ready to be copied; None when some cell needs Python, or this is not PostgreSQL."""
    rows = plan.rows
    if not (plan.reads_values and isinstance(rows, QuerySet) and len(plan.columns) > 1 and rows.query.group_by is None):
        return None
    if connections[rows.db].vendor != "postgresql":
        return None
    cells = {f"copied_{number}": _cell(rows.model, column, guarded) for number, column in enumerate(plan.columns)}
    if None in cells.values():
        return None
    return rows.annotate(**cells).values_list(*cells)


def copied(rows: QuerySet[Any]) -> Iterator[tuple[int, bytes]]:
    """The file's lines, a batch at a time, with how many they are.

    Broken off, it leaves a transaction that was open before as it was: PostgreSQL would give up the whole of it.
    """
    connection: Any = connections[rows.db]
    undone = transaction.atomic(rows.db) if connection.in_atomic_block else nullcontext()
    try:
        select = connection.ops.compose_sql(*rows.query.get_compiler(rows.db).as_sql())
    except EmptyResultSet:  # known without asking, as of `none()`
        return
    with undone, connection.cursor() as cursor, cursor.copy(f"COPY ({select}) TO STDOUT (FORMAT csv)") as lines:
        while batch := [bytes(line) for line in islice(lines, BATCH)]:
            yield len(batch), _with_crlf(b"".join(batch))


def _with_crlf(lines: bytes) -> bytes:
    """Line ends as Python's csv writes them; those inside quotation marks belong to a cell and stay."""
    parts = lines.split(b'"')
    parts[::2] = [part.replace(b"\n", b"\r\n") for part in parts[::2]]
    return b'"'.join(parts)


def _cell(model: type[models.Model], column: Column, guarded: bool) -> Func | None:
    widget, source = column.field.widget, column.source
    if source is None or source.keys or source.decode or not widget.coerce_to_string or type(widget) not in CELLS:
        return None
    fields, make, fits = CELLS[type(widget)]
    stored = field_at(model, source.select)
    if not isinstance(stored, fields) or hasattr(stored, "from_db_value") or not fits(widget):
        return None
    if isinstance(stored, models.DateTimeField) != (make is Moment):
        return None
    if make is Moment:
        return Moment(F(str(source.select)), zone=timezone.get_current_timezone_name())
    return (Plain if make is Safe and not guarded else make)(F(str(source.select)))
