"""A screen that was opened before somebody else acted cannot win."""

import pytest
from django.urls import reverse

from tests.workflow.reviewing import ANSWERS, prepared, review, triage
from workflow import services
from workflow.models import Case
from workflow.services import MoveRefused

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(client, person):
    user = person("Coordinator")
    client.force_login(user)
    return user


def screen(case, move):
    return reverse("cases:move", args=[case.reference, move])


def seen_on(client, case, move):
    page = client.get(screen(case, move)).content.decode()
    return page.split('name="seen" value="')[1].split('"')[0]


def test_a_case_that_went_away_and_came_back_is_not_the_case_that_was_read(client, coordinator, case, person):
    """Deferred and put on an agenda again meanwhile: the same state, yet not what the chair looked at."""
    chair = person("Panel chair")
    case = review(case, coordinator, chair, until="schedule_panel")
    client.force_login(chair)
    seen = seen_on(client, case, "record_panel")
    services.move(case, "defer", chair, details={"deferred_for": "time"})
    services.move(
        case,
        "schedule_panel",
        coordinator,
        details=prepared("schedule_panel", case, coordinator) | ANSWERS["schedule_panel"],
    )
    response = client.post(screen(case, "record_panel"), ANSWERS["record_panel"] | {"seen": seen})
    assert "has moved on by Coordinator No 1" in response.content.decode()
    assert Case.objects.get(pk=case.pk).state == "panel_scheduled"


def test_whoever_reads_the_refusal_can_go_on_from_there(client, coordinator, case, person):
    triage(case, coordinator)
    services.move(case, "offer_transfer", person("Coordinator", 2), details={"receiving_area": "Invented CDOP"})
    services.move(case, "transfer_declined", person("Coordinator", 2), "Lived here")
    first = case.state_changes.first().pk
    refused = client.post(screen(case, "accept"), {"seen": first}).content.decode()
    assert "Look at it again" in refused
    newest = refused.split('name="seen" value="')[1].split('"')[0]
    client.post(screen(case, "accept"), {"seen": newest})
    assert Case.objects.get(pk=case.pk).state == "information_gathering"


@pytest.mark.parametrize("seen", ["x", "-1", "", "1.5", "²"])
def test_a_tampered_screen_is_a_stale_one(client, coordinator, case, seen):
    triage(case, coordinator)
    client.post(screen(case, "accept"), {"seen": seen})
    assert Case.objects.get(pk=case.pk).state == "notified"


def test_a_move_from_another_state_is_shown_as_impossible(client, coordinator, case):
    page = client.get(screen(case, "close")).content.decode()
    assert "This cannot be done while the case is “Notified”." in page
    assert 'type="submit" class="button" disabled' in page


def test_a_refused_move_keeps_what_was_entered(client, coordinator, case, person):
    review(case, coordinator, person("Panel chair"), until="information_complete")
    response = client.post(screen(case, "schedule_cdrm"), {"cdrm_on": "nonsense", "cdrm_chair": "Invented chair"})
    assert 'value="Invented chair"' in response.content.decode()


def test_a_copy_read_long_ago_cannot_win(case, coordinator):
    triage(case, coordinator)
    stale = Case.objects.get(pk=case.pk)
    services.move(case, "offer_transfer", coordinator, details={"receiving_area": "Invented CDOP"})
    with pytest.raises(MoveRefused, match="has moved on"):
        services.move(stale, "accept", coordinator)


def test_a_move_is_only_ever_posted(client, coordinator, case):
    triage(case, coordinator)
    client.get(screen(case, "accept"))
    assert Case.objects.get(pk=case.pk).state == "notified"
