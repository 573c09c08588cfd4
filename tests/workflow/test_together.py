"""Two people at the same moment, each in a thread and a connection of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from forms.services import receive
from tests.notifying import invented_answers
from tests.workflow.reviewing import triage
from workflow import services
from workflow.matching.services import decide_apart
from workflow.models import Case, MatchDecision
from workflow.services import MoveRefused
from workflow.states import State

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def together(*acts: Callable[[], Any]) -> list[Any]:
    """What each act returned or raised, when all of them start at once."""
    start = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        start.wait()
        try:
            return act()
        except Exception as problem:
            return problem
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.fixture
def first(person):
    return person("Coordinator")


@pytest.fixture
def second(person):
    return person("Coordinator", 2)


def test_of_two_who_press_the_same_button_one_wins_and_the_other_reads_why(case, first, second):
    triage(case, first)
    results = together(lambda: services.move(case, "accept", first), lambda: services.move(case, "accept", second))
    [refused] = [result for result in results if isinstance(result, MoveRefused)]
    [moved] = [result for result in results if isinstance(result, Case)]
    assert moved.state == State.INFORMATION_GATHERING
    assert "already been done by Coordinator No" in str(refused)
    assert case.state_changes.filter(transition="accept").count() == 1
    assert case.timeline.filter(kind="moved").count() == 1


def test_of_two_different_moves_only_one_happens(case, first, second):
    triage(case, first)
    results = together(
        lambda: services.move(case, "accept", first),
        lambda: services.move(case, "offer_transfer", second, details={"receiving_area": "Invented CDOP"}),
    )
    assert sorted(type(result).__name__ for result in results) == ["Case", "MoveRefused"]
    assert case.state_changes.count() == 2


def test_a_decision_and_the_move_that_rests_on_it_take_turns(case, first, second):
    """Whichever comes first, no case is accepted whose newest scope decision was no at that moment."""
    triage(case, first)
    moved, _ = together(
        lambda: services.move(case, "accept", first),
        lambda: services.decide_scope(case, second, in_scope=False, reason_code="termination"),
    )
    accepted = case.state_changes.filter(transition="accept").first()
    refused_before = case.scope_decisions.last()
    assert isinstance(moved, MoveRefused) == (accepted is None)
    assert accepted is None or accepted.at <= refused_before.at


def test_two_who_merge_the_same_two_cases_the_other_way_round_end_with_one(case, notification, first, second):
    receive(notification, invented_answers())
    other = Case.objects.exclude(pk=case.pk).get()
    results = together(
        lambda: services.move(case, "mark_duplicate", first, details={"duplicate_of": other.reference}),
        lambda: services.move(other, "mark_duplicate", second, details={"duplicate_of": case.reference}),
    )
    assert sorted(type(result).__name__ for result in results) == ["Case", "MoveRefused"]
    [kept] = Case.objects.exclude(state=State.DUPLICATE)
    assert kept.submissions.count() == 2


def test_two_duplicates_merged_into_one_case_at_once_are_both_there(case, notification, first, second):
    for _ in range(2):
        receive(notification, invented_answers(sibling_concerns="yes"))
    one, other = Case.objects.exclude(pk=case.pk)
    results = together(
        lambda: services.move(one, "mark_duplicate", first, details={"duplicate_of": case.reference}),
        lambda: services.move(other, "mark_duplicate", second, details={"duplicate_of": case.reference}),
    )
    assert [type(result).__name__ for result in results] == ["Case", "Case"]
    assert case.submissions.count() == 3
    assert Case.objects.get(pk=case.pk).urgent


def test_a_merge_that_two_undo_at_once_is_undone_once(case, notification, first, second):
    receive(notification, invented_answers())
    other = Case.objects.exclude(pk=case.pk).get()
    services.move(other, "mark_duplicate", first, details={"duplicate_of": case.reference})
    results = together(
        lambda: services.move(other, "undo_duplicate", first, "Another child"),
        lambda: services.move(other, "undo_duplicate", second, "Another child"),
    )
    assert sorted(type(result).__name__ for result in results) == ["Case", "MoveRefused"]
    assert (case.submissions.count(), other.submissions.count()) == (1, 1)
    assert case.timeline.filter(text__contains="not the same child after all").count() == 1


def test_a_merge_is_undone_or_merged_on_and_never_both(case, notification, first, second):
    for _ in range(2):
        receive(notification, invented_answers())
    middle, last = Case.objects.exclude(pk=case.pk).order_by("pk")
    services.move(last, "mark_duplicate", first, details={"duplicate_of": middle.reference})
    together(
        lambda: services.move(last, "undo_duplicate", first, "Another child"),
        lambda: services.move(middle, "mark_duplicate", second, details={"duplicate_of": case.reference}),
    )
    came_back = Case.objects.get(pk=last.pk).state == State.NOTIFIED
    assert last.submissions.count() == came_back
    assert case.submissions.count() == (2 if came_back else 3)


def test_two_who_set_the_same_pair_apart_at_once_say_it_once(case, notification, first, second):
    receive(notification, invented_answers())
    other = Case.objects.exclude(pk=case.pk).get()
    results = together(lambda: decide_apart(case, other, first, True), lambda: decide_apart(other, case, second, True))
    assert results == [None, None]
    assert MatchDecision.objects.count() == 1


def test_notifications_that_arrive_together_get_a_number_each(notification, roles):
    results = together(*(lambda: receive(notification, invented_answers(nhs_number="not_known")) for _ in range(4)))
    assert [result for result in results if isinstance(result, Exception)] == []
    assert len(set(Case.objects.values_list("reference", flat=True))) == 4


def test_two_who_end_the_same_hold_end_it_once(case, first, second):
    held = services.hold(case, first, "coroner", ["panel"], case.died_on)
    together(
        lambda: services.end_hold(held, first, case.died_on), lambda: services.end_hold(held, second, case.died_on)
    )
    assert case.timeline.filter(kind="held", text__startswith="Hold ended").count() == 1
