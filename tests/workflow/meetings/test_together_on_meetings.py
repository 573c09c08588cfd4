"""Two people who record the same meeting at the same moment, each in a thread and a connection of their own."""

import pytest
from django.utils import timezone

from tests.notifying import days_ago
from tests.workflow.reviewing import ANSWERS, hold_panel, panel, review
from tests.workflow.test_together import together
from workflow import services as cases
from workflow.meetings import services
from workflow.meetings.declaring import declare
from workflow.meetings.selectors import as_it_stands, item_of
from workflow.models import Case, Interest, Meeting
from workflow.services import MoveRefused

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def doctor(person):
    return person("Designated doctor")


@pytest.fixture
def scheduled(case, coordinator, chair) -> Case:
    return review(case, coordinator, chair, until="schedule_panel")


def names(results) -> list[str]:
    return sorted(type(result).__name__ for result in results)


def test_of_two_who_record_that_it_was_held_one_is_kept_whole(scheduled, coordinator, doctor):
    meeting = item_of(scheduled).meeting
    seats = list(meeting.seats.values_list("pk", flat=True))
    recorded = {coordinator: (seats, "Minutes of one."), doctor: (seats[1:], "Minutes of the other.")}
    results = together(
        *(
            lambda by=by, came=came, minutes=minutes: services.move(meeting, "hold", by, attended=came, minutes=minutes)
            for by, (came, minutes) in recorded.items()
        )
    )
    [refused] = [result for result in results if isinstance(result, MoveRefused)]
    assert "is now “Held”" in str(refused)
    now = Meeting.objects.get(pk=meeting.pk)
    came, minutes = recorded[now.changes.first().by]
    assert now.minutes == minutes
    assert list(now.seats.filter(attended=True).values_list("pk", flat=True)) == came


def test_what_the_panel_found_is_recorded_or_the_case_is_deferred_but_never_both(scheduled, coordinator, chair, person):
    hold_panel(scheduled, coordinator)
    other, seen = person("Panel chair", 2), scheduled.state_changes.last().pk
    results = together(
        lambda: cases.move(scheduled, "record_panel", chair, details=ANSWERS["record_panel"], seen=seen),
        lambda: cases.move(scheduled, "defer", other, details={"deferred_for": "time"}, seen=seen),
    )
    assert names(results) == ["Case", "MoveRefused"]
    [refused] = [result for result in results if isinstance(result, MoveRefused)]
    assert "has moved on by Panel chair No" in str(refused)
    outcome = item_of(scheduled).outcome
    assert (outcome == "discussed") == (Case.objects.get(pk=scheduled.pk).state == "panel_reviewed")


def test_of_two_who_record_what_the_panel_found_one_wins(scheduled, coordinator, chair, person):
    hold_panel(scheduled, coordinator)
    found = [ANSWERS["record_panel"], ANSWERS["record_panel"] | {"category": "6"}]
    by = [chair, person("Panel chair", 2)]
    results = together(
        *(
            lambda by=by, found=found: cases.move(scheduled, "record_panel", by, details=found)
            for by, found in zip(by, found, strict=True)
        )
    )
    assert names(results) == ["Case", "MoveRefused"]
    [kept] = [result for result in results if isinstance(result, Case)]
    newest = kept.state_changes.last()
    assert kept.facts["category"] == newest.details["category"] == found[by.index(newest.by)]["category"]


def test_a_meeting_is_held_or_cancelled_but_never_both(coordinator, doctor):
    meeting = panel(coordinator)
    everybody = list(meeting.seats.values_list("pk", flat=True))
    results = together(
        lambda: services.move(meeting, "hold", coordinator, attended=everybody),
        lambda: services.move(meeting, "cancel", doctor, "Invented reason"),
    )
    assert names(results) == ["Meeting", "MoveRefused"]


def test_a_case_comes_on_no_agenda_that_is_being_cancelled(case, coordinator, chair, doctor):
    scheduled = review(case, coordinator, chair, until="schedule_panel")
    cases.move(scheduled, "defer", chair, details={"deferred_for": "time"})
    meeting = panel(coordinator)
    put_on, cancelled = together(
        lambda: cases.move(scheduled, "schedule_panel", coordinator, details={"meeting": str(meeting.pk)}),
        lambda: services.move(meeting, "cancel", doctor, "Invented reason"),
    )
    assert {isinstance(put_on, MoveRefused), isinstance(cancelled, MoveRefused)} == {True, False}
    waits = Case.objects.get(pk=scheduled.pk).state == "ready_for_panel"
    assert waits == (Meeting.objects.get(pk=meeting.pk).state == "cancelled")


def test_an_interest_that_two_declare_for_one_member_is_declared_once(scheduled, coordinator, chair):
    item = item_of(scheduled)
    seat = item.meeting.seats.first()
    together(*(lambda by=by: declare(item, seat, by, "care") for by in (coordinator, chair)))
    assert Interest.objects.count() == 1


def test_of_two_who_change_when_it_meets_the_second_is_told_of_the_first(coordinator, doctor):
    meeting = panel(coordinator)
    seen = as_it_stands(meeting)
    places = {coordinator: "Invented House", doctor: "Invented Hall"}
    results = together(
        *(
            lambda by=by, place=place: services.change(meeting, by, seen=seen, place=place)
            for by, place in places.items()
        )
    )
    assert names(results) == ["Meeting", "MoveRefused"]
    now = Meeting.objects.get(pk=meeting.pk)
    first = now.changes.first().by
    [refused] = [result for result in results if isinstance(result, MoveRefused)]
    assert now.place == places[first]
    assert f"changed by {first.get_full_name()} since you opened this page" in str(refused)
    assert f"at {now.place}" in str(refused)
    assert now.changes.count() == 2


def test_a_cdrm_moved_to_another_day_while_its_hours_are_changed_keeps_the_new_hours(case, coordinator, chair, doctor):
    case = review(case, coordinator, chair, until="schedule_cdrm")
    meeting = case.agenda_items.get().meeting
    start = timezone.localtime(meeting.starts_at)
    hours = {"starts_at": start.replace(hour=15), "ends_at": start.replace(hour=17)}
    later = {"cdrm_on": days_ago(0).isoformat(), "cdrm_chair": "Consultant neonatologist"}
    seen = as_it_stands(meeting)
    changed, moved = together(
        lambda: services.change(meeting, doctor, seen=seen, **hours),
        lambda: cases.move(case, "reschedule_cdrm", coordinator, "The chair is ill", later),
    )
    assert isinstance(moved, Case)
    now = timezone.localtime(Meeting.objects.get(pk=meeting.pk).starts_at)
    assert (now.date(), now.hour) == (days_ago(0), start.hour if isinstance(changed, MoveRefused) else 15)
