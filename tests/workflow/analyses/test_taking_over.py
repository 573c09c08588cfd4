"""What a signed analysis recommends becomes actions, each once."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from tests.notifying import days_ago
from tests.workflow.analyses.writing import ACTION, RECOMMENDATION, written
from workflow.analyses.signing import sign
from workflow.analyses.taking_over import asked_in, take_over, to_take_over
from workflow.models import Action, Agency, Case
from workflow.services import MoveRefused

pytestmark = pytest.mark.django_db
DUE = days_ago(-90)


@pytest.fixture
def agreed(final, chair):
    sign(final, chair)
    return Case.objects.get(pk=final.case.pk)


def test_recommendations_and_actions_are_taken_over_as_they_stand(agreed, coordinator):
    made = take_over(agreed, coordinator, DUE)
    assert [(each.kind, each.text, each.organisation, each.level, each.due_on) for each in made] == [
        ("recommendation", RECOMMENDATION["text"], "Example Trust", "local", DUE),
        ("action", ACTION["text"], "Example Council", "local", dt.date(2030, 3, 31)),
    ]
    assert {action.state for action in made} == {"agreed"}
    assert agreed.timeline.filter(kind="action").count() == 2


def test_pressed_twice_nothing_is_taken_over_twice_also_when_the_action_was_changed_since(agreed, coordinator):
    take_over(agreed, coordinator, DUE)
    Action.objects.filter(kind="action").update(text="Put in other words.")
    assert take_over(agreed, coordinator, DUE) == []
    assert to_take_over(agreed) == []
    assert Action.objects.count() == 2


def test_a_newer_version_brings_only_what_is_new(agreed, coordinator, chair):
    take_over(agreed, coordinator, DUE)
    more = [RECOMMENDATION | {"text": RECOMMENDATION["text"].upper()}, RECOMMENDATION | {"text": "Another."}]
    newer = written(agreed, "panel", coordinator, "Late result", recommendations=more, actions=[])
    assert to_take_over(agreed) == []
    sign(newer, chair)
    assert [each.text for each in take_over(agreed, coordinator, DUE)] == ["Another."]


def test_an_organisation_that_is_an_agency_here_is_that_agency(agreed, coordinator):
    agency = Agency.objects.create(name="example trust", kind="acute_trust", lead_email="lead@invented.example")
    first, _ = take_over(agreed, coordinator, DUE)
    assert (first.agency, first.organisation, first.email) == (agency, "", "lead@invented.example")


@pytest.mark.parametrize(
    ("group", "item", "kept"),
    [
        ("actions", ACTION | {"status": "done"}, False),
        ("actions", ACTION | {"status": "stopped"}, False),
        ("actions", ACTION | {"status": "under_way"}, True),
        ("actions", {"text": "Nobody’s."}, False),
        ("recommendations", {"text": "Nobody’s."}, False),
        ("recommendations", RECOMMENDATION | {"level": "nonsense"}, True),
        ("recommendations", RECOMMENDATION | {"addressed_to": "Long " * 100}, True),
    ],
)
def test_only_what_is_still_to_be_done_by_somebody_is_taken_over(group, item, kept):
    found = list(asked_in({group: [item]}))
    assert bool(found) is kept
    assert all(each.level == "local" and len(each.owner) <= 200 for each in found)


def test_a_day_that_is_only_known_by_its_month_is_no_day(agreed):
    assert next(asked_in({"actions": [ACTION | {"due": "2030-03"}]})).due is None


def test_without_a_signature_there_is_nothing_to_take_over(final, coordinator):
    assert to_take_over(final.case) == []
    with pytest.raises(MoveRefused, match="no signed final analysis"):
        take_over(final.case, coordinator, DUE)


@pytest.mark.parametrize("role", ["Designated doctor", "Panel member", "Information governance", "Analyst"])
def test_those_who_keep_no_actions_take_nothing_over(agreed, person, role):
    with pytest.raises(PermissionDenied):
        take_over(agreed, person(role), DUE)


def test_the_chair_may_too(agreed, chair):
    assert len(take_over(agreed, chair, DUE)) == 2
