"""What agencies were asked, what is open and late, and how much came back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.notifying import days_ago
from tests.workflow.asking import ask, publish_forms
from workflow.models import Agency, InformationRequest
from workflow.requests import services
from workflow.requests.selectors import agencies_with_figures, requests_of, return_rate

pytestmark = pytest.mark.django_db
LIST = reverse("wagtailsnippets_cdop_workflow_agency:list")


@pytest.fixture
def surgery(case, coordinator) -> Agency:
    """Asked four times: one answer came back, one is late, one is not due, one was a mistake."""
    publish_forms()
    returned, late, _not_due, mistake = [ask(case, coordinator) for _ in range(4)]
    services.give_back(returned, [form.pk for form in returned.forms.all()])
    InformationRequest.objects.filter(pk=late.pk).update(due_on=days_ago(3))
    services.move(mistake, "cancel", "staff", coordinator, "Asked the wrong surgery")
    return returned.agency


def page_of(client, agency: Agency) -> str:
    return client.get(reverse("wagtailsnippets_cdop_workflow_agency:inspect", args=[agency.pk])).content.decode()


def test_the_list_has_the_return_rate_and_leads_to_the_page_of_the_agency(client, coordinator, surgery):
    client.force_login(coordinator)
    page = client.get(LIST).content.decode()
    assert "33%" in page
    assert reverse("wagtailsnippets_cdop_workflow_agency:inspect", args=[surgery.pk]) in page


def test_the_page_of_an_agency_lists_what_it_was_asked_what_waits_first(client, coordinator, surgery, case):
    client.force_login(coordinator)
    page = page_of(client, surgery)
    assert "1 (33%)" in page
    assert ", late" in page
    states = [request.state for request in requests_of(surgery)]
    assert states[:2] == ["sent", "sent"]
    assert sorted(states[2:]) == ["cancelled", "returned"]
    assert all(reverse("cases:request", args=[case.reference, each.pk]) in page for each in requests_of(surgery))
    assert "gp@invented.example" not in page


def test_of_an_agency_that_was_never_asked_no_rate_is_made(client, coordinator):
    agency = Agency.objects.create(name="Invented Trust", kind="acute_trust")
    client.force_login(coordinator)
    assert "has not been asked for anything yet" in page_of(client, agency)
    assert return_rate(agencies_with_figures(Agency.objects.all()).get()) == ""


def test_the_page_costs_the_same_for_one_request_and_for_many(client, coordinator, surgery, case):
    client.force_login(coordinator)
    page_of(client, surgery)
    with CaptureQueriesContext(connection) as few:
        page_of(client, surgery)
    for _ in range(6):
        ask(case, coordinator)
    with CaptureQueriesContext(connection) as many:
        page_of(client, surgery)
    assert len(many) == len(few)


@pytest.mark.parametrize("role", ["Panel member", "Analyst", "Site editor"])
def test_who_keeps_no_agencies_does_not_see_what_they_were_asked(client, person, surgery, role):
    client.force_login(person(role))
    assert "Returned in time" not in page_of(client, surgery)
