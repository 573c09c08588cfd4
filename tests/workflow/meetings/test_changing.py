"""Whoever changes when a meeting is does so knowing what it was."""

import pytest
from django.urls import reverse

from tests.workflow.reviewing import panel
from workflow.meetings import services
from workflow.meetings.forms import when_of
from workflow.meetings.selectors import as_it_stands
from workflow.models import Meeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(coordinator):
    return panel(coordinator, place="Invented House")


@pytest.fixture
def desk(client, coordinator, meeting):
    client.force_login(coordinator)
    return client


def address(meeting):
    return reverse("meetings:change", args=[meeting.pk])


def entered(meeting, **other):
    facts = when_of(meeting) | {"day": when_of(meeting)["day"].strftime("%d/%m/%Y"), "chair": ""}
    return facts | {"seen": as_it_stands(meeting)} | other


def test_what_a_colleague_changed_meanwhile_is_told_and_not_lost(desk, meeting, person):
    sent = entered(meeting, place="Invented Hall")
    services.change(meeting, person("Designated doctor"), place="Invented Barn", chair_role="Consultant")
    page = desk.post(address(meeting), sent).content.decode()
    assert "It has been changed by Designated doctor No 1 since you opened this page." in page
    assert "Invented Barn" in page
    assert 'value="Invented Hall"' in page
    assert Meeting.objects.get().place == "Invented Barn"


def test_who_was_told_can_save_all_the_same(desk, meeting, person):
    sent = entered(meeting, place="Invented Hall")
    services.change(meeting, person("Designated doctor"), place="Invented Barn")
    page = desk.post(address(meeting), sent).content.decode()
    seen = page.split('name="seen" value="')[1].split('"')[0]
    assert desk.post(address(meeting), sent | {"seen": seen}).status_code == 302
    assert Meeting.objects.get().place == "Invented Hall"


def test_a_form_with_an_error_still_says_what_was_seen_first(desk, meeting, person):
    sent = entered(meeting, place="Invented Hall")
    services.change(meeting, person("Designated doctor"), place="Invented Barn")
    page = desk.post(address(meeting), sent | {"end": ""}).content.decode()
    assert f'name="seen" value="{sent["seen"]}"' in page
    assert "It has been changed" in desk.post(address(meeting), sent).content.decode()


def test_who_answers_or_is_added_meanwhile_is_in_nobodys_way(desk, meeting, coordinator):
    sent = entered(meeting, place="Invented Hall")
    services.answer(meeting.seats.first(), coordinator, "apologies")
    services.add_seat(meeting, coordinator, "lay", email="lay@invented.example")
    assert desk.post(address(meeting), sent).status_code == 302
    assert Meeting.objects.get().place == "Invented Hall"


def test_the_page_carries_what_it_shows(desk, meeting):
    page = desk.get(address(meeting)).content.decode()
    assert f'name="seen" value="{as_it_stands(meeting)}"' in page
    assert desk.post(address(meeting), entered(meeting)).status_code == 302


@pytest.mark.parametrize("seen", ["", "x", "0" * 16])
def test_a_tampered_page_is_a_stale_one(desk, meeting, seen):
    desk.post(address(meeting), entered(meeting, place="Invented Hall", seen=seen))
    assert Meeting.objects.get().place == "Invented House"
