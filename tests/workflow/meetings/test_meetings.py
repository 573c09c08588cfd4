"""Planning a panel, inviting to it, putting cases on its agenda, holding it."""

import datetime as dt
from email.utils import parseaddr

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from icalendar import Calendar

from forms.services import receive
from tests.notifying import days_ago, invented_answers
from tests.workflow.reviewing import ANSWERS, file_draft, hold_panel, make_pack, panel, review
from workflow import services as cases
from workflow.meetings import services
from workflow.meetings.declaring import declare
from workflow.meetings.selectors import item_of, meetings_for, panels_to_come
from workflow.models import AgendaItem, Case, Meeting, PanelSettings, Seat
from workflow.outbox.shipped import load_messages
from workflow.packs.selectors import has_current_pack
from workflow.services import MoveRefused

pytestmark = pytest.mark.django_db


@pytest.fixture
def ready(case, coordinator, chair):
    """A case that is ready for the panel."""
    return review(case, coordinator, chair, until="quality_checked")


def at(days, hour=9):
    return timezone.make_aware(dt.datetime.combine(days_ago(days), dt.time(hour)))


def put_on(meeting, case, by):
    if has_current_pack(case):
        make_pack(case, by)
    return cases.move(case, "schedule_panel", by, details={"meeting": str(meeting.pk)})


def everybody(meeting):
    return meeting.seats.values_list("pk", flat=True)


def test_a_panel_is_planned_by_those_who_run_meetings_and_by_nobody_else(person):
    for role in ("Coordinator", "Designated doctor", "Panel chair"):
        assert panel(person(role)).state == "planned"
    for role in ("Panel member", "Analyst", "Site editor", "Information governance"):
        with pytest.raises(PermissionDenied):
            panel(person(role))


def test_a_meeting_ends_after_it_starts_and_a_themed_one_has_a_theme(coordinator):
    with pytest.raises(MoveRefused, match="ends after it starts"):
        panel(coordinator, ends_at=at(0, 8))
    with pytest.raises(MoveRefused, match="what the theme"):
        panel(coordinator, kind="themed")
    assert panel(coordinator, kind="themed", theme="neonatal").title == "Themed panel: neonatal"


def test_the_state_of_a_meeting_is_changed_by_a_move_alone(coordinator):
    meeting = panel(coordinator)
    with pytest.raises((AttributeError, ValidationError)):
        meeting.state = "held"


def test_a_case_comes_on_the_agenda_by_its_own_move(ready, coordinator):
    meeting = panel(coordinator)
    case = put_on(meeting, ready, coordinator)
    assert case.state == "panel_scheduled"
    assert item_of(case).meeting == meeting


def test_a_case_is_put_on_no_panel_that_was_held_or_cancelled_or_is_none(ready, notification, coordinator):
    held, cancelled = panel(coordinator), panel(coordinator)
    receive(notification, invented_answers(nhs_number="", nhs_number_missing_reason="not_currently_available"))
    AgendaItem.objects.create(meeting=held, case=Case.objects.latest("pk"), position=1)
    services.move(held, "hold", coordinator, attended=everybody(held))
    services.move(cancelled, "cancel", coordinator, "Invented reason")
    cdrm = item = ready.agenda_items.get().meeting
    for meeting in (held, cancelled, cdrm, item):
        with pytest.raises(MoveRefused, match="still to come"):
            put_on(meeting, ready, coordinator)
    for nonsense in ("", "x", "-1", "99999999999999999999", "1; drop"):
        with pytest.raises(MoveRefused):
            cases.move(ready, "schedule_panel", coordinator, details={"meeting": nonsense})


def test_a_panel_that_would_not_be_quorate_takes_no_case(ready, coordinator):
    meeting = panel(coordinator)
    meeting.seats.filter(seat="police").update(answer="apologies")
    meeting.seats.filter(seat="other").delete()
    with pytest.raises(MoveRefused, match="would not be quorate: 4 members, 5 needed"):
        put_on(meeting, ready, coordinator)


def test_who_must_be_there_is_a_setting(ready, coordinator):
    rule = PanelSettings.load()
    rule.quorum, rule.required_seats = 1, ["lay"]
    rule.save()
    meeting = panel(coordinator)
    with pytest.raises(MoveRefused, match="nobody for Lay member"):
        put_on(meeting, ready, coordinator)
    services.add_seat(meeting, coordinator, "lay", email="lay@invented.example")
    assert put_on(meeting, ready, coordinator).state == "panel_scheduled"


def test_who_was_added_and_taken_off_stands_in_the_history(coordinator, person):
    """A seat lets somebody read what is on the agenda."""
    meeting = panel(coordinator)
    seat = services.add_seat(meeting, person("Designated doctor"), "lay", email="lay@invented.example")
    services.remove_seat(seat, coordinator)
    told = [(change.text, change.by.username) for change in meeting.changes.all()]
    assert told[:2] == [
        ("Taken off the list of those who should come: Lay member.", "coordinator-1"),
        ("Added to those who should come: Lay member.", "designated-doctor-1"),
    ]


def test_who_declared_an_interest_stays_on_the_list(ready, coordinator):
    meeting = panel(coordinator)
    put_on(meeting, ready, coordinator)
    seat = meeting.seats.get(seat="police")
    declare(meeting.items.get(), seat, coordinator, "care")
    with pytest.raises(MoveRefused, match="declared an interest, which stays"):
        services.remove_seat(seat, coordinator)


def test_a_cdrm_that_its_case_records_is_held_in_its_own_history_too(case, coordinator, chair):
    meeting = review(case, coordinator, chair, until="record_cdrm").agenda_items.get().meeting
    newest = meeting.changes.first()
    assert (meeting.state, newest.text, newest.by) == ("held", "Held.", coordinator)


def test_an_agenda_without_cases_is_not_shared(coordinator):
    with pytest.raises(MoveRefused, match="no case on the agenda"):
        services.move(panel(coordinator), "share", coordinator)


def test_a_panel_that_was_not_quorate_cannot_be_recorded_as_held(ready, coordinator):
    meeting = panel(coordinator)
    put_on(meeting, ready, coordinator)
    with pytest.raises(MoveRefused, match="not quorate: 2 members, 5 needed"):
        services.move(meeting, "hold", coordinator, attended=list(everybody(meeting))[:2])
    meeting.refresh_from_db()
    assert meeting.state == "planned"
    assert not meeting.seats.exclude(attended=None).exists()


def test_a_panel_is_not_held_before_its_day(ready, coordinator):
    meeting = panel(coordinator, starts_at=at(-7), ends_at=at(-7, 12))
    put_on(meeting, ready, coordinator)
    with pytest.raises(MoveRefused, match="lies in the future"):
        services.move(meeting, "hold", coordinator, attended=everybody(meeting))


def test_the_review_is_recorded_once_the_panel_was_held(ready, coordinator, chair):
    case = put_on(panel(coordinator), ready, coordinator)
    with pytest.raises(MoveRefused, match="Record first that this meeting was held"):
        cases.move(case, "record_panel", chair, details=ANSWERS["record_panel"])
    hold_panel(case, chair)
    case = cases.move(case, "record_panel", chair, details=ANSWERS["record_panel"])
    assert item_of(case).outcome == "discussed"


def test_a_deferred_case_goes_on_another_agenda(ready, coordinator, chair):
    first, second = panel(coordinator), panel(coordinator)
    case = put_on(first, ready, coordinator)
    case = cases.move(case, "defer", chair, details={"deferred_for": "time"})
    assert first.items.get().outcome == "deferred"
    case = put_on(second, case, coordinator)
    assert item_of(case).meeting == second
    case = cases.move(case, "defer", chair, details={"deferred_for": "time"})
    case = put_on(first, case, coordinator)
    assert first.items.get().outcome == ""


def test_a_panel_with_cases_is_not_cancelled_before_the_chair_has_deferred_them(ready, coordinator, chair):
    meeting = panel(coordinator)
    case = put_on(meeting, ready, coordinator)
    with pytest.raises(MoveRefused, match="defers them first"):
        services.move(meeting, "cancel", coordinator, "Snow")
    cases.move(case, "defer", chair, details={"deferred_for": "time"})
    with pytest.raises(MoveRefused, match="Give the reason"):
        services.move(meeting, "cancel", coordinator, "  ")
    assert services.move(meeting, "cancel", coordinator, "Snow").state == "cancelled"
    assert meeting.changes.first().reason == "Snow"


def test_what_was_held_is_changed_no_more(ready, coordinator):
    meeting = panel(coordinator)
    put_on(meeting, ready, coordinator)
    item, seat = meeting.items.get(), meeting.seats.first()
    services.move(meeting, "hold", coordinator, attended=everybody(meeting), minutes="Invented minutes.")
    meeting.refresh_from_db()
    assert meeting.minutes == "Invented minutes."
    for attempt in (
        lambda: services.change(meeting, coordinator, place="Elsewhere"),
        lambda: services.add_seat(meeting, coordinator, "lay", email="lay@invented.example"),
        lambda: services.invite(meeting, coordinator),
        lambda: services.answer(seat, coordinator, "apologies"),
        lambda: services.reorder(item, coordinator, up=True),
        lambda: services.move(meeting, "cancel", coordinator, "Snow"),
        lambda: services.move(meeting, "hold", coordinator),
    ):
        with pytest.raises(MoveRefused):
            attempt()


def test_minutes_are_sealed_at_rest(ready, coordinator):
    meeting = panel(coordinator)
    put_on(meeting, ready, coordinator)
    services.move(meeting, "hold", coordinator, attended=everybody(meeting), minutes="Invented Surname was named.")
    assert "Surname" not in Meeting.objects.filter(pk=meeting.pk).values_list("sealed_minutes", flat=True).get()


def test_the_agenda_is_put_in_order(notification, coordinator, chair, roles):
    meeting = panel(coordinator)
    for _ in range(3):
        receive(notification, invented_answers(nhs_number="", nhs_number_missing_reason="not_currently_available"))
    for case in Case.objects.order_by("pk"):
        put_on(meeting, review(case, coordinator, chair, until="quality_checked"), coordinator)
    one, two, three = meeting.items.all()
    services.reorder(three, coordinator, up=True)
    assert list(meeting.items.all()) == [one, three, two]
    services.reorder(one, coordinator, up=True)
    services.reorder(two, coordinator, up=False)
    assert list(meeting.items.all()) == [one, three, two]


@pytest.fixture
def to_invite(coordinator, roles):
    load_messages()
    meeting = panel(coordinator, place="Invented House", link="https://meet.invented.example/1")
    meeting.seats.all().delete()
    return meeting


def sent(run, act):
    """What goes out by mail when this is done."""
    mail.outbox.clear()
    with run(execute=True):
        act()
    return {parseaddr(message.to[0])[1]: message for message in mail.outbox}


def calendar_of(message):
    [(name, content, kind)] = message.attachments
    assert (name, kind) == ("meeting.ics", "text/calendar")
    return Calendar.from_ical(content)


def test_an_invitation_goes_to_everybody_once_with_a_calendar_file(
    to_invite, coordinator, person, django_capture_on_commit_callbacks
):
    person("Panel member").email = "member@invented.example"
    member = person("Panel member")
    member.email = "member@invented.example"
    member.save()
    services.add_seat(to_invite, coordinator, "police", user=member)
    services.add_seat(to_invite, coordinator, "lay", email="lay@invented.example")
    run = django_capture_on_commit_callbacks
    went = sent(run, lambda: services.invite(to_invite, coordinator))
    assert set(went) == {"member@invented.example", "lay@invented.example"}
    assert f"/admin/meetings/{to_invite.pk}/" in went["member@invented.example"].body
    assert "https://meet.invented.example/1" in went["lay@invented.example"].body
    event = calendar_of(went["lay@invented.example"]).walk("VEVENT")[0]
    assert event.decoded("dtstart") == to_invite.starts_at
    assert event.decoded("dtend") == to_invite.ends_at
    assert "Invented House" in event["location"]
    assert sent(run, lambda: services.invite(to_invite, coordinator)) == {}


def test_an_invitation_names_no_case(to_invite, ready, coordinator, django_capture_on_commit_callbacks):
    services.add_seat(to_invite, coordinator, "lay", email="lay@invented.example")
    AgendaItem.objects.create(meeting=to_invite, case=ready, position=1)
    went = sent(django_capture_on_commit_callbacks, lambda: services.invite(to_invite, coordinator))
    message = went["lay@invented.example"]
    assert ready.reference not in message.body + message.subject + message.attachments[0][1]


def test_who_was_invited_hears_of_another_time_and_is_asked_again(
    to_invite, coordinator, django_capture_on_commit_callbacks
):
    run = django_capture_on_commit_callbacks
    seat = services.add_seat(to_invite, coordinator, "lay", email="lay@invented.example")
    first = sent(run, lambda: services.invite(to_invite, coordinator))["lay@invented.example"]
    services.answer(seat, coordinator, "accepted")
    went = sent(run, lambda: services.change(to_invite, coordinator, starts_at=at(-3), ends_at=at(-3, 12)))
    before, after = (calendar_of(each).walk("VEVENT")[0] for each in (first, went["lay@invented.example"]))
    assert before["uid"] == after["uid"]
    assert after["sequence"] == before["sequence"] + 1
    assert after.decoded("dtstart") == at(-3)
    seat.refresh_from_db()
    assert seat.answer == "invited"


def test_a_change_that_is_no_news_is_sent_to_nobody(to_invite, coordinator, django_capture_on_commit_callbacks):
    run = django_capture_on_commit_callbacks
    services.add_seat(to_invite, coordinator, "lay", email="lay@invented.example")
    sent(run, lambda: services.invite(to_invite, coordinator))
    assert sent(run, lambda: services.change(to_invite, coordinator, chair_role="Another role")) == {}


def test_a_cancelled_meeting_leaves_the_calendars(to_invite, coordinator, django_capture_on_commit_callbacks):
    run = django_capture_on_commit_callbacks
    services.add_seat(to_invite, coordinator, "lay", email="lay@invented.example")
    services.add_seat(to_invite, coordinator, "police", email="police@invented.example")
    to_invite.seats.filter(seat="lay").update(invited_at=timezone.now())
    went = sent(run, lambda: services.move(to_invite, "cancel", coordinator, "Snow"))
    assert set(went) == {"lay@invented.example"}
    calendar = calendar_of(went["lay@invented.example"])
    assert calendar["method"] == "CANCEL"
    assert calendar.walk("VEVENT")[0]["status"] == "CANCELLED"


def test_nobody_has_two_seats_and_a_seat_is_of_an_account_or_an_address(to_invite, coordinator, person):
    member = person("Panel member")
    services.add_seat(to_invite, coordinator, "police", user=member)
    for given in ({"user": member}, {}, {"user": person("Panel member", 2), "email": "a@invented.example"}):
        with pytest.raises(MoveRefused):
            services.add_seat(to_invite, coordinator, "lay", **given)


def test_who_was_invited_is_not_removed(to_invite, coordinator):
    seat = services.add_seat(to_invite, coordinator, "lay", email="lay@invented.example")
    services.remove_seat(seat, coordinator)
    assert not Seat.objects.exists()
    seat = services.add_seat(to_invite, coordinator, "lay", email="lay@invented.example")
    services.invite(to_invite, coordinator)
    seat.refresh_from_db()
    with pytest.raises(MoveRefused, match="Record apologies instead"):
        services.remove_seat(seat, coordinator)


def test_members_answer_for_themselves_only(to_invite, coordinator, person):
    mine, other = person("Panel member"), person("Panel member", 2)
    seat = services.add_seat(to_invite, coordinator, "police", user=mine)
    assert services.answer(seat, mine, "apologies").answer == "apologies"
    with pytest.raises(PermissionDenied):
        services.answer(seat, other, "accepted")
    with pytest.raises(MoveRefused):
        services.answer(seat, mine, "perhaps")


def test_a_member_sees_a_meeting_once_invited_or_once_the_agenda_is_shared(ready, coordinator, person):
    member, stranger = person("Panel member"), person("Panel member", 2)
    meeting = panel(coordinator)
    put_on(meeting, ready, coordinator)
    assert not meetings_for(member).exists()
    services.move(meeting, "share", coordinator)
    assert list(meetings_for(member)) == [meeting]
    assert not meetings_for(stranger).exists()
    services.move(meeting, "take_back", coordinator)
    assert not meetings_for(member).exists()
    meeting.seats.filter(user=member).update(invited_at=timezone.now())
    assert list(meetings_for(member)) == [meeting]


def test_the_cdrm_is_a_meeting_that_moves_and_is_held_with_its_case(case, coordinator, chair):
    case = review(case, coordinator, chair, until="schedule_cdrm")
    meeting = case.agenda_items.get().meeting
    assert (meeting.kind, timezone.localdate(meeting.starts_at)) == ("cdrm", days_ago(1))
    later = {"cdrm_on": days_ago(0).isoformat(), "cdrm_chair": "Consultant neonatologist"}
    case = cases.move(case, "reschedule_cdrm", coordinator, "The chair is ill", later)
    meeting.refresh_from_db()
    assert (timezone.localdate(meeting.starts_at), meeting.chair_role) == (days_ago(0), "Consultant neonatologist")
    assert case.agenda_items.count() == 1
    held = ANSWERS["record_cdrm"] | {"cdrm_held_on": days_ago(0).isoformat()}
    file_draft(case, coordinator)
    cases.move(case, "record_cdrm", coordinator, details=held)
    meeting.refresh_from_db()
    assert meeting.state == "held"
    assert not panels_to_come().exists()


def who(meeting):
    return sorted((seat.seat, seat.user_id, seat.email) for seat in meeting.seats.all())


class TestSeatsAsBefore:
    def test_those_of_the_last_panel_are_seated_again_and_have_not_answered(self, coordinator):
        panel(coordinator, starts_at=at(60), ends_at=at(60, 12), theme="").seats.all().delete()
        before = panel(coordinator, starts_at=at(30), ends_at=at(30, 12))
        new = services.plan(coordinator, kind="panel", starts_at=at(-7), ends_at=at(-7, 12))
        assert services.seat_as_before(new, coordinator) == 6
        assert who(new) == who(before)
        assert {(seat.answer, seat.invited_at) for seat in new.seats.all()} == {("invited", None)}

    def test_a_themed_panel_takes_those_of_its_theme(self, coordinator):
        neonatal = panel(coordinator, kind="themed", theme="neonatal", starts_at=at(60), ends_at=at(60, 12))
        Seat.objects.create(meeting=neonatal, seat="expert", email="expert@invented.example")
        panel(coordinator, starts_at=at(30), ends_at=at(30, 12))
        new = services.plan(coordinator, kind="themed", theme="neonatal", starts_at=at(-7), ends_at=at(-7, 12))
        services.seat_as_before(new, coordinator)
        assert who(new) == who(neonatal)

    def test_doing_it_twice_or_beside_others_seats_nobody_twice(self, coordinator, person):
        panel(coordinator, starts_at=at(30), ends_at=at(30, 12))
        new = services.plan(coordinator, kind="panel", starts_at=at(-7), ends_at=at(-7, 12))
        services.add_seat(new, coordinator, "lay", user=person("Panel member"))
        assert services.seat_as_before(new, coordinator) == 5
        assert services.seat_as_before(new, coordinator) == 0

    def test_whose_account_was_closed_is_left_out(self, coordinator, person):
        panel(coordinator, starts_at=at(30), ends_at=at(30, 12))
        member = person("Panel member")
        member.is_active = False
        member.save()
        new = services.plan(coordinator, kind="panel", starts_at=at(-7), ends_at=at(-7, 12))
        assert services.seat_as_before(new, coordinator) == 5

    def test_without_a_panel_before_nobody_is_seated(self, coordinator):
        new = services.plan(coordinator, kind="panel", starts_at=at(-7), ends_at=at(-7, 12))
        assert services.seat_as_before(new, coordinator) == 0

    def test_not_at_a_meeting_that_was_held(self, ready, coordinator):
        meeting = panel(coordinator)
        put_on(meeting, ready, coordinator)
        services.move(meeting, "hold", coordinator, attended=everybody(meeting))
        with pytest.raises(MoveRefused, match="Nothing of it can be changed"):
            services.seat_as_before(meeting, coordinator)

    def test_only_by_those_who_run_meetings(self, coordinator, person):
        meeting = panel(coordinator)
        with pytest.raises(PermissionDenied):
            services.seat_as_before(meeting, person("Panel member"))


def test_a_panel_without_a_case_was_not_held(coordinator):
    meeting = panel(coordinator)
    with pytest.raises(MoveRefused, match="There was no case on its agenda"):
        services.move(meeting, "hold", coordinator, attended=everybody(meeting))
    assert services.move(meeting, "cancel", coordinator, "Nothing to discuss").state == "cancelled"
