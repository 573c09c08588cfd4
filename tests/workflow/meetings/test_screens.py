"""The screens of meetings, as coordinators and members use them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from forms.services import receive
from tests.notifying import days_ago, invented_answers
from tests.workflow.meetings.test_meetings import at
from tests.workflow.reviewing import make_pack, panel, review
from workflow.meetings import services
from workflow.meetings.selectors import item_of
from workflow.models import Case, Meeting
from workflow.outbox.shipped import load_messages

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture
def coordinator(client, person):
    user = person("Coordinator")
    client.force_login(user)
    load_messages()
    return user


def address(name, *args):
    return reverse(f"meetings:{name}", args=args)


def text(response):
    return response.content.decode()


def post(client, name, *args, **data):
    return text(client.post(address(name, *args), data, follow=True))


PLANNED = {"start": "09:30", "end": "12:30", "place": "Invented House", "chair_role": "Consultant in public health"}


def test_a_coordinator_plans_a_panel_invites_and_shares_the_agenda(client, coordinator, case, person):
    review(case, coordinator, person("Panel chair"), until="quality_checked")
    day = f"{days_ago(-14):%d/%m/%Y}"
    page = post(client, "plan", kind="panel", day=day, **PLANNED)
    assert "Planned. Now say who should come." in page
    meeting = Meeting.objects.exclude(kind="cdrm").get()
    for seat in ("police", "lay", "education", "ambulance"):
        post(client, "seat", meeting.pk, seat=seat, email=f"{seat}@invented.example")
    page = post(client, "seat", meeting.pk, seat="public_health", user=person("Panel member").pk)
    assert "Quorate: 5 members, 5 needed" in page
    assert "Send invitations" in page
    page = post(client, "invite", meeting.pk)
    assert "Invitations sent: 4." in page

    make_pack(case, coordinator)
    ask = reverse("cases:move", args=[case.reference, "schedule_panel"])
    assert str(meeting) in text(client.get(ask))
    page = text(client.post(ask, {"meeting": meeting.pk}, follow=True))
    assert "Done: Put on a panel agenda." in page
    assert meeting.get_absolute_url() in page
    assert "Agenda shared" in post(client, "move", meeting.pk, "share")

    client.force_login(person("Panel member"))
    page = text(client.get(meeting.get_absolute_url()))
    assert f"Case {case.reference}" in page
    assert "police@invented.example" not in page
    seat = meeting.seats.get(user=person("Panel member"))
    assert "Your answer is recorded" in post(client, "answer", meeting.pk, seat.pk, said="accepted")


def test_where_no_panel_is_planned_the_move_says_so(client, coordinator, case, person):
    review(case, coordinator, person("Panel chair"), until="quality_checked")
    page = text(client.get(reverse("cases:move", args=[case.reference, "schedule_panel"])))
    assert "No panel is planned. Plan one under Meetings first." in page


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"day": "nonsense"}, "Enter a valid date"),
        ({"end": "08:00"}, "The meeting ends after it starts"),
        ({"chair_role": ""}, "This field is required"),
        ({"kind": "themed"}, "Say what the theme is"),
        ({"kind": "cdrm"}, "Select a valid choice"),
        ({"link": "javascript:alert(1)"}, "Enter a valid URL"),
    ],
)
def test_what_cannot_be_planned_is_said_at_its_place(client, coordinator, wrong, sentence):
    given = {"kind": "panel", "day": f"{days_ago(-14):%d/%m/%Y}"} | PLANNED | wrong
    assert sentence in text(client.post(address("plan"), given))
    assert not Meeting.objects.exists()


def test_a_meeting_is_moved_and_its_history_says_so(client, coordinator):
    meeting = panel(coordinator)
    given = {"day": f"{days_ago(-20):%d/%m/%Y}"} | PLANNED
    assert "Moved to another time or place." in post(client, "change", meeting.pk, **given)


def test_it_is_recorded_who_was_there(client, coordinator, case, person):
    review(case, coordinator, person("Panel chair"), until="schedule_panel")
    meeting = item_of(case).meeting
    form = client.get(address("move", meeting.pk, "hold")).context["form"]
    came = [str(pk) for pk in meeting.seats.values_list("pk", flat=True)]
    assert set(form["attended"].initial) == {str(seat.pk) for seat in meeting.seats.filter(answer="accepted")}
    page = post(client, "move", meeting.pk, "hold", attended=came[:2], minutes="Invented minutes.")
    assert "It was not quorate" in page
    page = post(client, "move", meeting.pk, "hold", attended=came, minutes="Invented minutes.")
    assert "Invented minutes." in page
    assert page.count("<td>Yes</td>") == len(came)


def test_a_member_declares_an_interest_and_no_longer_sees_the_case(client, coordinator, case, person):
    review(case, coordinator, person("Panel chair"), until="schedule_panel")
    item = item_of(case)
    client.force_login(person("Panel member"))
    page = text(client.get(item.meeting.get_absolute_url()))
    assert address("interest", item.meeting.pk, item.pk) in page
    form = text(client.get(address("interest", item.meeting.pk, item.pk)))
    assert f"Declare an interest in case {case.reference}" in form
    page = post(client, "interest", item.meeting.pk, item.pk, kind="care", note="Invented note")
    assert "Declared. The case is hidden from them now." in page
    assert case.reference not in page
    assert client.get(address("interest", item.meeting.pk, item.pk)).status_code == 404


def test_a_member_runs_nothing(client, coordinator, case, person):
    review(case, coordinator, person("Panel chair"), until="schedule_panel")
    item, mine = item_of(case), item_of(case).meeting.seats.get(user=person("Panel member"))
    other = item.meeting.seats.exclude(pk=mine.pk).first()
    client.force_login(person("Panel member"))
    meeting = item.meeting.pk
    tries = [("plan", ()), ("change", (meeting,)), ("seat", (meeting,)), ("move", (meeting, "cancel"))]
    for name, args in tries:
        assert client.get(address(name, *args)).status_code in (302, 403)
        assert client.post(address(name, *args), {"reason": "x"}).status_code in (302, 403)
    for name, args in [
        ("invite", (meeting,)),
        ("remove_seat", (meeting, other.pk)),
        ("answer", (meeting, other.pk)),
        ("reorder", (meeting, item.pk)),
    ]:
        assert client.post(address(name, *args), {"said": "accepted"}).status_code in (302, 403)
    other.refresh_from_db()
    item.meeting.refresh_from_db()
    assert (other.answer, other.invited_at, item.meeting.state) == ("accepted", None, "shared")


def test_a_meeting_that_is_not_theirs_does_not_exist_for_a_member(client, coordinator, person):
    meeting = panel(coordinator)
    client.force_login(person("Panel member", 2))
    for name in ("meeting", "calendar"):
        assert client.get(address(name, meeting.pk)).status_code == 404
    assert str(meeting) not in text(client.get(address("list")))


def test_a_meeting_goes_into_a_calendar(client, coordinator):
    meeting = panel(coordinator)
    response = client.get(address("calendar", meeting.pk))
    assert response.headers["Content-Type"].startswith("text/calendar")
    assert "BEGIN:VEVENT" in text(response)


def test_nonsense_in_the_address_finds_nothing(client, coordinator):
    meeting = panel(coordinator)
    assert client.get(address("move", meeting.pk, "explode")).status_code == 404
    assert client.post(address("remove_seat", meeting.pk, 999_999)).status_code == 404
    assert client.get("/admin/meetings/999999/").status_code == 404


def test_list_and_meeting_ask_as_often_for_many_as_for_few(client, coordinator, notification, person):
    chair, counts = person("Panel chair"), []
    meeting = panel(coordinator)
    for more in (2, 6):
        for _ in range(more):
            panel(coordinator)
            receive(notification, invented_answers(nhs_number="", nhs_number_missing_reason="not_currently_available"))
            case = Case.objects.order_by("-pk").first()
            services.put_on(meeting, review(case, coordinator, chair, until="quality_checked"))
            services.add_seat(meeting, coordinator, "other", email=f"{case.pk}@invented.example")
        seen = []
        for page in (address("list"), meeting.get_absolute_url()):
            client.get(page)
            with CaptureQueriesContext(connection) as queries:
                client.get(page)
            seen.append(len(queries))
        counts.append(seen)
    assert counts[0] == counts[1]


def test_the_members_of_the_last_panel_come_with_one_button(client, coordinator):
    panel(coordinator, starts_at=at(30), ends_at=at(30, 12))
    new = services.plan(coordinator, kind="panel", starts_at=at(-7), ends_at=at(-7, 12), chair_role="Consultant")
    assert "Add the members of the last panel" in text(client.get(new.get_absolute_url()))
    page = post(client, "seat_as_before", new.pk)
    assert "Members added: 6. Nobody has been invited yet." in page
    assert "Add the members of the last panel" not in page


def test_where_no_panel_had_members_before_nobody_is_offered_them(client, coordinator):
    new = services.plan(coordinator, kind="panel", starts_at=at(-7), ends_at=at(-7, 12), chair_role="Consultant")
    page = text(client.get(new.get_absolute_url()))
    assert "Add a member" in page
    assert "Add the members of the last panel" not in page


def test_the_history_stands_last(client, coordinator):
    page = text(client.get(panel(coordinator).get_absolute_url()))
    places = [page.rindex(heading) for heading in ("When and where", "Agenda", "Members", "History")]
    assert places == sorted(places)


def test_only_accounts_that_read_what_is_before_a_panel_are_offered_a_seat(client, coordinator, person):
    for role in ("Panel member", "Designated doctor", "Site editor", "Form editor", "Analyst"):
        person(role)
    new = services.plan(coordinator, kind="panel", starts_at=at(-7), ends_at=at(-7, 12), chair_role="Consultant")
    form = client.get(address("seat", new.pk)).context["form"]
    offered = {user.groups.get().name for user in form.fields["user"].queryset}
    assert offered == {"Coordinator", "Panel member", "Designated doctor"}
