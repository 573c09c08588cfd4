"""A real server, started as `make run` starts it, and a real browser that tells on every page."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.migrated import address, make_database, template
from tests.processes import ROOT, clean_environment

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
DEMO_PASSWORD = "demonstration"
SECONDS_TO_START = 300
# A loaded machine is slow; a broken page never comes.
MILLISECONDS_TO_WAIT = 45_000


@dataclass(frozen=True)
class Server:
    url: str
    environment: dict[str, str]

    def manage(self, *command: str) -> str:
        """What `manage.py command…` prints, run beside this server."""
        asked = [sys.executable, "manage.py", *command]
        done = subprocess.run(asked, cwd=ROOT, env=self.environment, check=True, capture_output=True, text=True)
        return done.stdout.strip()


@dataclass
class Watch:
    """What a browser complained about and whom else it called: nothing, when all is well."""

    home: str
    complaints: list[str] = field(default_factory=list)

    def over(self, page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(f"script error: {error}"))
        page.on("request", self._request)

    def _console(self, message) -> None:
        if message.type == "error":
            self.complaints.append(f"console: {message.text} ({message.location.get('url', '')})")

    def _request(self, request) -> None:
        if urlsplit(request.url).scheme in ("http", "https") and not request.url.startswith(self.home):
            self.complaints.append(f"request to another host: {request.url}")


REQUIRED = os.environ.get("CDOP_JOURNEYS") == "required"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if CHROMIUM or REQUIRED:
        return
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.skip(reason=f"no Chromium for the journey {item.name}"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item):
    """Where journeys are required, one that skips itself has failed."""
    report = yield
    if REQUIRED and report.skipped and "journeys" in item.path.parts:
        report.outcome = "failed"
        report.longrepr = f"Skipped, though CDOP_JOURNEYS=required: {report.longrepr}"
    return report


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def _database(worker: str) -> str:
    """A database of the server's own beside the one the suite uses; none on SQLite, where the folder is enough."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        return ""
    make_database(url, f"journeys_{worker}")
    return address(url, f"journeys_{worker}")


@pytest.fixture(scope="package")
def server(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Server]:
    """The demo, served by gunicorn; one for all journeys of a worker."""
    port, var = _free_port(), tmp_path_factory.mktemp("var")
    environment = clean_environment(
        DJANGO_SETTINGS_MODULE="cdop.settings.demo", CDOP_VAR=str(var), BASE_URL=f"http://localhost:{port}"
    )
    if database := _database(worker_id):
        environment["DATABASE_URL"] = database
    elif template().exists():
        shutil.copyfile(template(), var / "cdop.sqlite3")
    log = tmp_path_factory.mktemp("log") / "server.log"
    with log.open("w") as output:
        command = [sys.executable, "manage.py", "start", "--port", str(port)]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT)
    try:
        _await_ready(f"http://localhost:{port}", process, log)
        yield Server(f"http://localhost:{port}", environment)
    finally:
        process.terminate()
        process.wait(60)


def _await_ready(url: str, process: subprocess.Popen, log: Path) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{url}/health/ready", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    pytest.fail(f"The server did not start:\n{log.read_text()[-3000:]}")


@pytest.fixture(scope="package")
def chromium() -> Iterator:
    from playwright.sync_api import sync_playwright

    if CHROMIUM is None:
        pytest.fail("CDOP_JOURNEYS=required, but there is no Chromium (apt-get install chromium fonts-liberation).")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"],
        )
        yield browser
        browser.close()


@pytest.fixture
def watch(server: Server) -> Iterator[Watch]:
    """Watches every page of a journey. A journey that means to meet an error clears `watch.complaints`."""
    watch = Watch(server.url)
    yield watch
    assert watch.complaints == []


@pytest.fixture
def open_page(chromium, server: Server, watch: Watch) -> Iterator[Callable]:
    """`open_page(width)`: a watched page in a browser of its own."""
    opened = []

    def open_one(width: int = 1280, **options):
        context = chromium.new_context(viewport={"width": width, "height": 900}, base_url=server.url, **options)
        context.set_default_timeout(MILLISECONDS_TO_WAIT)
        opened.append(context)
        context.on("page", watch.over)
        return context.new_page()

    yield open_one
    for context in opened:
        context.close()


# What a page looks like does not depend on the database: on PostgreSQL every journey is made at one width.
WIDTHS = {"phone": 320} if os.environ.get("DATABASE_URL") else {"desktop": 1280, "phone": 320}


@pytest.fixture(params=WIDTHS.values(), ids=WIDTHS)
def width(request: pytest.FixtureRequest) -> int:
    """The smaller is also a desktop page at 400 % (WCAG 1.4.10)."""
    return request.param


@pytest.fixture
def page(open_page, width):
    """A visitor's page, at desktop and at phone width."""
    return open_page(width)


@pytest.fixture
def plain_page(open_page):
    """A visitor's page without JavaScript."""
    return open_page(java_script_enabled=False)


@pytest.fixture
def staff_page(open_page) -> Callable:
    """`staff_page("coordinator")`: a page of a member of staff who has logged in."""

    def log_in(username: str, width: int = 1280):
        page = open_page(width)
        page.goto("/admin/login/")
        page.fill("#id_username", username)
        page.fill("#id_password", DEMO_PASSWORD)
        page.click("button[type=submit]")
        page.wait_for_url("**/admin/")
        return page

    return log_in
