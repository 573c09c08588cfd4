"""What somebody can do who writes into the database past the product: first the triggers go."""

from typing import Any

from django.db import connection

ENTRIES, LINKS = "cdop_forms_auditentry", "cdop_forms_auditlink"


def sql(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def drop_triggers() -> None:
    with connection.cursor() as cursor:
        for table in (ENTRIES, LINKS):
            if connection.vendor == "sqlite":
                for event in ("UPDATE", "DELETE"):
                    cursor.execute(f'DROP TRIGGER IF EXISTS "cdop_{table}_{event}"')
            else:
                cursor.execute(f'DROP TRIGGER IF EXISTS cdop_written_once ON "{table}"')


def edit(entry_id: int, column: str, value: Any) -> None:
    sql(f"UPDATE {ENTRIES} SET {column} = %s WHERE id = %s", value, entry_id)


def delete(entry_id: int) -> None:
    sql(f"DELETE FROM {LINKS} WHERE entry_id = %s", entry_id)
    sql(f"DELETE FROM {ENTRIES} WHERE id = %s", entry_id)


def renumber(above: int) -> None:
    """Close the gap in the numbers above one that was deleted, from the lowest on."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT position FROM {LINKS} WHERE position > %s ORDER BY position", [above])
        for (position,) in cursor.fetchall():
            sql(f"UPDATE {LINKS} SET position = %s WHERE position = %s", position - 1, position)
