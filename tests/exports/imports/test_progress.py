"""How far an import is, told while the database shows none of it."""

import pytest
from django.core.cache import caches

from exports.imports import services
from exports.imports.services import progress, working
from exports.models import HistoryImport
from tests.exports.imports.bringing import as_csv, checked, made, row, rows
from workflow.models import Case

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch):
    monkeypatch.setattr("exports.imports.services.asking.BATCH", 2)
    caches["progress"].clear()


@pytest.fixture
def told(monkeypatch):
    """What was told, in order, and what others would have read then."""
    seen = []

    def tell(history, done):
        real(history, done)
        seen.append(progress.rows_done(history))

    real = progress.tell
    monkeypatch.setattr(working.progress, "tell", tell)
    return seen


def test_bringing_in_tells_after_each_batch_and_forgets_at_its_end(coordinator, told):
    history = made(as_csv(rows(5)), coordinator)
    assert told == [2, 4, 5]
    assert progress.rows_done(history) == 0


def test_undoing_tells_it_too(coordinator, told):
    history = made(as_csv(rows(3)), coordinator)
    services.undo(history, coordinator)
    services.work(history)
    assert told == [2, 3, 2, 3]


def test_what_is_stopped_by_a_refusal_is_not_at_work_any_more(coordinator, told):
    history = checked(as_csv(rows(3)), coordinator)
    made(as_csv([row(Ref="OLD-3")]), coordinator)
    services.make(history, coordinator)
    assert services.work(history).state == "checked"
    assert progress.rows_done(history) == 0
    assert Case.objects.count() == 1


def test_the_page_says_how_far_it_is(client, coordinator):
    client.force_login(coordinator)
    history = checked(as_csv(rows(4)), coordinator)
    services.make(history, coordinator)
    progress.tell(history, 3)
    page = client.get(f"/admin/exports/imports/{history.pk}/").content.decode()
    assert "3 of 4 rows brought in; they count once all are." in page
    assert 'max="4" value="3"' in page
    services.work(history)
    assert "<progress" not in client.get(f"/admin/exports/imports/{history.pk}/").content.decode()


def test_a_check_says_how_many_rows_are_checked(client, coordinator):
    client.force_login(coordinator)
    history = checked(as_csv(rows(4)), coordinator)
    HistoryImport.objects.filter(pk=history.pk).update(state="checking", rows_checked=2)
    assert "2 of 4 rows checked." in client.get(f"/admin/exports/imports/{history.pk}/").content.decode()
