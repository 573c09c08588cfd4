"""A worker is killed in the middle of a large export; the next one goes on, and the file is whole.

A process on a database of its own does it, as an operator runs it.
"""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.migrated import template
from tests.processes import ROOT, clean_environment, run

ROWS, PIECE = 6_000, 50
SECONDS = 120
FILL = f"""
from django.contrib.auth.models import Group, User
from exports.datasets import all_datasets
from exports.extract import Extract
from exports.formats import FORMATS
from exports.prepared import services
from exports.prepared.services import working
from forms.models import FormVersion, Submission
version = FormVersion.objects.get(form__slug="notification")
Submission.objects.bulk_create(
    Submission(reference=f"INVENTED-{{n:05}}", version=version, answers={{"sex": "female"}}, sealed="")
    for n in range({ROWS})
)
by = User.objects.create_user("invented")
by.groups.add(Group.objects.get(name="Analyst"))
working.SECONDS = -1
working.ROWS_IN_A_PIECE = {PIECE}
for kind in ("csv", "json", "xlsx", "parquet"):
    services.ask_for(Extract(all_datasets()["notifications"], FORMATS[kind]), "Test", by)
"""
WORK = f"""
from exports.prepared import services
from exports.prepared.services import working
working.ROWS_IN_A_PIECE = {PIECE}
services.prepare_further()
"""
FETCH = """
import hashlib
import io
import zipfile
from exports.datasets import all_datasets
from exports.extract import Extract
from exports.formats import FORMATS
from exports.models import PreparedExport
from exports.prepared import services
from exports.services import export
def inside(file):
    return zipfile.ZipFile(io.BytesIO(file)).read("xl/worksheets/sheet1.xml") if file[:2] == b"PK" else file
for prepared in PreparedExport.objects.select_related("log__by").order_by("pk"):
    by = prepared.log.by
    file = b"".join(services.fetch(prepared, by))
    at_once = b"".join(export(Extract(all_datasets()["notifications"], FORMATS[prepared.log.format]), "Test", by))
    print(prepared.log.end.rows, *(hashlib.sha256(inside(each)).hexdigest() for each in (file, at_once)))
"""


class Installation:
    """The product on a database file."""

    def __init__(self, var: Path) -> None:
        self.var = var
        self.settings = {"DJANGO_SETTINGS_MODULE": "cdop.settings.demo", "CDOP_VAR": str(var)}

    def manage(self, *command: str) -> str:
        done = run("manage.py", *command, **self.settings)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def begin_to_work(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "manage.py", "shell", "-v", "0", "-c", WORK]
        return subprocess.Popen(command, cwd=ROOT, env=clean_environment(**self.settings), start_new_session=True)

    def asks(self, sql: str) -> list[tuple]:
        with sqlite3.connect(self.var / "cdop.sqlite3", timeout=30) as database:
            return database.execute(sql).fetchall()

    def parts(self, number: int | None = None) -> int:
        """Of the export that was asked for as the first, the second and so on; or of all."""
        which = f"WHERE prepared_id = {number}" if number else ""
        return self.asks(f"SELECT count(*) FROM cdop_exports_preparedpart {which}")[0][0]

    def states(self) -> list[str]:
        return [state for (state,) in self.asks("SELECT state FROM cdop_exports_preparedexport ORDER BY id")]

    def kill_at(self, number: int, parts: int) -> None:
        """SIGKILL as soon as one of them has so many parts: nothing is finished, nothing is tidied."""
        worker = self.begin_to_work()
        until = time.monotonic() + SECONDS
        while self.parts(number) < parts and worker.poll() is None and time.monotonic() < until:
            time.sleep(0.005)
        os.killpg(worker.pid, signal.SIGKILL)
        assert worker.wait() == -signal.SIGKILL

    def forget_who_held_it(self) -> None:
        """As after two minutes in which the dead worker shows no sign of life."""
        self.asks("UPDATE cdop_exports_preparedexport SET held_until = datetime('now', '-1 hour')")


@pytest.fixture(scope="module")
def installation(tmp_path_factory) -> Installation:
    made = Installation(tmp_path_factory.mktemp("killed"))
    if template().exists():
        shutil.copyfile(template(), made.var / "cdop.sqlite3")
    made.manage("migrate", "--verbosity=0")
    made.manage("load_roles")
    made.manage("load_forms", "notification")
    made.manage("shell", "-v", "0", "-c", FILL)
    return made


def test_a_worker_that_is_killed_again_and_again_leaves_a_file_that_is_whole(installation):
    for number, parts in ((1, 20), (1, 60), (2, 80), (3, 20), (3, 90), (4, 10), (4, 70)):
        installation.kill_at(number, parts)
        assert parts <= installation.parts(number) < ROWS / PIECE
        assert "waiting" in installation.states()
        installation.forget_who_held_it()
    installation.manage("shell", "-v", "0", "-c", WORK)
    assert installation.states() == ["ready"] * 4
    lines = [line.split() for line in installation.manage("shell", "-v", "0", "-c", FETCH).splitlines()]
    assert [int(rows) for rows, _, _ in lines] == [ROWS] * 4
    assert all(made == at_once for _, made, at_once in lines)
    assert installation.states() == ["taken"] * 4
    assert installation.parts() == 0
