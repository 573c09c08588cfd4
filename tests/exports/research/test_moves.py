"""Who asks, who approves and what becomes of a project; all of it written down once."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django_fsm import ConcurrentTransition

from exports.models import ExportLog, ResearchChange, ResearchExtract, ResearchProject, ResearchRequest
from exports.research import services
from exports.research.states import BY_NAME, MOVES, ProjectState
from tests.exports.research.researching import approved, asked, children, taken
from tests.workflow.reviewing import somebody
from workflow.services import MoveRefused

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
CHAIR, GOVERNANCE, DOCTOR = "Panel chair", "Information governance", "Designated doctor"


@pytest.fixture(autouse=True)
def _people(roles, notification):
    pass


@pytest.fixture
def five(notification):
    return children(notification, 5)


def over(project):
    """The same project, some days after its last."""
    request = ResearchRequest.objects.get(pk=project.request_id)
    request.pk, request.expires_on = None, timezone.localdate() - dt.timedelta(days=1)
    request.save()
    ResearchProject.objects.filter(pk=project.pk).update(request=request)
    return ResearchProject.objects.get(pk=project.pk)


def state(project):
    return ResearchProject.objects.get(pk=project.pk).state


def test_two_people_of_two_rights_approve():
    project = asked()
    services.approve(project, somebody(CHAIR))
    assert state(project) == ProjectState.APPROVED_ONCE
    services.approve(project, somebody(GOVERNANCE))
    assert state(project) == ProjectState.APPROVED


def test_it_does_not_matter_who_of_the_two_is_first():
    project = asked()
    services.approve(project, somebody(GOVERNANCE))
    services.approve(project, somebody(CHAIR))
    assert state(project) == ProjectState.APPROVED


def test_nobody_approves_twice():
    project = asked()
    services.approve(project, somebody(CHAIR))
    with pytest.raises(MoveRefused, match="Somebody else"):
        services.approve(project, somebody(CHAIR))
    assert state(project) == ProjectState.APPROVED_ONCE


def test_somebody_who_holds_both_rights_cannot_approve_twice(person):
    both = person(CHAIR)
    both.groups.add(*person(GOVERNANCE, 2).groups.all())
    project = asked()
    services.approve(project, both)
    with pytest.raises(MoveRefused, match="Somebody else"):
        services.approve(project, both)


def test_two_people_of_the_same_right_are_not_enough(person):
    project = asked()
    services.approve(project, person(CHAIR, 1))
    with pytest.raises(MoveRefused, match="by the other"):
        services.approve(project, person(CHAIR, 2))
    assert state(project) == ProjectState.APPROVED_ONCE


@pytest.mark.parametrize("second", [CHAIR, GOVERNANCE])
def test_after_somebody_who_holds_both_rights_either_will_do(person, second):
    both = person(CHAIR, 2)
    both.groups.add(*person(GOVERNANCE, 2).groups.all())
    project = asked()
    services.approve(project, both)
    services.approve(project, person(second, 1))
    assert state(project) == ProjectState.APPROVED


def test_nobody_approves_what_they_asked_for_themselves():
    project = asked(somebody("Administrator"))
    with pytest.raises(MoveRefused, match="You asked for this"):
        services.approve(project, somebody("Administrator"))
    assert state(project) == ProjectState.REQUESTED


def test_nobody_refuses_what_they_asked_for_themselves():
    project = asked(somebody("Administrator"))
    with pytest.raises(MoveRefused, match="You asked for this"):
        services.move(project, "refuse", somebody("Administrator"), "Invented")


@pytest.mark.parametrize("role", ["Coordinator", "Analyst", DOCTOR, "Panel member", "Site editor"])
def test_other_roles_do_not_decide(role):
    project = asked(somebody("Administrator"))
    with pytest.raises(PermissionDenied):
        services.approve(project, somebody(role))
    with pytest.raises(PermissionDenied):
        services.move(project, "refuse", somebody(role), "Invented")
    assert state(project) == ProjectState.REQUESTED


@pytest.mark.parametrize("role", [CHAIR, GOVERNANCE, DOCTOR, "Panel member"])
def test_those_who_export_no_data_neither_ask_nor_make_extracts(five, role):
    with pytest.raises(PermissionDenied):
        asked(somebody(role))
    with pytest.raises(PermissionDenied):
        services.extract(approved(), somebody(role))
    assert not ExportLog.objects.exists()


@pytest.mark.parametrize("approvals", [0, 1])
def test_nothing_leaves_before_two_have_approved(five, approvals):
    project = asked()
    for role in [CHAIR][:approvals]:
        services.approve(project, somebody(role))
    with pytest.raises(MoveRefused, match="It is now"):
        services.extract(project, somebody("Analyst"))
    assert not ExportLog.objects.exists()


def test_a_refusal_needs_a_reason_and_is_the_end():
    project = asked()
    with pytest.raises(MoveRefused, match="the reason"):
        services.move(project, "refuse", somebody(CHAIR), "  ")
    services.move(project, "refuse", somebody(CHAIR), "It is not needed.")
    assert project.changes.last().words == "It is not needed."
    with pytest.raises(MoveRefused, match="Refused"):
        services.approve(project, somebody(GOVERNANCE))


def test_the_second_can_still_refuse():
    project = asked()
    services.approve(project, somebody(CHAIR))
    services.move(project, "refuse", somebody(GOVERNANCE), "It is not lawful.")
    assert state(project) == ProjectState.REFUSED


def test_what_is_written_in_words_is_sealed():
    project = asked()
    services.move(project, "refuse", somebody(CHAIR), "Because of Invented.")
    assert "Invented" not in project.changes.last().sealed_words
    assert "Made Up" not in project.request.sealed_researcher
    assert project.key not in ResearchProject.objects.get(pk=project.pk).sealed_key


def test_a_second_person_who_saw_the_page_before_the_first_decided_looks_again():
    project = asked()
    seen = project.changes.last().pk
    services.approve(project, somebody(CHAIR), seen=seen)
    with pytest.raises(MoveRefused, match="Approved by one"):
        services.approve(project, somebody(GOVERNANCE), seen=seen)
    assert state(project) == ProjectState.APPROVED_ONCE


def test_of_two_who_decide_at_once_only_one_is_written():
    project = asked()
    one, other = ResearchProject.objects.get(pk=project.pk), ResearchProject.objects.get(pk=project.pk)
    one.approve()
    one.save()
    other.refuse()
    with pytest.raises(ConcurrentTransition), transaction.atomic():
        other.save()
    assert state(project) == ProjectState.APPROVED_ONCE


def test_extracts_can_be_made_again(five):
    project = approved()
    taken(project)
    taken(project)
    assert state(project) == ProjectState.EXTRACTED
    assert project.extracts.count() == 2


def test_nothing_leaves_after_the_last_day(five):
    project = over(approved())
    with pytest.raises(MoveRefused, match="last day has passed"):
        services.extract(project, somebody("Analyst"))
    assert not ExportLog.objects.exists()


def test_what_is_past_its_last_day_is_not_approved_any_more():
    project = over(asked())
    with pytest.raises(MoveRefused, match="last day has passed"):
        services.approve(project, somebody(CHAIR))


def test_time_alone_ends_a_project_once():
    project = over(approved())
    running = approved()
    assert (services.expire_due(), services.expire_due()) == (1, 0)
    assert (state(project), state(running)) == (ProjectState.EXPIRED, ProjectState.APPROVED)
    assert project.changes.last().by is None


def test_nothing_leaves_after_it_ended(five):
    project = approved()
    services.move(project, "end", somebody("Analyst"), "The study is over.")
    with pytest.raises(MoveRefused, match="Ended"):
        services.extract(project, somebody("Analyst"))


@pytest.mark.parametrize("role", ["Analyst", CHAIR, GOVERNANCE])
def test_proof_of_deletion_is_recorded_once_it_is_over(role):
    project = approved()
    with pytest.raises(MoveRefused, match="It is now"):
        services.move(project, "prove", somebody(role), "Certificate INV-1")
    services.move(project, "end", somebody(role), "The study is over.")
    services.move(project, "prove", somebody(role), "Certificate INV-1")
    assert state(project) == ProjectState.DELETED
    assert project.changes.last().words == "Certificate INV-1"


def test_the_record_says_who_did_what_in_order(five):
    project = approved()
    taken(project)
    services.move(project, "end", somebody(CHAIR), "Over.")
    services.move(project, "prove", somebody(GOVERNANCE), "Certificate")
    told = [(change.transition, change.by.first_name) for change in project.changes.select_related("by")]
    assert told == [
        ("request", "Analyst"),
        ("approve", CHAIR),
        ("approve_too", GOVERNANCE),
        ("extract", "Analyst"),
        ("end", CHAIR),
        ("prove", GOVERNANCE),
    ]


@pytest.mark.parametrize("model", [ResearchRequest, ResearchChange, ResearchExtract])
def test_what_is_written_is_never_changed_or_deleted(five, model):
    taken(approved())
    row = model.objects.first()
    for attempt in (row.save, row.delete, model.objects.all().delete):
        with pytest.raises(ValidationError):
            attempt()


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"columns": []}, "Choose columns"),
        ({"columns": ["family_name"]}, "Choose columns"),
        ({"columns": ["reference"]}, "Choose columns"),
        ({"columns": ["sex", "nonsense"]}, "Choose columns"),
        ({"k": 4}, "At least 5"),
        ({"expires_on": timezone.localdate()}, "in the future"),
    ],
)
def test_what_cannot_be_given_is_not_asked_for(changes, problem):
    with pytest.raises(MoveRefused, match=problem):
        asked(**changes)
    assert not ResearchProject.objects.exists()


def test_fewer_children_than_must_look_alike_never_leave(notification):
    children(notification, 4)
    project = approved()
    with pytest.raises(MoveRefused, match="fewer than 5"):
        services.extract(project, somebody("Analyst"))
    assert not ExportLog.objects.exists()
    assert state(project) == ProjectState.APPROVED


def test_every_move_of_the_table_is_a_transition_of_the_model():
    assert all(hasattr(ResearchProject, move.name) for move in MOVES)
    assert set(BY_NAME) == {move.name for move in MOVES}
