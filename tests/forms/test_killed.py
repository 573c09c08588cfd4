"""The server is killed while a form is being sent: who saw a receipt is stored, and who did not can send again."""

import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
import requests

from forms.spam import STARTED
from tests.migrated import template
from tests.notifying import walk
from tests.processes import ROOT, clean_environment, run

SECONDS_TO_START = 120
AFTER_SECONDS = (0.0, 0.01, 0.03, 0.1, 0.3)


class Server:
    """gunicorn on a database file, as an operator runs it."""

    def __init__(self, var: Path) -> None:
        self.var = var
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            self.port = found.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.settings = {"DJANGO_SETTINGS_MODULE": "cdop.settings.demo", "CDOP_VAR": str(var)}

    def manage(self, *command: str) -> None:
        done = run("manage.py", *command, **self.settings)
        assert done.returncode == 0, done.stderr

    def start(self) -> None:
        command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{self.port}", "--threads", "4", "cdop.wsgi"]
        with (self.var / "server.log").open("a") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=clean_environment(**self.settings), stderr=log, start_new_session=True
            )
        until = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < until:
            try:
                requests.get(f"{self.url}/health/live", timeout=30)
                return
            except requests.RequestException:
                time.sleep(0.1)
        pytest.fail((self.var / "server.log").read_text()[-2000:])

    def kill(self) -> None:
        """SIGKILL to the master and its worker at once: nothing is finished, nothing is tidied."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def age_drafts(self) -> None:
        """Nobody fills in a form as fast as a test does, and the server knows."""
        with sqlite3.connect(self.var / "cdop.sqlite3") as database:
            database.execute("UPDATE cdop_forms_draft SET started_at = datetime('now', '-1 hour')")

    def stored(self) -> tuple[int, int]:
        """Submissions and cases in the database file."""
        with sqlite3.connect(self.var / "cdop.sqlite3") as database:
            counts = [
                database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
                for table in ("cdop_forms_submission", "cdop_workflow_case")
            ]
        return counts[0], counts[1]


class Person:
    """A browser without JavaScript: keeps cookies, sends the token, follows nothing by itself."""

    def __init__(self, url: str) -> None:
        self.url, self.session = url, requests.Session()

    def get(self, address: str) -> requests.Response:
        return self.session.get(self.url + address, allow_redirects=False, timeout=60)

    def post(self, address: str, data: dict[str, str] | None = None) -> requests.Response:
        if "csrftoken" not in self.session.cookies:
            self.get(address)
        sent = (data or {}) | {"csrfmiddlewaretoken": self.session.cookies["csrftoken"]}
        return self.session.post(self.url + address, sent, allow_redirects=False, timeout=60)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("killed"))
    if template().exists():
        shutil.copyfile(template(), server.var / "cdop.sqlite3")
    server.manage("migrate", "--verbosity=0")
    server.manage("load_roles")
    server.manage("load_forms")
    server.manage("collectstatic", "--noinput", "--verbosity=0")
    server.start()
    yield server
    server.kill()


def press_send_and_kill(
    server: Server, person: Person, check: str, sent: dict[str, str], after: float
) -> requests.Response | None:
    """What the person saw, if anything, when the server died so many seconds after they pressed Send."""
    seen: list[requests.Response] = []

    def press() -> None:
        try:
            seen.append(person.post(check, sent))
        except requests.RequestException:
            return

    pressing = threading.Thread(target=press)
    pressing.start()
    time.sleep(after)
    server.kill()
    pressing.join()
    return seen[0] if seen else None


@pytest.mark.parametrize("after", AFTER_SECONDS)
def test_a_receipt_that_was_seen_is_stored_and_one_that_was_not_can_be_sent_for(server, after):
    person = Person(server.url)
    check = walk(person)
    server.age_drafts()
    submissions, cases = server.stored()
    sent = {"declaration": "yes", STARTED: re.search(f'name="{STARTED}" value="([^"]+)"', person.get(check).text)[1]}
    seen = press_send_and_kill(server, person, check, sent, after)
    stored = server.stored()
    server.start()
    assert stored in [(submissions, cases), (submissions + 1, cases + 1)]
    if seen is not None and seen.status_code == 302:
        assert stored == (submissions + 1, cases + 1)
    elif stored == (submissions, cases):
        assert "Invented Registrar" in person.get(check).text
    receipt = person.post(check, sent).headers["Location"]
    assert "We have received" in person.get(receipt).text
    assert server.stored() == (submissions + 1, cases + 1)
