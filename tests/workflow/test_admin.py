"""Cases in the Wagtail admin, for every role."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.formats import date_format

from forms.services import receive
from tests.notifying import days_ago, invented_answers
from tests.workflow.reviewing import ANSWERS, review, triage
from workflow import services
from workflow.models import Case, CaseView
from workflow.roles import ROLES

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

LIST = "/admin/cases/"
READERS = {"Coordinator", "Designated doctor", "Panel chair", "Panel member", "Information governance", "Administrator"}
WORKERS = {"Coordinator", "Designated doctor", "Administrator"}


@pytest.fixture
def as_role(client, person):
    def login(role):
        user = person(role)
        client.force_login(user)
        return user

    return login


def address(case, name="case", *args):
    return reverse(f"cases:{name}", args=[case.reference, *args])


@pytest.mark.parametrize("role", ROLES)
def test_only_those_who_may_read_cases_see_the_list_and_its_menu_entry(client, as_role, role):
    as_role(role)
    response = client.get(LIST)
    assert (response.status_code == 200) == (role in READERS)
    assert (LIST.encode() in client.get("/admin/").content) == (role in READERS)


@pytest.mark.parametrize("role", ROLES)
def test_only_those_who_work_on_cases_can_decide_hold_and_note(client, as_role, case, role):
    as_role(role)
    for name in ("scope", "jar", "hold", "note"):
        status = client.get(address(case, name)).status_code
        assert (status == 200) == (role in WORKERS), (role, name)


@pytest.mark.parametrize("role", ROLES)
def test_identity_is_shown_only_to_those_who_may_see_it(client, as_role, case, role):
    as_role(role)
    response = client.get(address(case))
    seen = response.status_code == 200 and "Invented" in response.content.decode()
    assert seen == (role in WORKERS)
    if role in READERS - WORKERS - {"Panel member"}:
        assert response.status_code == 200
        assert "Intensive care" in response.content.decode() or "intensive care" in response.content.decode()


def test_a_panel_member_sees_a_case_only_while_it_is_before_the_panel(client, as_role, person, case):
    as_role("Panel member")
    assert client.get(address(case)).status_code == 404
    review(case, person("Coordinator"), person("Panel chair"), until="schedule_panel")
    assert client.get(address(case)).status_code == 200
    assert case.reference in client.get(LIST).content.decode()


def test_a_visitor_is_asked_to_log_in(client, case):
    assert "/admin/login/" in client.get(address(case)).headers["Location"]


def test_the_list_costs_the_same_for_five_and_for_fifty_cases(
    client, as_role, notification, django_assert_max_num_queries
):
    as_role("Coordinator")
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for more in (5, 20):
        for _ in range(more):
            receive(notification, invented_answers(nhs_number="not_known"))
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_list_is_searched_by_reference_and_filtered(client, as_role, case, notification, person):
    receive(notification, invented_answers(sibling_concerns="yes", nhs_number="not_known"))
    urgent = Case.objects.exclude(pk=case.pk).get()
    services.hold(case, person("Coordinator"), "coroner", ["panel"], days_ago(1))
    as_role("Coordinator")
    for query, found, hidden in (
        (f"q={urgent.reference}", urgent, case),
        ("need=urgent", urgent, case),
        ("need=on_hold", case, urgent),
    ):
        page = client.get(f"{LIST}?{query}").content.decode()
        assert address(found) in page
        assert address(hidden) not in page
    assert address(case) not in client.get(f"{LIST}?state=closed").content.decode()


def test_a_coordinator_triages_and_accepts_in_the_browser(client, as_role, case):
    as_role("Coordinator")
    page = client.get(address(case)).content.decode()
    assert "Record the scope decision first." in page
    client.post(address(case, "scope"), {"in_scope": "yes"})
    client.post(address(case, "jar"), {"required": "no", "decider_role": "Designated doctor"})
    assert client.get(address(case, "move", "accept")).status_code == 200
    response = client.post(address(case, "move", "accept"), follow=True)
    assert "Gathering information" in response.content.decode()


def test_a_refused_move_says_why_and_keeps_what_was_entered(client, as_role, case, person):
    triage(case, person("Coordinator"))
    services.move(case, "accept", person("Coordinator"))
    as_role("Coordinator")
    response = client.post(address(case, "move", "information_complete"), {"returns": "waived"})
    assert "Give the reason." in response.content.decode()
    assert Case.objects.get().state == "information_gathering"


@pytest.mark.parametrize("role", sorted(READERS - {"Panel chair"}))
def test_only_the_chair_records_the_panel(client, as_role, person, case, role):
    review(case, person("Coordinator"), person("Panel chair"), until="schedule_panel")
    as_role(role)
    assert client.post(address(case, "move", "record_panel"), ANSWERS["record_panel"]).status_code in (302, 403)
    assert Case.objects.get().state == "panel_scheduled"


def test_a_move_that_does_not_exist_is_not_found(client, as_role, case):
    as_role("Coordinator")
    assert client.get(address(case, "move", "teleport")).status_code == 404


@pytest.mark.parametrize("name", ["case", "scope", "jar", "hold", "note"])
def test_every_screen_has_one_heading_of_the_first_level(client, as_role, case, name):
    as_role("Coordinator")
    assert client.get(address(case, name)).content.decode().count("<h1") == 1


def test_dates_are_in_words(client, as_role, case):
    as_role("Coordinator")
    page = client.get(address(case)).content.decode()
    assert date_format(case.died_on, "j F Y") in page
    assert case.died_on.isoformat() not in page


def test_opening_a_case_is_recorded_once_an_hour(client, as_role, case):
    user = as_role("Coordinator")
    for _ in range(3):
        client.get(address(case))
    assert list(CaseView.objects.values_list("by", "with_identity")) == [(user.pk, True)]


def test_a_hold_is_started_and_ended_in_the_browser(client, as_role, case):
    as_role("Coordinator")
    today = days_ago(0).isoformat()
    client.post(address(case, "hold"), {"kind": "coroner", "blocks": ["panel"], "started_on": today})
    held = case.holds.get()
    assert "Coroner" in client.get(address(case)).content.decode()
    client.post(address(case, "end_hold", held.pk), {"ended_on": today})
    held.refresh_from_db()
    assert held.ended_on == days_ago(0)


@pytest.mark.parametrize(
    ("blocks", "told"),
    [
        ([], "Choose what waits, or that nothing does."),
        (["panel", "nothing"], "Choose what waits, or that nothing does; not both."),
    ],
)
def test_nobody_forgets_to_say_what_a_hold_holds(client, as_role, case, blocks, told):
    as_role("Coordinator")
    asked = {"kind": "coroner", "blocks": blocks, "started_on": days_ago(0).isoformat()}
    assert told in client.post(address(case, "hold"), asked).content.decode()
    assert not case.holds.exists()


def test_a_process_that_holds_nothing_is_noted_as_such(client, as_role, case):
    as_role("Coordinator")
    asked = {"kind": "ledr", "blocks": ["nothing"], "started_on": days_ago(0).isoformat()}
    client.post(address(case, "hold"), asked)
    assert (case.holds.get().kind, case.holds.get().blocks) == ("ledr", [])


def test_the_dashboard_shows_what_waits_and_costs_a_constant_number_of_queries(client, as_role, case, notification):
    as_role("Coordinator")
    page = client.get("/admin/").content.decode()
    assert ">New <" in page
    assert case.reference in page


def test_a_role_without_the_right_is_refused_by_the_service_too(case, person):
    with pytest.raises(PermissionDenied):
        services.decide_scope(case, person("Analyst"), in_scope=True)
