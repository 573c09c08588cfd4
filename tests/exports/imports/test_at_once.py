"""Two background processes that come upon one import."""

import threading

import pytest
from django.db import connection

from exports.imports import services
from exports.imports.selectors import outcomes
from exports.models import HistoryImport
from tests.exports.imports.bringing import COLUMNS, SYSTEM, as_csv, rows
from workflow.models import Case

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_two_at_once_bring_everything_in_once(coordinator):
    history = services.begin(SYSTEM, as_csv(rows(12)), coordinator)
    services.name_columns(history, COLUMNS, coordinator)
    problems = []

    def go():
        try:
            services.bring_further()
        except Exception as problem:
            problems.append(problem)
        finally:
            connection.close()

    for _ in range(2):
        workers = [threading.Thread(target=go) for _ in range(2)]
        [worker.start() for worker in workers]
        [worker.join() for worker in workers]
        if HistoryImport.objects.get().state == "checked":
            services.make(history, coordinator)
    services.bring_further()
    assert problems == []
    assert outcomes(history) == {"new": 12}
    assert Case.objects.count() == 12
