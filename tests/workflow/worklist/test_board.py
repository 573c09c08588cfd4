"""The area at one glance, and who has how much."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.notifying import days_ago
from tests.workflow.reviewing import review
from workflow.models import Case, Clock, StateChange
from workflow.states import ENDED, LABELS, State
from workflow.worklist import services
from workflow.worklist.board import SHOWN, board, loads
from workflow.worklist.selectors import colleagues

pytestmark = pytest.mark.django_db


def column(user, state):
    return {found.state: found for found in board(user)}[state]


def test_an_area_without_cases_has_an_empty_board(coordinator):
    assert board(coordinator) == []


def test_each_state_tells_how_many_there_are_and_what_to_do(case, notify, coordinator, chair):
    review(notify(), coordinator, chair, until="accept")
    notified = column(coordinator, "notified")
    assert (notified.count, notified.label, [each.pk for each in notified.cases]) == (1, "Notified", [case.pk])
    assert "decide scope" in notified.next_step
    assert column(coordinator, "information_gathering").count == 1


def test_the_columns_stand_along_the_road(case, notify, coordinator, chair):
    for until in ("record_cdrm", "accept"):
        review(notify(), coordinator, chair, until=until)
    assert [found.state for found in board(coordinator)] == ["notified", "information_gathering", "cdrm_held"]


def test_ended_cases_are_not_on_the_board(case, coordinator, chair):
    review(case, coordinator, chair, until="close")
    assert board(coordinator) == []
    assert not {found.state for found in board(coordinator)} & ENDED


def test_the_days_are_counted_from_when_the_case_came_into_its_state(case, coordinator, chair, monkeypatch):
    review(case, coordinator, chair, until="accept")
    moved = case.state_changes.last().at
    monkeypatch.setattr(timezone, "now", lambda: moved + dt.timedelta(days=40, hours=1))
    gathering = column(coordinator, "information_gathering")
    assert (gathering.oldest, gathering.cases[0].days) == (40, 40)


def test_a_change_that_leaves_the_case_in_its_state_does_not_begin_the_count_anew(case, coordinator, chair):
    moved = review(case, coordinator, chair, until="schedule_cdrm")
    StateChange.objects.create(
        case=moved, transition="reschedule_cdrm", source=moved.state, target=moved.state, by=coordinator,
        at=timezone.now() + dt.timedelta(days=5),
    )  # fmt: skip
    [shown] = column(coordinator, "cdrm_scheduled").cases
    assert shown.since <= timezone.now()


def test_those_past_a_time_limit_are_counted_once_however_many_limits_passed(case, coordinator):
    Clock.objects.filter(case=case).update(due_at=timezone.now() - dt.timedelta(days=1), met_at=None)
    assert Clock.objects.count() > 1
    assert column(coordinator, "notified").overdue == 1


def test_only_the_longest_in_a_state_are_named(case, notify, coordinator):
    for _ in range(SHOWN + 2):
        notify()
    Case.objects.filter(pk=case.pk).update(opened_at=timezone.now() - dt.timedelta(days=9))
    shown = column(coordinator, "notified")
    assert shown.count == SHOWN + 3
    assert len(shown.cases) == SHOWN
    assert shown.cases[0].pk == case.pk


def test_the_board_takes_two_queries_however_many_cases(case, notify, coordinator):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            board(coordinator)
        return len(queries)

    board(coordinator)
    before = asked()
    for _ in range(6):
        notify()
    assert asked() == before == 2


def test_every_open_state_has_a_column_of_its_own_name(case, coordinator):
    for state in State:
        super(type(Case.objects.all()), Case.objects.filter(pk=case.pk)).update(state=str(state))
        expected = [] if state in ENDED else [LABELS[state]]
        assert [found.label for found in board(coordinator)] == expected


def test_who_has_what_counts_cases_and_tasks_of_each_and_of_nobody(case, notify, coordinator, person):
    doctor = person("Designated doctor")
    services.assign(notify(), doctor, coordinator)
    services.give(case, "Ring the ward", coordinator, doctor, days_ago(1))
    services.give(case, "Ring the school", coordinator, doctor, days_ago(-1))
    services.give(case, "Anybody", coordinator, None, days_ago(-1))
    found = {load.person: load for load in loads(colleagues())}
    assert (found[doctor].cases, found[doctor].tasks, found[doctor].late_tasks) == (1, 2, 1)
    assert (found[None].cases, found[None].tasks) == (1, 1)
    assert (found[coordinator].cases, found[coordinator].tasks) == (0, 0)
    assert loads(colleagues())[0].person is None


def test_who_has_what_takes_three_queries_however_many_people(case, coordinator, person):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            loads(colleagues())
        return len(queries)

    before = asked()
    for number in range(2, 6):
        person("Coordinator", number)
    assert asked() == before == 3
