"""The screens of work: what they show, and what can be done on them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.notifying import days_ago
from tests.workflow.reviewing import review
from workflow.meetings.declaring import declare
from workflow.meetings.selectors import item_of
from workflow.meetings.states import INTERESTS
from workflow.models import Case, Seat, Task
from workflow.worklist import services

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture
def at_work(client, coordinator):
    client.force_login(coordinator)
    return client


@pytest.fixture
def doctor(person):
    return person("Designated doctor")


def text(client, name, query="", *args) -> str:
    return client.get(reverse(name, args=args) + query).content.decode()


def test_with_nothing_to_do_the_screen_says_where_to_look(at_work):
    assert "Nothing of yours is due" in text(at_work, "work:mine")
    assert "Nothing is due" in text(at_work, "work:everybody")
    assert "A notification opens one" in text(at_work, "work:board")
    assert "Nothing of yours is due in this month" in text(at_work, "work:calendar")
    assert "Every open case has a coordinator" in text(at_work, "work:people")


def test_my_work_says_how_many_cases_nobody_keeps_going(at_work, case, coordinator):
    assert "1 case is kept going by nobody" in text(at_work, "work:mine")
    assert "kept going by nobody" not in text(at_work, "work:everybody")
    services.assign(case, coordinator, coordinator)
    assert "kept going by nobody" not in text(at_work, "work:mine")


def test_late_today_soon_and_to_read_stand_apart(at_work, case, coordinator, doctor):
    for what, day in (("Was for yesterday", 1), ("Is for today", 0), ("Is for later", -3)):
        services.give(case, what, doctor, coordinator, days_ago(day))
    services.tell(case, "A word", [coordinator], doctor)
    lists = at_work.get(reverse("work:mine")).context["lists"]
    assert {name: [item.what for item in found] for name, (_, found) in lists.items()} == {
        "late": ["Was for yesterday"],
        "today": ["Is for today"],
        "soon": ["Is for later"],
        "read": ["A word"],
    }


def test_a_task_is_ticked_off_and_one_comes_back_to_where_one_was(at_work, case, coordinator):
    task = services.give(case, "Ring the ward", coordinator, coordinator, days_ago(0))
    back = reverse("work:calendar")
    response = at_work.post(reverse("work:finish", args=[task.pk]), {"back": back})
    assert response.headers["Location"] == back
    task.refresh_from_db()
    assert task.done_by == coordinator


def test_one_never_comes_back_to_somewhere_else(at_work, case, coordinator):
    task = services.give(case, "Ring the ward", coordinator, coordinator, days_ago(0))
    response = at_work.post(reverse("work:finish", args=[task.pk]), {"back": "https://elsewhere.example/"})
    assert response.headers["Location"] == reverse("work:mine")


@pytest.mark.parametrize("role", ["Panel chair", "Panel member", "Information governance", "Analyst", "Site editor"])
def test_who_does_not_work_on_cases_cannot_tick_off(client, person, case, coordinator, role):
    task = services.give(case, "Ring the ward", coordinator)
    client.force_login(person(role))
    client.post(reverse("work:finish", args=[task.pk]))
    assert not Task.objects.exclude(done_at=None).exists()


def test_a_task_is_given_from_the_case(at_work, case, doctor):
    address = reverse("cases:task", args=[case.reference])
    due = (timezone.localdate()).strftime("%d/%m/%Y")
    at_work.post(address, {"what": "Ring the ward", "to": doctor.pk, "due_on": due})
    task = Task.objects.get()
    assert (task.what, task.given_to, task.due_on) == ("Ring the ward", doctor, timezone.localdate())


def test_a_task_needs_words_and_a_day(at_work, case):
    response = at_work.post(reverse("cases:task", args=[case.reference]), {"what": "", "due_on": "soon"})
    assert {"what", "due_on"} <= response.context["form"].errors.keys()
    assert not Task.objects.exists()


def test_a_note_can_be_laid_before_a_colleague(at_work, case, doctor):
    at_work.post(
        reverse("cases:note", args=[case.reference]), {"text": "The inquest is in May", "to": [doctor.username]}
    )
    assert Task.objects.get().given_to == doctor
    assert case.timeline.first().words == "The inquest is in May"


def test_the_coordinator_is_chosen_from_those_who_work_on_cases(at_work, case, doctor, person):
    address = reverse("cases:coordinator", args=[case.reference])
    member = person("Panel member")
    assert f'value="{member.pk}"' not in text(at_work, "cases:coordinator", "", case.reference)
    at_work.post(address, {"coordinator": member.pk})
    assert Case.objects.get().coordinator is None
    at_work.post(address, {"coordinator": doctor.pk})
    assert Case.objects.get().coordinator == doctor
    assert "Designated doctor No 1" in text(at_work, "cases:case", "", case.reference)


def test_cases_that_nobody_keeps_going_are_given_out_together(at_work, case, notify, doctor):
    other = notify()
    response = at_work.post(
        reverse("work:people"), {"cases": [case.reference, other.reference], "to": doctor.pk}, follow=True
    )
    assert "2 cases given to Designated doctor No 1." in response.content.decode()
    assert set(Case.objects.values_list("coordinator", flat=True)) == {doctor.pk}


def test_a_case_that_somebody_took_meanwhile_is_not_given_away(at_work, case, notify, coordinator, doctor):
    other = notify()
    services.assign(case, coordinator, coordinator)
    response = at_work.post(reverse("work:people"), {"cases": [case.reference, other.reference], "to": doctor.pk})
    assert "given to somebody meanwhile" in response.content.decode()
    assert not Case.objects.filter(coordinator=doctor).exists()


@pytest.mark.parametrize("given", [{}, {"cases": ["x"]}, {"to": "x"}, {"cases": ["1" * 30, "\x00"], "to": "9" * 30}])
def test_giving_out_nothing_or_nonsense_says_what_is_missing(at_work, case, given):
    response = at_work.post(reverse("work:people"), given)
    assert response.status_code == 200
    assert response.context["form"].errors
    assert Case.objects.get().coordinator is None


def test_the_list_of_cases_is_filtered_by_coordinator(at_work, case, notify, coordinator, doctor):
    services.assign(notify(), doctor, coordinator)
    assert case.reference not in text(at_work, "cases:list", f"?coordinator={doctor.pk}")
    assert case.reference in text(at_work, "cases:list", "?coordinator=null")


@pytest.mark.parametrize("month", ["2026-13", "soon", "0001-01", "9999-12", "", "2026-11-03"])
def test_a_month_that_is_none_shows_this_one(at_work, month):
    response = at_work.get(reverse("work:calendar"), {"month": month})
    assert response.context["month"] == timezone.localdate().replace(day=1)


def test_the_calendar_shows_the_month_that_was_asked_for_and_no_other_day(at_work, case, coordinator):
    day = timezone.localdate().replace(day=15)
    services.give(case, "In the month", coordinator, coordinator, day)
    services.give(case, "Long before", coordinator, coordinator, day.replace(year=day.year - 1))
    response = at_work.get(reverse("work:calendar"), {"month": f"{day:%Y-%m}"})
    assert [(shown, [item.what for item in lines]) for shown, lines in response.context["days"]] == [
        (day, ["In the month"])
    ]


@pytest.mark.parametrize("name", ["mine", "everybody", "board", "calendar", "people"])
def test_a_screen_asks_as_often_for_many_as_for_few(at_work, case, notify, coordinator, name):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert at_work.get(reverse(f"work:{name}"), {"everybody": "yes"}).status_code == 200
        return len(queries)

    services.give(case, "Ring the ward", coordinator, coordinator, days_ago(0))
    asked()
    before = asked()
    for number in range(6):
        services.give(notify(), f"Task {number}", coordinator, coordinator, days_ago(0))
    assert asked() == before


def test_the_chair_sees_the_board_and_no_other_screen_of_work(client, chair, case):
    client.force_login(chair)
    response = client.get(reverse("work:board"))
    assert [tab["label"] for tab in response.context["tabs"]] == ["Board"]
    assert client.get(reverse("work:mine")).status_code == 302


def test_the_board_hides_from_the_chair_a_case_in_which_an_interest_was_declared(client, chair, case, coordinator):
    review(case, coordinator, chair, until="schedule_panel")
    meeting = item_of(case).meeting
    seat = Seat.objects.create(meeting=meeting, seat="chair", user=chair)
    client.force_login(chair)
    assert case.reference in text(client, "work:board")
    declare(item_of(case), seat, chair, INTERESTS[0][0])
    assert case.reference not in text(client, "work:board")
