"""The database itself refuses to change or delete what is written once, whoever asks it.

Made after every migration, because SQLite forgets a table's triggers when a migration rebuilds the table. Columns of
sealed tokens are left out: `manage.py rotate_keys` puts the same words under a new key.
"""

from typing import Any

from django.apps import AppConfig
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.utils import CursorWrapper
from django.db.models import Model

from forms.sealing import SealedTextField
from workflow.models.append_only import AppendOnly

SENTENCE = "This record is never changed."
FUNCTION = f"""
CREATE OR REPLACE FUNCTION cdop_written_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{SENTENCE}' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""
POSTGRESQL = """
CREATE OR REPLACE TRIGGER cdop_written_once BEFORE UPDATE OF {columns} OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION cdop_written_once()
"""
SQLITE = """
CREATE TRIGGER "cdop_{name}_{event}" BEFORE {event} {columns} ON {table}
BEGIN SELECT RAISE(ABORT, '{sentence}'); END
"""


def protect(sender: AppConfig, using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """Put the triggers on every table of an app that is written once (receives `post_migrate`)."""
    connection = connections[using]
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for model in sender.get_models():
            if issubclass(model, AppendOnly) and model._meta.db_table in tables:
                _PROTECTORS[connection.vendor](cursor, model)


def _postgresql(cursor: CursorWrapper, model: type[Model]) -> None:
    cursor.execute(FUNCTION)
    cursor.execute(POSTGRESQL.format(table=f'"{model._meta.db_table}"', columns=_columns(cursor, model)))


def _sqlite(cursor: CursorWrapper, model: type[Model]) -> None:
    name = model._meta.db_table
    for event, columns in (("UPDATE", f"OF {_columns(cursor, model)}"), ("DELETE", "")):
        cursor.execute(f'DROP TRIGGER IF EXISTS "cdop_{name}_{event}"')
        cursor.execute(SQLITE.format(name=name, event=event, columns=columns, table=f'"{name}"', sentence=SENTENCE))


_PROTECTORS = {"postgresql": _postgresql, "sqlite": _sqlite}


def _columns(cursor: CursorWrapper, model: type[Model]) -> str:
    """The columns that may never change, as far as the table has them yet."""
    introspection = cursor.db.introspection
    present = {column.name for column in introspection.get_table_description(cursor, model._meta.db_table)}
    kept = {field.column for field in model._meta.concrete_fields if not isinstance(field, SealedTextField)}
    return ", ".join(f'"{column}"' for column in sorted(present & kept))
