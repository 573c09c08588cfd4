"""Two processes that come upon one large export."""

import datetime as dt
import threading

import pytest
from django.db import connection
from django.utils import timezone

from exports.models import PreparedExport
from exports.prepared import services
from exports.prepared.services import working
from tests.exports.prepared.preparing import asked, fetched, now, streamed

pytestmark = [pytest.mark.django_db(transaction=True, serialized_rollback=True), pytest.mark.usefixtures("empty_vault")]


def at_once(work, times: int = 2) -> list[Exception]:
    problems: list[Exception] = []

    def go() -> None:
        try:
            work()
        except Exception as problem:
            problems.append(problem)
        finally:
            connection.close()

    workers = [threading.Thread(target=go) for _ in range(times)]
    [worker.start() for worker in workers]
    [worker.join() for worker in workers]
    return problems


def test_two_workers_make_it_once(many, analyst, monkeypatch):
    monkeypatch.setattr(working, "SECONDS", -1)
    prepared = asked(analyst, kind="json")
    assert at_once(services.prepare_further) == []
    services.prepare_further()
    assert (now(prepared).state, now(prepared).made, now(prepared).parts.count()) == ("ready", many, 5)
    assert fetched(prepared, analyst) == streamed(analyst, kind="json")


def test_a_worker_that_was_slow_writes_nothing_once_another_took_over(many, analyst, monkeypatch):
    monkeypatch.setattr(working, "SECONDS", -1)
    prepared = asked(analyst)
    slow = working._take(prepared)
    PreparedExport.objects.update(held_until=timezone.now() - dt.timedelta(seconds=1))
    services.work(prepared, seconds=-1)
    parts = now(prepared).parts.count()
    with pytest.raises(working.Lost):
        working._make(slow, until=float("inf"))
    assert now(prepared).parts.count() == parts
    services.work(prepared)
    assert fetched(prepared, analyst) == streamed(analyst)


def test_two_downloads_at_once_give_one_file(many, analyst):
    prepared = asked(analyst)
    services.work(prepared)
    files: list[bytes] = []
    problems = at_once(lambda: files.append(fetched(prepared, analyst)))
    assert (len(files), [type(problem).__name__ for problem in problems]) == (1, ["ExportRefused"])
