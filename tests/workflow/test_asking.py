"""The coordinator's screens for asking agencies."""

import pytest
from django.urls import reverse

from tests.notifying import days_ago
from tests.workflow.asking import answer, ask, link_of, open_request, publish_forms
from workflow.models import Agency, InformationRequest
from workflow.requests.states import RequestState

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _forms(db):
    publish_forms()


@pytest.fixture
def staff(client, person):
    client.force_login(person("Coordinator"))
    return client


def lines(*given: dict[str, object]) -> dict[str, object]:
    """What the screen posts for these lines, each ticked."""
    posted: dict[str, object] = {"form-TOTAL_FORMS": len(given), "form-INITIAL_FORMS": 0}
    for number, line in enumerate(given):
        posted |= {f"form-{number}-{name}": value for name, value in ({"include": "on"} | line).items()}
    return posted | {"due_on": days_ago(-21).isoformat()}


SURGERY = {"organisation": "Invented Surgery", "kind": "gp", "email": "gp@invented.example", "forms": ["reporting"]}


def test_the_list_begins_with_everybody_the_notification_names(staff, case):
    page = staff.get(reverse("cases:ask", args=[case.reference])).content.decode()
    assert "Invented Surgery" in page
    assert "Reporting form" in page
    assert "Drowning" in page


def test_ticked_lines_become_requests_on_their_way(staff, case):
    hospital = {
        "organisation": "Invented Hospital",
        "email": "ward@invented.example",
        "forms": ["reporting", "drowning"],
    }
    address = reverse("cases:ask", args=[case.reference])
    staff.post(address, lines(SURGERY | {"mandatory": "on"}, hospital) | {"send": "yes"})
    surgery, ward = InformationRequest.objects.order_by("agency__name").reverse()
    assert {surgery.state, ward.state} == {RequestState.SENT}
    assert (surgery.mandatory, ward.mandatory) == (True, False)
    assert ward.forms.count() == 2
    assert "Invented Hospital" in staff.get(reverse("cases:case", args=[case.reference])).content.decode()


def test_requests_can_be_kept_as_drafts(staff, case):
    staff.post(reverse("cases:ask", args=[case.reference]), lines(SURGERY) | {"keep": "yes"})
    assert InformationRequest.objects.get().state == RequestState.DRAFTED


def test_the_same_agency_is_found_again_whatever_its_capitals(staff, case):
    for name in ("Invented Surgery", "invented  SURGERY"):
        staff.post(
            reverse("cases:ask", args=[case.reference]), lines(SURGERY | {"organisation": name}) | {"keep": "yes"}
        )
    assert Agency.objects.count() == 1
    assert InformationRequest.objects.count() == 2


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"email": ""}, "the link is sent there"),
        ({"email": "no address"}, "Enter a valid email address"),
        ({"organisation": ""}, "Enter the organisation"),
        ({"forms": []}, "Choose at least one form"),
        ({"forms": ["notification"]}, "Select a valid choice"),
    ],
)
def test_a_line_that_cannot_be_sent_says_why_and_nothing_is_sent(staff, case, change, message):
    page = staff.post(reverse("cases:ask", args=[case.reference]), lines(SURGERY | change) | {"send": "yes"})
    assert message in page.content.decode()
    assert not InformationRequest.objects.exists()


def test_a_line_that_is_not_ticked_is_left_out_whatever_stands_in_it(staff, case):
    posted = lines(SURGERY, {"email": "nonsense"}) | {"keep": "yes"}
    del posted["form-1-include"]
    staff.post(reverse("cases:ask", args=[case.reference]), posted)
    assert InformationRequest.objects.count() == 1


def test_nothing_ticked_asks_for_a_line(staff, case):
    posted = lines(SURGERY) | {"send": "yes"}
    del posted["form-0-include"]
    page = staff.post(reverse("cases:ask", args=[case.reference]), posted)
    assert "Tick at least one line" in page.content.decode()


def test_a_due_day_in_the_past_is_refused(staff, case):
    posted = lines(SURGERY) | {"due_on": days_ago(1).isoformat(), "send": "yes"}
    assert "not in the past" in staff.post(reverse("cases:ask", args=[case.reference]), posted).content.decode()


def test_an_answer_is_read_queried_and_accepted_on_the_screen(staff, case, person, django_capture_on_commit_callbacks):
    request = ask(case, person("Coordinator"))
    visitor = open_request(request, django_capture_on_commit_callbacks)
    answer(visitor, request)
    visitor.post(f"{link_of(request)}return/")
    address = reverse("cases:request", args=[case.reference, request.pk])
    assert "Invented facts." in staff.get(address).content.decode()
    moved = staff.post(f"{address}move/query/", {"reason": ""})
    assert "required" in moved.content.decode()
    staff.post(f"{address}move/query/", {"reason": "Which year?"})
    assert InformationRequest.objects.get().state == RequestState.QUERIED
    again = open_request(request, django_capture_on_commit_callbacks)
    again.post(f"{link_of(request)}return/")
    staff.post(f"{address}move/accept/")
    assert InformationRequest.objects.get().state == RequestState.ACCEPTED


def test_a_move_that_is_too_late_says_so(staff, case, person):
    request = ask(case, person("Coordinator"))
    address = reverse("cases:request_move", args=[case.reference, request.pk, "accept"])
    assert "is now “Sent”" in staff.post(address).content.decode()


@pytest.mark.parametrize("role", ["Panel chair", "Panel member", "Analyst", "Information governance", "Site editor"])
def test_other_roles_reach_none_of_these_screens(client, case, person, role):
    request = ask(case, person("Coordinator"))
    client.force_login(person(role))
    for address in (
        reverse("cases:ask", args=[case.reference]),
        reverse("cases:request", args=[case.reference, request.pk]),
        reverse("cases:request_move", args=[case.reference, request.pk, "waive"]),
        reverse("cases:request_word", args=[case.reference, request.pk]),
    ):
        assert client.get(address).status_code in (302, 403, 404)


def test_a_request_of_another_case_is_not_found(staff, case, person, notification):
    from forms.services import receive
    from tests.notifying import invented_answers
    from workflow.models import Case

    other = Case.objects.get(submissions__submission=receive(notification, invented_answers(nhs_number="9990000026")))
    request = ask(other, person("Coordinator"))
    assert staff.get(reverse("cases:request", args=[case.reference, request.pk])).status_code == 404


def test_the_case_page_costs_the_same_for_one_request_and_for_many(staff, case, person, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    address = reverse("cases:case", args=[case.reference])
    ask(case, person("Coordinator"))
    staff.get(address)
    with CaptureQueriesContext(
        connection,
    ) as one:
        staff.get(address)
    for number in range(5):
        ask(case, person("Coordinator"), name=f"Surgery {number}", email=f"gp{number}@invented.example")
    with django_assert_max_num_queries(len(one)):
        staff.get(address)
