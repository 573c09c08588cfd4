"""When an interest can be declared, by whom, and what comes of it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from tests.workflow.reviewing import ANSWERS, hold_panel, review
from workflow import services as cases
from workflow.meetings.chairing import name_chair_of
from workflow.meetings.declaring import declare, declare_of_chair
from workflow.meetings.selectors import item_of, present
from workflow.models import Interest, Seat
from workflow.selectors import cases_for
from workflow.services import MoveRefused

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(person):
    return person("Panel member")


@pytest.fixture
def held(case, coordinator, chair, member):
    """A case whose panel is recorded as held, and not yet what it found."""
    review(case, coordinator, chair, until="schedule_panel")
    hold_panel(case, coordinator)
    return item_of(case)


def seat_of(item, user):
    return item.meeting.seats.get(user=user)


def found(case, chair):
    return cases.move(case, "record_panel", chair, details=ANSWERS["record_panel"])


def test_what_comes_up_at_the_meeting_is_declared_after_it_was_held(held, member):
    declare(held, seat_of(held, member), member, "personal")
    assert not cases_for(member).exists()
    assert held.meeting.changes.first().text.endswith("in item 1, after the meeting was held.")


def test_who_declares_it_afterwards_does_not_count_for_the_quorum_of_that_case(held, member):
    seat = seat_of(held, member)
    Seat.objects.filter(pk=seat.pk).update(attended=True)
    before = present(held.meeting, held).words
    declare(held, seat, member, "care")
    item = item_of(held.case)
    assert present(item.meeting, item).words != before


def test_a_chair_who_declares_it_after_recording_does_not_sign(held, coordinator, chair, person):
    held.meeting.chair = chair
    held.meeting.save(update_fields=["chair"])
    case = found(held.case, chair)
    declare_of_chair(held, chair, "care")
    assert not cases_for(chair).filter(pk=case.pk).exists()
    with pytest.raises(MoveRefused, match="declared an interest"):
        cases.move(case, "sign_off", chair, details=ANSWERS["sign_off"])
    other = person("Panel chair", 2)
    name_chair_of(held, coordinator, other)
    assert cases.move(case, "sign_off", other, details=ANSWERS["sign_off"]).state == "panel_reviewed"


def test_once_the_review_is_submitted_nothing_is_declared_any_more(case, coordinator, chair, member):
    review(case, coordinator, chair, until="finalise")
    item = item_of(case)
    with pytest.raises(MoveRefused, match="is submitted"):
        declare(item, seat_of(item, member), coordinator, "care")
    assert not Interest.objects.exists()


def test_nor_in_a_case_that_was_deferred_at_a_meeting_that_was_held(held, coordinator, chair, member):
    cases.move(held.case, "defer", chair, details={"deferred_for": "time"})
    with pytest.raises(MoveRefused, match="was not heard"):
        declare(held, seat_of(held, member), coordinator, "care")


def test_the_chair_of_one_case_is_given_a_seat_that_counts_for_no_quorum(held, coordinator, person):
    held.chair = person("Panel chair", 2)
    held.save(update_fields=["chair"])
    declared = declare_of_chair(held, coordinator, "managed")
    assert (declared.seat.user, declared.seat.attended) == (held.chair, None)
    assert declare_of_chair(held, coordinator, "managed") == declared


def test_where_no_account_chairs_nobody_is_given_a_seat(held, coordinator):
    with pytest.raises(MoveRefused, match="Nobody with an account"):
        declare_of_chair(held, coordinator, "care")


def test_a_member_declares_none_of_the_chair(held, chair, member):
    held.meeting.chair = chair
    held.meeting.save(update_fields=["chair"])
    with pytest.raises(PermissionDenied):
        declare_of_chair(held, member, "care")
    assert not Interest.objects.exists()


def page_of(client, held):
    return client.get(held.meeting.get_absolute_url()).content.decode()


def address_of(held):
    return reverse("meetings:interest", args=[held.meeting_id, held.pk])


def test_a_member_declares_it_on_the_page_of_a_meeting_that_was_held(client, held, member):
    client.force_login(member)
    assert address_of(held) in page_of(client, held)
    form = client.get(address_of(held)).content.decode()
    assert "Who must not hear it?" not in form
    client.post(address_of(held), {"kind": "care"})
    assert Interest.objects.get().seat.user == member
    assert address_of(held) not in page_of(client, held)


def test_the_coordinator_declares_it_in_the_name_of_a_member(client, held, member, coordinator):
    client.force_login(coordinator)
    assert address_of(held) in page_of(client, held)
    assert "This field is required" in client.post(address_of(held), {"kind": "care"}).content.decode()
    client.post(address_of(held), {"who": seat_of(held, member).pk, "kind": "care"})
    declared = Interest.objects.get()
    assert (declared.seat.user, declared.declared_by) == (member, coordinator)
    choices = dict(client.get(address_of(held)).context["form"].fields["who"].choices)
    assert str(declared.seat_id) not in choices


def test_a_seat_of_another_meeting_is_not_on_offer(client, held, coordinator):
    client.force_login(coordinator)
    for who in ("999999", "x", "\x00", "chair"):
        client.post(address_of(held), {"who": who, "kind": "care"})
    assert not Interest.objects.exists()


def test_the_page_offers_it_no_more_once_the_review_is_submitted(client, case, coordinator, chair):
    review(case, coordinator, chair, until="finalise")
    item = item_of(case)
    client.force_login(coordinator)
    assert address_of(item) not in page_of(client, item)
