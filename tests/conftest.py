"""Shared by every room's tests."""

import gc
import json
from collections.abc import Callable, Generator, Iterator
from functools import lru_cache
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.db import connection, transaction
from django.utils.translation import override
from hypothesis import settings as hypothesis_settings
from pytest_django.plugin import blocking_manager_key
from xdist.scheduler import LoadFileScheduling

from forms.definitions import read
from forms.models import CodeList, Form, FormVersion
from forms.services import checksum_of, freeze, receive
from forms.stream import streams
from tests import vault
from tests.caches import empty_caches
from tests.migrated import copy_migrated, keep_migrated
from tests.notifying import invented_answers
from tests.translating import LANGUAGE, speak_marked
from workflow.models import Case
from workflow.roles import load_clock_rules, load_roles
from workflow.triggers import protect

# A busy machine is slow, not wrong.
hypothesis_settings.register_profile("cdop", deadline=None)
hypothesis_settings.load_profile("cdop")


MEETS_A_DATABASE = {"db", "transactional_db", "live_server"}
BRINGS_ITS_OWN = "test_killed.py"  # A file, on which a server is killed.


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks with `database` what can go differently on another one."""
    for item in items:
        meets = item.get_closest_marker("django_db") or MEETS_A_DATABASE & set(getattr(item, "fixturenames", ()))
        if item.get_closest_marker("any_database"):
            continue
        if (meets or "journeys" in item.path.parts) and item.path.name != BRINGS_ITS_OWN:
            item.add_marker("database")


def pytest_collection_finish() -> None:
    """What was imported stays: looking through it for garbage again and again took a sixth of the run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None) -> bool:
    return copy_migrated()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        keep_migrated()
        _load_roles()
        connection._test_serialized_contents = connection.creation.serialize_db_to_string()


def _load_roles() -> None:
    """Once for all tests: loading them took a good part of most tests' time."""
    load_roles()
    load_clock_rules()


@pytest.fixture(scope="session", autouse=True)
def _tests_may_empty_tables() -> None:
    """A test that commits ends by emptying every table, which SQLite’s triggers forbid; they are put back after it."""
    if connection.vendor != "sqlite":
        return
    stock = connection.ops.sql_flush

    def sql_flush(*args: Any, **kwargs: Any) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_DELETE'")
            return [*(f'DROP TRIGGER "{name}"' for (name,) in cursor.fetchall()), *stock(*args, **kwargs)]

    connection.ops.sql_flush = sql_flush


class FileByFile(LoadFileScheduling):
    """A file stays on one worker; so do all public journeys, and all in the admin, so that one server serves them."""

    def _split_scope(self, nodeid: str) -> str:
        file = super()._split_scope(nodeid)
        return file.rpartition("/")[0] if file.startswith("tests/journeys/") else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> FileByFile:
    # By number of tests, as it would be otherwise, journeys come last: the longest, and one worker waits for the other.
    config.option.loadscopereorder = False
    return FileByFile(config, log)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None, object, object]:
    """A test with real transactions ends by emptying the database; the next file on this worker wants what migrating
    had put there. After the last there may be no database any more."""
    result = yield
    marker = item.get_closest_marker("django_db")
    if nextitem and marker and marker.kwargs.get("transaction"):
        with item.config.stash[blocking_manager_key].unblock():
            connection.creation.deserialize_db_from_string(connection._test_serialized_contents)
            for app in apps.get_app_configs():
                protect(app)
    return result


@pytest.fixture(autouse=True)
def _empty_caches() -> None:
    empty_caches()


@pytest.fixture
def empty_vault(db: None, settings: Any) -> Iterator[None]:
    """Where files go that are sent, before and after; nobody looks for viruses in them."""
    settings.CLAMD_ADDRESS = ""
    vault.empty()
    yield
    vault.empty()


@pytest.fixture
def marked(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A language that is written from right to left, in which all our words are marked (tests/translating.py)."""
    speak_marked(monkeypatch)
    with override(LANGUAGE):
        yield


@pytest.fixture
def notification_form(db) -> Form:
    """The shipped notification form, published, with its start page."""
    call_command("load_forms", "notification", verbosity=0, stdout=StringIO())
    return Form.objects.get(slug="notification")


@pytest.fixture
def notification(request: pytest.FixtureRequest, db) -> FormVersion:
    """The shipped notification form, published; without its start page and its drafts, unless the test asks for them.

    Loading it as an editor would takes as long as the rest of most tests together.
    """
    if "notification_form" in request.fixturenames:
        return request.getfixturevalue("notification_form").newest_version()
    form = Form.objects.bulk_create([Form(live=True, **shipped_notification())])[0]
    if CodeList.objects.exists():
        return freeze(form)
    return FormVersion.objects.create(form=form, number=1, **json.loads(frozen_notification()))


@lru_cache(maxsize=1)
def shipped_notification() -> dict[str, Any]:
    data = read("notification")
    texts = {name: data.get(name, "") for name in ("slug", "title", "declaration", "confirmation", "acknowledge")}
    return texts | streams(data)


@lru_cache(maxsize=1)
def frozen_notification() -> str:
    """What `freeze` makes of it where there are no code lists: making it anew for each test took half of most."""
    with transaction.atomic():
        version = freeze(Form.objects.bulk_create([Form(live=True, **shipped_notification() | {"slug": "frozen"})])[0])
        transaction.set_rollback(True)
    schema = version.schema | {"slug": "notification"}
    return json.dumps({"schema": schema, "checksum": checksum_of(schema)})


@pytest.fixture
def roles(db) -> None:
    """The roles, their rights and the time limits, as every deployment has them."""
    if not Group.objects.filter(name="Coordinator").exists():
        _load_roles()


@pytest.fixture
def person(roles) -> Callable[[str], User]:
    """`person("Coordinator")`: an invented member of staff in that role."""

    def make(role: str, number: int = 1) -> User:
        name = f"{role.lower().replace(' ', '-')}-{number}"
        user, _ = User.objects.get_or_create(username=name, defaults={"first_name": role, "last_name": f"No {number}"})
        user.groups.add(Group.objects.get(name=role))
        return user

    return make


@pytest.fixture
def case(notification: FormVersion, roles) -> Case:
    """A case as a web notification opens it: a girl of six, invented."""
    return Case.objects.get(submissions__submission=receive(notification, invented_answers()))
