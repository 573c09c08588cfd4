"""A migrated database is made once for each set of migrations, then copied: most of a short run was migrating.

On SQLite it is a file beside other temporary ones, on PostgreSQL a database that says in its comment what it was made
of. A server that lives as long as the run, as ours does, walks every migration in every run.
"""

import hashlib
import os
import shutil
import sqlite3
import tempfile
from pathlib import Path

import psycopg
from django.db import connection
from psycopg.conninfo import conninfo_to_dict
from psycopg.sql import SQL, Identifier

from tests.processes import ROOT, run

MIGRATED = "cdop_migrated"
ONE_AT_A_TIME = 20_040_821


def digest() -> str:
    """What a migrated database depends on: these very migrations and packages."""
    found = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
    for migration in sorted(ROOT.glob("*/migrations/*.py")):
        found.update(f"{migration.relative_to(ROOT)}\n".encode() + migration.read_bytes())
    return found.hexdigest()[:16]


def template() -> Path:
    """Where the migrated SQLite database lies, once it has been made."""
    return Path(tempfile.gettempdir()) / f"cdop-migrated-{os.getuid()}-{digest()}.sqlite3"


def copy_migrated() -> bool:
    """Put a migrated database in the place of the test database; False when there is none to copy yet."""
    if connection.vendor == "postgresql":
        found = connection.settings_dict
        make_database(os.environ["DATABASE_URL"], found["TEST"]["NAME"] or f"test_{found['NAME']}")
        return True
    if not template().exists():
        return False
    target = Path(connection.settings_dict["TEST"]["NAME"])
    for leftover in target.parent.glob(f"{target.name}-*"):  # its journals
        leftover.unlink()
    shutil.copyfile(template(), target)
    return True


def keep_migrated() -> None:
    """Keep the freshly migrated test database for later runs."""
    if connection.vendor != "sqlite" or template().exists():
        return
    unfinished = template().with_suffix(f".{os.getpid()}")
    with sqlite3.connect(connection.settings_dict["NAME"]) as made, sqlite3.connect(unfinished) as kept:
        made.backup(kept)
    unfinished.rename(template())


def make_database(url: str, name: str) -> None:
    """A migrated database of this name on a PostgreSQL server, in the place of any that was there."""
    with psycopg.connect(url, autocommit=True) as server:
        server.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        said = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"
        if server.execute(said, [MIGRATED]).fetchone() != (digest(),):
            _replace(server, MIGRATED, "template0")
            settings = {"DJANGO_SETTINGS_MODULE": "cdop.settings.test", "DATABASE_URL": address(url, MIGRATED)}
            done = run("manage.py", "migrate", "-v0", **settings)
            assert done.returncode == 0, done.stderr
            server.execute(SQL("COMMENT ON DATABASE {} IS {}").format(Identifier(MIGRATED), digest()))
        _replace(server, name, MIGRATED)


def _replace(server: psycopg.Connection, name: str, template: str) -> None:
    server.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name)))
    server.execute(SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(name), Identifier(template)))


def address(url: str, name: str) -> str:
    """The same server, another database."""
    parts = conninfo_to_dict(url)
    host, user, password = parts.get("host", ""), parts.get("user", ""), parts.get("password", "")
    if host.startswith("/"):
        return f"postgresql://{user}:{password}@/{name}?host={host}"
    return f"postgresql://{user}:{password}@{host}:{parts.get('port', 5432)}/{name}"
