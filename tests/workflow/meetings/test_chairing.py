"""A panel that was held without a chair who is known here is told afterwards who that was."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from tests.workflow.reviewing import ANSWERS, hold_panel, review
from workflow import services
from workflow.meetings.chairing import name_chair, name_chair_of
from workflow.meetings.declaring import declare
from workflow.meetings.selectors import item_of
from workflow.models import Case, Seat
from workflow.services import MoveRefused

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(case, coordinator, chair):
    return item_of(review(case, coordinator, chair, until="schedule_panel")).meeting


def test_the_chair_is_named_once(meeting, coordinator, chair, person):
    named = name_chair(meeting, coordinator, chair)
    assert named.chair == chair
    assert meeting.changes.first().text == "Named the chair: Panel chair No 1."
    with pytest.raises(MoveRefused, match="named already"):
        name_chair(meeting, coordinator, person("Panel chair", 2))


@pytest.mark.parametrize("role", ["Coordinator", "Designated doctor", "Panel member", "Administrator"])
def test_only_those_who_chair_panels_are_named(meeting, coordinator, person, role):
    with pytest.raises(MoveRefused, match="does not chair panels"):
        name_chair(meeting, coordinator, person(role))


@pytest.mark.parametrize("role", ["Panel member", "Information governance", "Analyst"])
def test_only_those_who_run_meetings_name_the_chair(meeting, chair, person, role):
    with pytest.raises(PermissionDenied):
        name_chair(meeting, person(role), chair)


def test_the_page_of_the_meeting_asks_for_it_once_the_panel_was_held(client, meeting, coordinator, chair, case):
    client.force_login(coordinator)
    address = reverse("meetings:chair", args=[meeting.pk])

    def page():
        return client.get(meeting.get_absolute_url()).content.decode()

    assert address not in page()
    hold_panel(case, coordinator)
    assert address in page()
    assert "This field is required" in client.post(address, {}).content.decode()
    assert "Nobody else signs" in client.post(address, {"chair": chair.pk}, follow=True).content.decode()
    assert address not in page()
    assert "Panel chair No 1" in page()


def test_who_offers_themselves_without_the_role_is_not_on_offer(client, meeting, coordinator, person):
    client.force_login(coordinator)
    doctor = person("Designated doctor")
    page = client.post(reverse("meetings:chair", args=[meeting.pk]), {"chair": doctor.pk}).content.decode()
    assert "Select a valid choice" in page


def declared(meeting, chair, by):
    """The chair of a panel must not hear its case."""
    meeting.chair = chair
    meeting.save(update_fields=["chair"])
    seat = Seat.objects.create(meeting=meeting, seat="public_health", user=chair, answer="accepted")
    return declare(item_of(meeting.items.get().case), seat, by, "care").item


@pytest.fixture
def conflicted(meeting, chair, case, coordinator):
    item = declared(meeting, chair, chair)
    hold_panel(case, coordinator)
    return item


def record(case, by):
    return services.move(case, "record_panel", by, details=ANSWERS["record_panel"])


def test_a_chair_who_must_not_hear_a_case_records_nothing_about_it(conflicted, case, chair, person):
    for by in (chair, person("Panel chair", 2)):
        with pytest.raises(MoveRefused, match="Name another chair for it, or defer it"):
            record(case, by)


def test_another_chair_leads_the_panel_through_that_case(conflicted, case, coordinator, chair, person):
    other = person("Panel chair", 2)
    name_chair_of(conflicted, coordinator, other)
    with pytest.raises(MoveRefused, match="You declared an interest"):
        record(case, chair)
    assert record(case, other).state == "panel_reviewed"
    assert conflicted.meeting.changes.first().text == "Item 1 is chaired by Panel chair No 2."


def test_who_declares_an_interest_after_the_review_does_not_sign_it_off(meeting, case, coordinator, chair, person):
    other = person("Panel chair", 2)
    item = declared(meeting, chair, chair)
    name_chair_of(item, coordinator, other)
    hold_panel(case, coordinator)
    record(case, other)
    with pytest.raises(MoveRefused, match="You declared an interest"):
        services.move(case, "sign_off", chair, details=ANSWERS["sign_off"])
    services.move(case, "sign_off", other, details=ANSWERS["sign_off"])


def test_a_case_whose_chair_must_not_hear_it_is_deferred_by_another_chair(conflicted, case, person):
    details = {"deferred_for": "interest"}
    moved = services.move(case, "defer", person("Panel chair", 2), "The chair cared for the child", details)
    assert moved.state == "ready_for_panel"


def defer_for_chair(case, by, reason="The one chair of the area cared for the child"):
    return services.move(case, "defer_for_chair", by, reason)


def test_without_another_chair_the_coordinator_defers_it_and_says_why(conflicted, case, coordinator):
    with pytest.raises(MoveRefused, match="Give the reason"):
        defer_for_chair(case, coordinator, " ")
    moved = defer_for_chair(case, coordinator)
    assert (moved.state, moved.facts["deferred_for"]) == ("ready_for_panel", "interest")
    assert item_of(case).outcome == "deferred"
    assert moved.state_changes.last().reason == "The one chair of the area cared for the child"


def test_it_is_deferred_so_before_the_panel_is_held_too(meeting, case, coordinator, chair):
    declared(meeting, chair, chair)
    assert defer_for_chair(case, coordinator).state == "ready_for_panel"


def test_what_the_chair_can_hear_only_the_chair_defers(meeting, case, coordinator, chair):
    meeting.chair = chair
    meeting.save(update_fields=["chair"])
    with pytest.raises(MoveRefused, match="The chair is who defers it"):
        defer_for_chair(case, coordinator)


def test_once_another_chair_is_named_it_is_theirs_to_defer(conflicted, case, coordinator, person):
    name_chair_of(conflicted, coordinator, person("Panel chair", 2))
    with pytest.raises(MoveRefused, match="The chair is who defers it"):
        defer_for_chair(case, coordinator)


@pytest.mark.parametrize("role", ["Panel chair", "Panel member", "Information governance", "Designated doctor"])
def test_only_who_works_on_the_case_defers_it_for_want_of_a_chair(conflicted, case, person, role):
    with pytest.raises(PermissionDenied):
        defer_for_chair(case, person(role))


def test_the_page_of_the_meeting_leads_to_deferring_it(client, conflicted, case, coordinator):
    client.force_login(coordinator)
    address = reverse("cases:move", args=[case.reference, "defer_for_chair"])
    assert address in client.get(conflicted.meeting.get_absolute_url()).content.decode()
    client.post(address, {"reason": "The one chair cared for the child"})
    assert Case.objects.get(pk=case.pk).state == "ready_for_panel"
    assert address not in client.get(conflicted.meeting.get_absolute_url()).content.decode()


def test_a_chair_without_an_interest_is_not_replaced(meeting, coordinator, chair, person):
    meeting.chair = chair
    meeting.save(update_fields=["chair"])
    with pytest.raises(MoveRefused, match="declared no interest"):
        name_chair_of(meeting.items.get(), coordinator, person("Panel chair", 2))


def test_the_other_chair_chairs_panels_and_declared_no_interest(conflicted, coordinator, chair, person):
    with pytest.raises(MoveRefused, match="does not chair panels"):
        name_chair_of(conflicted, coordinator, person("Designated doctor"))
    with pytest.raises(MoveRefused, match="declared an interest in this case too"):
        name_chair_of(conflicted, coordinator, chair)
    with pytest.raises(PermissionDenied):
        name_chair_of(conflicted, person("Panel member"), person("Panel chair", 2))


def test_the_page_of_the_meeting_asks_for_another_chair_until_there_is_one(client, conflicted, coordinator, person):
    other = person("Panel chair", 2)
    client.force_login(coordinator)
    address = reverse("meetings:item_chair", args=[conflicted.meeting_id, conflicted.pk])

    def page():
        return client.get(conflicted.meeting.get_absolute_url()).content.decode()

    assert address in page()
    client.post(address, {"chair": other.pk})
    assert address not in page()
    assert "Chaired by Panel chair No 2" in page()


def test_a_chair_without_a_seat_declares_an_interest_and_the_case_is_hidden(client, meeting, chair, case):
    meeting.chair = chair
    meeting.save(update_fields=["chair"])
    client.force_login(chair)
    item = meeting.items.get()
    address = reverse("meetings:interest", args=[meeting.pk, item.pk])
    assert address in client.get(meeting.get_absolute_url()).content.decode()
    client.post(address, {"who": "chair", "kind": "personal"})
    assert client.get(reverse("cases:case", args=[case.reference])).status_code == 404
