"""The same done to several cases: what will and will not be done is said first, and one that is refused stops none."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.notifying import days_ago
from tests.workflow.asking import ask, publish_forms
from tests.workflow.reviewing import make_pack, panel, review, triage
from workflow import services
from workflow.models import OutboxMessage, Task, TimelineEntry
from workflow.requests.reminders import remind_now
from workflow.services import MoveRefused
from workflow.together.acts import ACTS

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(case, notify):
    return [case, notify(child_family_name="Madeup", child_first_names="Other", nhs_number="")]


def address(act, query=""):
    return reverse("cases:together", args=[act]) + query


def sent(cases, **given):
    return {"cases": [case.reference for case in cases]} | given


def look(client, act, cases, **given):
    return client.post(address(act), sent(cases, **given)).content.decode()


def do(client, act, cases, **given):
    return client.post(address(act), sent(cases, confirmed="yes", **given), follow=True).content.decode()


def test_the_list_leads_to_it_with_its_filter(client, two, coordinator, person):
    client.force_login(coordinator)
    page = client.get("/admin/cases/?need=new").content.decode()
    assert f"{address('note')}?need=new" in page
    offered = client.get(address("note", "?need=new")).content.decode()
    assert all(case.reference in offered for case in two)
    assert two[0].reference not in client.get(address("note", "?state=closed")).content.decode()
    client.force_login(person("Panel chair"))
    assert address("note") not in client.get("/admin/cases/").content.decode()


def test_nothing_is_done_before_it_is_confirmed(client, two, coordinator):
    client.force_login(coordinator)
    page = look(client, "note", two, text="Invented: the office is closed on Friday.")
    assert "This will be done" in page
    assert "Do it for 2 cases" in page
    assert not TimelineEntry.objects.filter(kind="noted").exists()
    do(client, "note", two, text="Invented: the office is closed on Friday.")
    assert TimelineEntry.objects.filter(kind="noted").count() == 2


def test_what_will_not_be_done_is_named_with_its_reason_and_the_rest_is_done(client, two, coordinator):
    case, other = two
    services.hold(case, coordinator, "coroner", ["panel"], days_ago(2))
    client.force_login(coordinator)
    given = {"on": days_ago(-30).isoformat()}
    page = look(client, "review", two, **given)
    assert "This will not be done" in page
    assert "No hold is open." in page
    assert "Do it for 1 case<" in page
    page = do(client, "review", two, **given)
    assert case.holds.get().review_on == days_ago(-30)
    assert f"done for {case.reference}" in page
    assert f"Not done for {other.reference}: No hold is open." in page


def test_where_it_can_be_done_to_none_there_is_no_button(client, two, coordinator):
    client.force_login(coordinator)
    assert "Do it for" not in look(client, "remind", two)


def test_a_task_is_given_for_every_case_that_is_open(client, two, coordinator):
    case, other = two
    services.move(other, "mark_duplicate", coordinator, details={"duplicate_of": case.reference})
    client.force_login(coordinator)
    given = {"what": "Invented: check the address", "to": coordinator.pk, "due_on": days_ago(-3).isoformat()}
    assert "It is “Duplicate”." in look(client, "task", two, **given)
    do(client, "task", two, **given)
    assert list(Task.objects.values_list("case", "given_to")) == [(case.pk, coordinator.pk)]


def test_agencies_that_have_not_answered_are_reminded_once_a_day(client, two, coordinator):
    publish_forms()
    case, other = two
    triage(case, coordinator)
    case = services.move(case, "accept", coordinator)
    ask(case, coordinator)
    before = OutboxMessage.objects.count()
    client.force_login(coordinator)
    page = do(client, "remind", two)
    assert f"done for {case.reference}" in page
    assert f"Not done for {other.reference}" in page
    assert OutboxMessage.objects.count() == before + 1
    assert "Reminder" in OutboxMessage.objects.order_by("pk").last().about
    do(client, "remind", two)
    assert OutboxMessage.objects.count() == before + 1
    with pytest.raises(MoveRefused, match="reminded today"):
        remind_now(case, coordinator)


def test_cases_that_are_ready_go_onto_an_agenda_and_the_others_say_why_not(client, two, coordinator, chair):
    case, other = two
    case = review(case, coordinator, chair, until="quality_checked")
    meeting = panel(coordinator)
    client.force_login(coordinator)
    given = {"meeting": str(meeting.pk)}
    page = look(client, "agenda", two, **given)
    assert "Make the anonymised pack first." in page
    assert "It is “Notified”." in page
    make_pack(case, coordinator)
    do(client, "agenda", two, **given)
    assert [item.case for item in meeting.items.all()] == [case]
    other.refresh_from_db()
    assert other.state == "notified"


def test_a_doctor_puts_nothing_on_an_agenda(client, two, person, coordinator):
    meeting = panel(coordinator)
    client.force_login(person("Designated doctor"))
    assert "Your role cannot put a case on an agenda." in look(client, "agenda", two, meeting=str(meeting.pk))


def test_at_least_one_case_that_is_there_is_ticked(client, two, coordinator):
    client.force_login(coordinator)
    assert "Tick at least one case." in look(client, "note", [], text="Invented")
    page = client.post(address("note"), {"cases": ["1999-0001"], "text": "Invented"}).content.decode()
    assert "not in the list any more" in page


@pytest.mark.parametrize("role", ["Panel chair", "Panel member", "Information governance", "Analyst"])
def test_who_does_not_work_on_cases_does_none_of_it(client, two, person, role):
    client.force_login(person(role))
    for act in ACTS:
        assert client.get(address(act.name)).status_code in (302, 403)
        assert client.post(address(act.name), sent(two, text="x", confirmed="yes")).status_code in (302, 403)
    assert not TimelineEntry.objects.filter(kind="noted").exists()


def test_what_does_not_exist_is_not_found(client, coordinator):
    client.force_login(coordinator)
    assert client.get(address("delete")).status_code == 404


def test_a_day_to_look_again_before_a_hold_began_is_refused(case, coordinator):
    services.hold(case, coordinator, "coroner", [], days_ago(2))
    with pytest.raises(MoveRefused, match="before the hold starts"):
        services.look_again_on(case, coordinator, days_ago(3))
    services.look_again_on(case, coordinator, timezone.localdate())
    assert case.holds.get().review_on == timezone.localdate()
