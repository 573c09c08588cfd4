"""Many rows added by their values are the rows that objects would have been."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms.inserting import insert
from workflow.models import Case, CaseFact, StateChange, TimelineEntry

pytestmark = [pytest.mark.django_db, pytest.mark.hypothesis]
LONDON = ZoneInfo("Europe/London")
COLUMNS = ("case", "transition", "source", "target", "by", "at", "details")
WORDS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)
MOMENTS = st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2030, 1, 1)).map(lambda at: at.replace(tzinfo=LONDON))
DETAILS = st.dictionaries(WORDS, WORDS | st.integers(-9, 9) | st.booleans() | st.none(), max_size=3)
MOVES = st.lists(st.tuples(WORDS, WORDS, WORDS, MOMENTS, DETAILS), max_size=6)


def added_since(before: int) -> list[dict]:
    rows = StateChange.objects.filter(pk__gt=before).order_by("pk").values()
    return [{name: value for name, value in row.items() if name != "id"} for row in rows]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES)
def test_they_are_what_bulk_create_would_have_made(moves, case, person):
    by = person("Coordinator")
    before = StateChange.objects.latest("pk").pk
    with transaction.atomic():
        insert(StateChange, COLUMNS, ((case.pk, *move[:3], by.pk, *move[3:]) for move in moves))
        ours = added_since(before)
        transaction.set_rollback(True)
    with transaction.atomic():
        StateChange.objects.bulk_create(
            StateChange(case=case, by=by, transition=name, source=source, target=target, at=at, details=told)
            for name, source, target, at, told in moves
        )
        stock = added_since(before)
        transaction.set_rollback(True)
    assert ours == stock
    assert len(ours) == len(moves)


def test_what_is_not_named_has_its_default(case):
    insert(TimelineEntry, ("case", "kind", "text"), [(case.pk, "note", "Invented.")])
    entry = TimelineEntry.objects.latest("pk")
    assert (entry.by, entry.sealed_words, entry.words) == (None, "", "")
    assert dt.datetime.now(dt.UTC) - entry.at < dt.timedelta(minutes=1)


def test_values_that_are_alike_stay_apart(case):
    values = [True, 1, 1.0, "1", False, 0, "", [], {}, [1], {"a": 1}]
    insert(CaseFact, ("case", "name", "value"), [(case.pk, "invented", value) for value in values])
    kept = CaseFact.objects.filter(name="invented").order_by("pk").values_list("value", flat=True)
    assert [(type(value), value) for value in kept] == [(type(value), value) for value in values]


def test_no_rows_add_nothing(case):
    before = StateChange.objects.count()
    insert(StateChange, COLUMNS, [])
    assert StateChange.objects.count() == before


def test_a_row_that_the_database_refuses_leaves_none(case):
    before = TimelineEntry.objects.count()
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(TimelineEntry, ("case", "kind", "text"), [(case.pk, "note", "One."), (case.pk, "note", None)])
    assert TimelineEntry.objects.count() == before


def test_a_row_without_a_value_for_each_column_is_refused(case):
    with pytest.raises(ValueError, match="shorter"):
        insert(TimelineEntry, ("case", "kind", "text"), [(case.pk, "note")])


def test_it_takes_one_statement_for_all_of_them(case):
    with CaptureQueriesContext(connection) as asked:
        insert(TimelineEntry, ("case", "kind", "text"), [(case.pk, "note", str(each)) for each in range(50)])
    assert len(asked) == 1
    assert Case.objects.get(pk=case.pk).timeline.count() >= 50
