"""A panel that was held without a chair who is known here is told afterwards who that was."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from tests.workflow.reviewing import hold_panel, review
from workflow.meetings.chairing import name_chair
from workflow.meetings.selectors import item_of
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
