"""“Not the same child” is remembered, with who said so, and can be opened again."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from workflow import services
from workflow.matching.selectors import newest_decision, proposals
from workflow.matching.services import decide_apart
from workflow.models import MatchDecision
from workflow.services import MoveRefused

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(case, notify):
    return case, notify()


def proposed(case, user):
    return [found.case for found in proposals(case, user)[0]]


def test_what_was_set_apart_is_proposed_on_neither_case(pair, coordinator):
    case, other = pair
    decide_apart(other, case, coordinator, True, "Cousins of one name")
    assert proposed(case, coordinator) == proposed(other, coordinator) == []
    [decision] = proposals(case, coordinator)[1]
    assert (decision.by, decision.reason, decision.besides(case)) == (coordinator, "Cousins of one name", other)


def test_it_can_be_looked_at_again(pair, coordinator, person):
    case, other = pair
    decide_apart(case, other, coordinator, True)
    decide_apart(other, case, person("Coordinator", 2), False, "The number was wrong")
    assert proposed(case, coordinator) == [other]
    assert proposals(case, coordinator)[1] == []
    assert newest_decision(case, other).by.username == "coordinator-2"
    assert MatchDecision.objects.count() == 2


def test_both_timelines_say_so_and_the_words_are_sealed(pair, coordinator):
    case, other = pair
    decide_apart(case, other, coordinator, True, "Spoke to Invented Parent")
    for one, about in ((case, other), (other, case)):
        line = one.timeline.get(kind="decided")
        assert line.text == f"Not the same child as {about.reference}."
        assert line.words == "Spoke to Invented Parent"
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM cdop_workflow_matchdecision")
        assert "Invented Parent" not in str(cursor.fetchall())


@pytest.mark.parametrize("apart", [True, False])
def test_saying_it_twice_changes_nothing(pair, coordinator, apart):
    case, other = pair
    decide_apart(case, other, coordinator, True)
    if not apart:
        decide_apart(case, other, coordinator, False)
    lines = case.timeline.count()
    decide_apart(other, case, coordinator, apart)
    assert case.timeline.count() == lines


def test_opening_what_was_never_set_apart_changes_nothing(pair, coordinator):
    decide_apart(*pair, coordinator, False)
    assert not MatchDecision.objects.exists()


def test_it_says_nothing_of_a_third_case(pair, notify, coordinator):
    case, other = pair
    third = notify()
    decide_apart(case, other, coordinator, True)
    assert proposed(case, coordinator) == [third]


def test_what_is_merged_cannot_be_set_apart(pair, coordinator):
    case, other = pair
    services.move(other, "mark_duplicate", coordinator, details={"duplicate_of": case.reference})
    for one, about in (pair, reversed(pair)):
        with pytest.raises(MoveRefused, match="Undo the merge first"):
            decide_apart(one, about, coordinator, True)


def test_a_case_is_not_set_apart_from_itself(case, coordinator):
    with pytest.raises(MoveRefused, match="same child as itself"):
        decide_apart(case, case, coordinator, True)


@pytest.mark.parametrize("role", ["Panel chair", "Panel member", "Information governance", "Analyst", "Form editor"])
def test_others_cannot_decide_it(pair, person, role):
    with pytest.raises(PermissionDenied):
        decide_apart(*pair, person(role), True)
    assert not MatchDecision.objects.exists()


def test_a_decision_is_never_changed(pair, coordinator):
    decide_apart(*pair, coordinator, True)
    with pytest.raises(ValidationError):
        MatchDecision.objects.update(apart=False)
