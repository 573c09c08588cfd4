"""Cases and tasks are given to people who work on cases, and done once."""

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied

from tests.notifying import days_ago
from tests.workflow.reviewing import review
from workflow.models import Case, Task
from workflow.roles import ROLES
from workflow.services import MoveRefused
from workflow.worklist import services
from workflow.worklist.board import loads
from workflow.worklist.desk import Days, Desk
from workflow.worklist.items import items
from workflow.worklist.selectors import colleagues

pytestmark = pytest.mark.django_db

WORK = {"Coordinator", "Designated doctor", "Administrator"}


@pytest.fixture
def doctor(person) -> User:
    return person("Designated doctor")


def told(case) -> list[str]:
    return [entry.text for entry in case.timeline.order_by("pk")]


def test_those_who_may_work_on_cases_are_colleagues_and_nobody_else(person, django_user_model):
    people = {role: person(role) for role in ROLES}
    left = person("Coordinator", 2)
    left.is_active = False
    left.save()
    root = django_user_model.objects.create_superuser("root")
    assert set(colleagues()) == {people[role] for role in WORK} | {root}


def test_a_case_gets_a_coordinator_and_the_timeline_says_so(case, coordinator, doctor):
    services.assign(case, doctor, coordinator)
    case.refresh_from_db()
    assert case.coordinator == doctor
    assert told(case)[-1] == "Coordinator: Designated doctor No 1."


def test_giving_a_case_to_whom_it_belongs_changes_nothing(case, coordinator):
    services.assign(case, coordinator, coordinator)
    before = told(case)
    services.assign(case, coordinator, coordinator)
    assert told(case) == before


def test_a_case_can_be_taken_from_everybody(case, coordinator):
    services.assign(case, coordinator, coordinator)
    services.assign(case, None, coordinator)
    assert Case.objects.get().coordinator is None
    assert told(case)[-1] == "Coordinator: nobody."


@pytest.mark.parametrize("role", sorted(set(ROLES) - WORK))
def test_who_does_not_work_on_cases_neither_gives_nor_gets_one(case, person, coordinator, role):
    outsider = person(role)
    with pytest.raises(PermissionDenied):
        services.assign(case, coordinator, outsider)
    with pytest.raises(MoveRefused, match="does not work on cases"):
        services.assign(case, outsider, coordinator)
    with pytest.raises(PermissionDenied):
        services.give(case, "Ring the ward", outsider)
    with pytest.raises(MoveRefused):
        services.give(case, "Ring the ward", coordinator, to=outsider)
    with pytest.raises(MoveRefused):
        services.tell(case, "Look at this", [outsider], coordinator)
    assert not Task.objects.exists()
    assert Case.objects.get().coordinator is None


def test_an_ended_case_gets_no_new_coordinator(case, coordinator, chair):
    closed = review(case, coordinator, chair, until="close")
    with pytest.raises(MoveRefused, match="Closed"):
        services.assign(closed, coordinator, coordinator)


def test_several_cases_are_given_at_once_or_none(case, notify, coordinator, chair):
    review(notify(), coordinator, chair, until="close")
    with pytest.raises(MoveRefused):
        services.assign_all(Case.objects.all(), coordinator, coordinator)
    assert not Case.objects.exclude(coordinator=None).exists()
    assert services.assign_all([case], coordinator, coordinator) == 1


def test_a_task_is_sealed_and_stands_on_the_timeline(case, coordinator, doctor):
    task = services.give(case, "Ring the mother of Testy", coordinator, doctor, days_ago(-3))
    assert "Testy" not in task.sealed_what
    assert task.what == "Ring the mother of Testy"
    newest = case.timeline.first()
    assert (newest.text, newest.words) == ("Task for Designated doctor No 1.", "Ring the mother of Testy")


def test_a_task_is_done_once_by_whoever_was_first(case, coordinator, doctor):
    task = services.give(case, "Ring the ward", coordinator, due_on=days_ago(0))
    services.finish(task, doctor)
    services.finish(task, coordinator)
    task.refresh_from_db()
    assert task.done_by == doctor
    assert told(case).count("Task done.") == 1


def test_a_task_of_an_ended_case_can_still_be_done(case, coordinator, chair):
    task = services.give(case, "File the letters", coordinator, due_on=days_ago(0))
    review(case, coordinator, chair, until="close")
    services.finish(task, coordinator)
    task.refresh_from_db()
    assert task.done_at


def test_a_note_is_laid_before_people_until_they_have_read_it(case, coordinator, doctor):
    services.tell(case, "The inquest is in May", [doctor], coordinator)
    [word] = Task.objects.filter(given_to=doctor, done_at=None)
    assert (word.what, word.due_on) == ("The inquest is in May", None)
    assert case.timeline.first().words == "The inquest is in May"
    services.finish(word, doctor)
    assert told(case).count("Task done.") == 0


def test_a_note_for_nobody_is_a_note(case, coordinator):
    services.tell(case, "Spoke to the ward", [], coordinator)
    assert not Task.objects.exists()
    assert told(case)[-1] == "Note"


@pytest.fixture
def left(case, coordinator, doctor):
    """The designated doctor, who had a case and a task, and whose account was closed."""
    services.assign(case, doctor, coordinator)
    services.give(case, "Ring the ward", coordinator, doctor, days_ago(1))
    doctor.is_active = False
    doctor.save(update_fields=["is_active"])
    return doctor


def test_what_somebody_had_who_left_is_nobodys(left, case, coordinator, client):
    client.force_login(coordinator)
    assert "1 case is kept going by nobody" in client.get("/admin/work/").content.decode()
    assert case.reference in client.get("/admin/work/people/").content.decode()
    assert case.reference in client.get("/admin/cases/?coordinator=null").content.decode()
    found = items(Desk(coordinator, "nobody"), Days(last=days_ago(0)))
    assert "Ring the ward" in [item.what for item in found]
    nobody = loads(colleagues())[0]
    assert (nobody.person, nobody.cases, nobody.tasks, nobody.late_tasks) == (None, 1, 1, 1)


def test_it_can_be_given_out_again(left, case, coordinator, client):
    client.force_login(coordinator)
    client.post("/admin/work/people/", {"cases": [case.reference], "to": coordinator.pk})
    assert Case.objects.get(pk=case.pk).coordinator == coordinator
    found = items(Desk(coordinator, coordinator), Days(last=days_ago(0)))
    assert "Ring the ward" in [item.what for item in found]
