"""Long imports: kept batch by batch, gone on with after a stop, done once by however many, all or nothing."""

import pytest
from django.core.files.storage import storages
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exports.imports import services
from exports.imports.selectors import outcomes
from exports.imports.services import checking, working
from exports.models import HistoryImport
from forms.sealing import seal
from forms.uploads import vault
from tests.exports.imports.bringing import COLUMNS, SYSTEM, as_csv, checked, row, rows
from workflow.models import Case

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture(autouse=True)
def _short_batches(monkeypatch):
    monkeypatch.setattr(checking, "BATCH", 5)


def begun(number, by):
    history = services.begin(SYSTEM, as_csv(rows(number)), by)
    services.name_columns(history, COLUMNS, by)
    return history


def test_a_check_that_was_stopped_goes_on_where_it_was(coordinator):
    history = services.work(begun(12, coordinator), seconds=0)
    assert (history.state, history.rows_checked, history.last_row) == ("checking", 5, 6)
    history = services.work(history, seconds=0)
    assert history.rows_checked == 10
    assert services.bring_further() == 1
    history.refresh_from_db()
    assert (history.state, history.rows_checked) == ("checked", 12)
    assert list(history.rows.values_list("number", flat=True)) == list(range(2, 14))


def test_a_duplicate_of_a_row_from_before_the_stop_is_still_found(coordinator):
    history = services.begin(SYSTEM, as_csv([*rows(7), row(Ref="OLD-2")]), coordinator)
    services.name_columns(history, COLUMNS, coordinator)
    services.work(history, seconds=0)
    assert outcomes(services.work(history)) == {"new": 7, "refused": 1}


def test_what_breaks_in_the_middle_of_bringing_in_leaves_nothing_and_can_be_gone_on_with(coordinator, monkeypatch):
    history = checked(as_csv(rows(12)), coordinator)
    services.make(history, coordinator)
    monkeypatch.setattr("exports.imports.services.asking.BATCH", 5)
    stock, calls = working.bring_in, []

    def stopped(*args, **kwargs):
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return stock(*args, **kwargs)

    monkeypatch.setattr(working, "bring_in", stopped)
    with pytest.raises(KeyboardInterrupt):
        services.work(history)
    assert not Case.objects.exists()
    history.refresh_from_db()
    assert history.state == "making"
    services.bring_further()
    assert Case.objects.filter(state="closed").count() == 12
    assert services.bring_further() == 0


def test_work_that_is_done_is_not_done_again(coordinator):
    history = checked(as_csv(rows(3)), coordinator)
    services.make(history, coordinator)
    stale = HistoryImport.objects.get(pk=history.pk)
    services.work(history)
    services.work(stale)
    working._make(stale.pk)
    assert Case.objects.count() == 3


def test_naming_the_columns_again_checks_everything_anew(coordinator):
    history = services.work(begun(12, coordinator), seconds=0)
    services.name_columns(history, COLUMNS, coordinator)
    assert outcomes(services.work(history)) == {"new": 12}


def test_a_batch_costs_the_same_number_of_queries_however_many_rows_it_has(coordinator, monkeypatch):
    def asked(number):
        monkeypatch.setattr(checking, "BATCH", number)
        with CaptureQueriesContext(connection) as found:
            history = checked(as_csv(rows(number)), coordinator)
            services.make(history, coordinator)
            services.work(history)
        services.undo(history, coordinator)
        services.work(history)
        return len(found)

    asked(2)
    # Many rows are written in several statements where a database takes only so many values in one.
    assert asked(40) <= asked(4) + 8


def test_a_large_import_is_brought_in_by_the_background_work(coordinator, monkeypatch):
    monkeypatch.setattr(working, "MADE_AT_ONCE", 5)
    history = checked(as_csv(rows(12)), coordinator)
    services.make(history, coordinator)
    assert services.work(history, seconds=5).state == "making"
    assert not Case.objects.exists()
    services.bring_further()
    assert Case.objects.count() == 12


def test_the_file_is_kept_packed_and_encrypted(coordinator):
    data = as_csv(rows(200))
    history = begun(200, coordinator)
    with storages["uploads"].open(history.stored_as) as file:
        kept = file.read()
    assert b"OLD-1" not in kept
    assert len(kept) < len(data) / 2


def test_a_file_that_an_older_version_kept_unpacked_is_still_read(coordinator):
    history = begun(7, coordinator)
    stored, key = vault.put(as_csv(rows(7)))
    HistoryImport.objects.update(stored_as=stored, sealed_key=seal(key))
    assert outcomes(services.work(history)) == {"new": 7}
