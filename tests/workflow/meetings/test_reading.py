"""Who reads which case because of which meeting, and from whom a case is hidden."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from forms.services import receive
from tests.notifying import invented_answers
from tests.workflow.reviewing import ANSWERS, hold_panel, review
from workflow import services as cases
from workflow.meetings import services
from workflow.meetings.declaring import declare
from workflow.meetings.selectors import item_of, present
from workflow.models import Case, Interest, PanelSettings
from workflow.selectors import cases_for
from workflow.services import MoveRefused

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(person):
    return person("Panel member")


@pytest.fixture
def before_panel(case, coordinator, chair, member):
    """A case on an agenda that has been shared with the member."""
    return review(case, coordinator, chair, until="schedule_panel")


def seat_of(case, user):
    return item_of(case).meeting.seats.get(user=user)


def test_a_member_reads_the_cases_on_an_agenda_of_theirs_that_has_been_shared(
    before_panel, coordinator, person, member
):
    assert list(cases_for(member)) == [before_panel]
    assert not cases_for(person("Panel member", 2)).exists()
    services.move(item_of(before_panel).meeting, "take_back", coordinator)
    assert not cases_for(member).exists()


def test_a_member_reads_no_other_case(before_panel, notification, member, coordinator, chair):
    receive(notification, invented_answers(nhs_number="", nhs_number_missing_reason="not_currently_available"))
    other = Case.objects.exclude(pk=before_panel.pk).get()
    assert other not in cases_for(member)
    review(other, coordinator, chair, until="quality_checked")
    assert other not in cases_for(member)


def test_a_member_reads_it_until_it_is_submitted(before_panel, coordinator, chair, member):
    hold_panel(before_panel, coordinator)
    case = cases.move(before_panel, "record_panel", chair, details=ANSWERS["record_panel"])
    assert case in cases_for(member)
    case = cases.move(case, "sign_off", chair, details=ANSWERS["sign_off"])
    cases.move(case, "finalise", coordinator, details=ANSWERS["finalise"])
    assert not cases_for(member).exists()


def test_a_deferred_case_is_closed_to_its_members(before_panel, chair, member):
    cases.move(before_panel, "defer", chair, details={"deferred_for": "time"})
    assert not cases_for(member).exists()


def test_a_case_is_hidden_from_whoever_declared_an_interest(before_panel, member, client):
    declare(item_of(before_panel), seat_of(before_panel, member), member, "care", "Invented note")
    assert not cases_for(member).exists()
    client.force_login(member)
    assert client.get(reverse("cases:case", args=[before_panel.reference])).status_code == 404
    page = client.get(item_of(before_panel).meeting.get_absolute_url()).content.decode()
    assert "Hidden from you: you declared an interest." in page
    assert before_panel.reference not in page


def test_a_case_is_hidden_from_the_chair_too_and_stays_with_those_who_work_on_it(before_panel, chair, coordinator):
    meeting = item_of(before_panel).meeting
    for user in (chair, coordinator):
        seat = services.add_seat(meeting, coordinator, "other", user=user)
        declare(item_of(before_panel), seat, user, "personal")
    assert before_panel not in cases_for(chair)
    assert before_panel in cases_for(coordinator)


def test_an_interest_is_declared_by_oneself_or_by_those_who_run_the_meeting(before_panel, member, person, coordinator):
    item, seat = item_of(before_panel), seat_of(before_panel, member)
    with pytest.raises(PermissionDenied):
        declare(item, seat, person("Panel member", 2), "care")
    first = declare(item, seat, coordinator, "care")
    assert declare(item, seat, member, "other") == first
    assert first.kind == "care"


def test_an_interest_is_never_taken_back(before_panel, member):
    declared = declare(item_of(before_panel), seat_of(before_panel, member), member, "care")
    with pytest.raises(ValidationError):
        declared.delete()
    assert Interest.objects.count() == 1


def test_the_note_of_an_interest_is_sealed(before_panel, member):
    declare(item_of(before_panel), seat_of(before_panel, member), member, "care", "Invented Surname")
    assert "Surname" not in Interest.objects.values_list("sealed_note", flat=True).get()
    assert Interest.objects.get().note == "Invented Surname"


def test_an_interest_that_comes_in_after_the_findings_counts_at_the_signature(before_panel, member, coordinator, chair):
    PanelSettings.objects.update_or_create(pk=PanelSettings.load().pk, defaults={"quorum": 6})
    hold_panel(before_panel, coordinator)
    case = cases.move(before_panel, "record_panel", chair, details=ANSWERS["record_panel"])
    declare(item_of(case), seat_of(case, member), member, "care")
    with pytest.raises(MoveRefused, match="not hear it the panel was not quorate: 5 members, 6 needed"):
        cases.move(case, "sign_off", chair, details=ANSWERS["sign_off"])
    again = cases.move(case, "defer", chair, "Two were away", {"deferred_for": "quorum"})
    assert (again.state, item_of(again).outcome) == ("ready_for_panel", "deferred")


def test_what_enough_could_hear_is_not_deferred_after_its_review(before_panel, coordinator, chair):
    hold_panel(before_panel, coordinator)
    case = cases.move(before_panel, "record_panel", chair, details=ANSWERS["record_panel"])
    with pytest.raises(MoveRefused, match="only if too few could hear it"):
        cases.move(case, "defer", chair, "No time", {"deferred_for": "time"})


def test_whoever_must_not_hear_a_case_does_not_count_for_its_quorum(before_panel, member, coordinator, chair):
    rule = PanelSettings.load()
    rule.quorum = 6
    rule.save()
    declare(item_of(before_panel), seat_of(before_panel, member), member, "care")
    hold_panel(before_panel, coordinator)
    item = item_of(before_panel)
    assert present(item.meeting).met
    assert not present(item.meeting, item).met
    with pytest.raises(MoveRefused, match="not hear it the panel was not quorate: 5 members, 6 needed"):
        cases.move(before_panel, "record_panel", chair, details=ANSWERS["record_panel"])
