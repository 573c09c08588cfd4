"""Adding many rows by their values: `bulk_create` makes an object of each, and several times as long of it."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import connection, models


def insert(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Rows of values in the order of `columns`, a foreign key as its primary key; what is not named has its default.

    No signal is sent and nothing is checked but by the database.
    """
    given: list[Any] = [model._meta.get_field(name) for name in columns]
    rest = [each for each in model._meta.local_concrete_fields if not each.primary_key and each not in given]
    always = tuple(each.get_db_prep_save(each.get_default(), connection) for each in rest)
    quoted = ", ".join(connection.ops.quote_name(each.column) for each in (*given, *rest))
    table, places = connection.ops.quote_name(model._meta.db_table), ", ".join(["%s"] * len((*given, *rest)))
    writers = [_writer(each) for each in given]
    values = [(*(write(value) for write, value in zip(writers, row, strict=True)), *always) for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({quoted}) VALUES ({places})", values)  # noqa: S608 - names of ours


def _writer(field: Any) -> Callable[[Any], Any]:
    """How a value is written. Those that come again, such as days and kinds, are turned only once."""
    seen: dict[Any, Any] = {}

    def write(value: Any) -> Any:
        if isinstance(value, dict | list):
            return field.get_db_prep_save(value, connection)
        key = type(value), value  # 1 and True are one key otherwise.
        if key not in seen:
            seen[key] = field.get_db_prep_save(value, connection)
        return seen[key]

    return write
