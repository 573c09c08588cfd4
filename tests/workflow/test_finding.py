"""Finding a child by NHS number, without the number reaching an address."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forms.services import receive
from tests.notifying import invented_answers
from workflow.models import Case
from workflow.selectors import with_nhs_number

pytestmark = pytest.mark.django_db
FIND = "/admin/cases/find/"


@pytest.fixture
def coordinator(client, person):
    user = person("Coordinator")
    client.force_login(user)
    return user


def test_one_case_is_opened_at_once(client, coordinator, case):
    response = client.post(FIND, {"nhs_number": "999 000 0018"})
    assert response.headers["Location"] == f"/admin/cases/{case.reference}/"


def test_a_child_who_was_notified_twice_is_shown_twice(client, coordinator, case, notification):
    receive(notification, invented_answers())
    page = client.post(FIND, {"nhs_number": "9990000018"}).content.decode()
    assert "2 cases have this NHS number" in page
    for found in Case.objects.all():
        assert f"/admin/cases/{found.reference}/" in page


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("999 000 0034", "No case has this NHS number"),
        ("999 000 0019", "That is not an NHS number"),
        ("", "This field is required"),
        ("999000001'; --", "That is not an NHS number"),
    ],
)
def test_what_is_not_found_or_no_number_says_so(client, coordinator, case, number, sentence):
    page = client.post(FIND, {"nhs_number": number}).content.decode()
    assert sentence in page
    assert case.reference not in page


def test_the_number_is_never_read_from_an_address(client, coordinator, case):
    page = client.get(f"{FIND}?nhs_number=9990000018").content.decode()
    assert case.reference not in page
    assert 'method="post"' in page


def test_part_of_a_number_finds_nothing(client, coordinator, case):
    assert case.reference not in client.post(FIND, {"nhs_number": "99900000"}).content.decode()


@pytest.mark.parametrize("role", ["Panel chair", "Panel member", "Analyst", "Information governance", "Site editor"])
def test_those_who_may_not_know_who_a_child_is_cannot_ask(client, person, case, role):
    user = person(role)
    client.force_login(user)
    assert client.post(FIND, {"nhs_number": "9990000018"}).status_code in (302, 403)
    assert not with_nhs_number(user, "9990000018").exists()


def test_the_list_leads_to_it_for_those_who_may(client, coordinator, person, case):
    assert FIND in client.get("/admin/cases/").content.decode()
    client.force_login(person("Panel chair"))
    assert FIND not in client.get("/admin/cases/").content.decode()


def test_the_number_itself_is_in_no_query(client, coordinator, case):
    with CaptureQueriesContext(connection) as queries:
        client.post(FIND, {"nhs_number": "9990000018"})
    assert not any("9990000018" in query["sql"] for query in queries)
