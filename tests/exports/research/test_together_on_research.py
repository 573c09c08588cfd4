"""Two people decide on one research project at the same moment, each in a transaction of their own."""

import pytest

from exports.models import ResearchChange, ResearchProject
from exports.research import services
from tests.exports.research.researching import approved, asked
from tests.workflow.test_together import together
from workflow.services import MoveRefused

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def chair(person, notification):
    return person("Panel chair")


@pytest.fixture
def governance(person):
    return person("Information governance")


def state():
    return ResearchProject.objects.get().state


def test_two_who_approve_at_once_are_the_first_and_the_second(chair, governance):
    project = asked()
    together(lambda: services.approve(project, chair), lambda: services.approve(project, governance))
    assert state() == "approved"
    assert [change.transition for change in project.changes.all()] == ["request", "approve", "approve_too"]


def test_somebody_who_presses_twice_at_once_approves_once(chair, governance):
    project = asked()
    results = together(lambda: services.approve(project, chair), lambda: services.approve(project, chair))
    assert [type(result) for result in results if isinstance(result, Exception)] == [MoveRefused]
    assert state() == "approved_once"


def test_two_who_saw_the_same_page_do_not_both_decide(chair, governance):
    project = asked()
    seen = project.changes.last().pk
    results = together(
        lambda: services.approve(project, chair, seen=seen),
        lambda: services.move(project, "refuse", governance, "Invented", seen=seen),
    )
    [refused] = [result for result in results if isinstance(result, MoveRefused)]
    assert "Look at it again" in str(refused)
    assert state() in ("approved_once", "refused")


def test_a_project_that_ends_while_another_ends_it_ends_once(chair, governance):
    project = approved()
    results = together(
        lambda: services.move(project, "end", chair, "Over."),
        lambda: services.move(project, "end", governance, "Over."),
    )
    assert [type(result) for result in results if isinstance(result, Exception)] == [MoveRefused]
    assert ResearchChange.objects.filter(transition="end").count() == 1
