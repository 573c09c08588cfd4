"""Whom to ask for which forms: what a notification and what came back call for."""

import html

import pytest
from django.urls import reverse

from forms.models import Form
from forms.services import receive
from tests.forms.making import page, publish
from tests.workflow.asking import KNOWN, ask, link_of, open_request, publish_forms
from tests.workflow.reviewing import review
from tests.workflow.test_asking import SURGERY, lines
from workflow.models import InformationRequest
from workflow.requests import services
from workflow.requests.answering import form_came_back
from workflow.requests.proposing import missing_forms, suggestions

pytestmark = pytest.mark.django_db

EVENTS = {"kind": "checkboxes", "key": "events", "label": "Events"}
TRIGGERS = {
    "drowning": [("events", "drowning"), ("suspected_cause", "drowning")],
    "vehicle": [("events", "vehicle")],
}


@pytest.fixture(autouse=True)
def _forms(db):
    publish_forms()
    choices = [{"code": code, "label": code} for code in ("drowning", "vehicle")]
    publish(page("what-you-know", KNOWN, EVENTS | {"choices": choices}), slug="reporting", title="Reporting form")
    publish(page("road", KNOWN), slug="vehicle", title="On the road")
    for slug, conditions in TRIGGERS.items():
        form = Form.objects.get(slug=slug)
        any_of = [{"question": question, "comparison": "is", "value": code} for question, code in conditions]
        form.triggers = [{"type": "trigger", "value": {"join": "any", "tests": any_of}}]
        form.save()


@pytest.fixture
def gathering(notify, coordinator, chair):
    """A case whose notification says that the child may have drowned."""
    surgery = {"agency_type": "gp", "org": "Invented Surgery", "email": "surgery@invented.example"}
    case = notify(suspected_cause=["drowning"], professionals=[surgery])
    review(case, coordinator, chair, until="accept")
    return case


def came_back(case, by, **answers) -> InformationRequest:
    request = ask(case, by, name="Invented Hospital", email="ward@invented.example")
    form = request.forms.get()
    form_came_back(form, receive(form.version, {"narrative": "Invented."} | answers))
    return request


def test_what_was_notified_calls_for_a_form(gathering):
    assert missing_forms(gathering) == {"drowning": "Drowning"}


def test_what_an_agency_returned_calls_for_more(gathering, coordinator):
    came_back(gathering, coordinator, events=["vehicle"])
    assert missing_forms(gathering) == {"drowning": "Drowning", "vehicle": "On the road"}


def test_a_form_that_somebody_was_asked_for_is_called_for_no_longer_unless_that_was_cancelled(gathering, coordinator):
    request = ask(gathering, coordinator, "drowning")
    assert missing_forms(gathering) == {}
    services.move(request, "cancel", "staff", coordinator, "Asked the wrong surgery")
    assert missing_forms(gathering) == {"drowning": "Drowning"}


def test_a_death_that_calls_for_none_is_asked_about_with_the_reporting_form_alone(case):
    assert missing_forms(case) == {}
    assert suggestions(case)[0].forms == ("reporting",)


def test_whoever_the_notification_names_is_to_be_asked_for_what_it_calls_for(gathering):
    (surgery,) = suggestions(gathering)
    assert (surgery.forms, surgery.wanted) == (("reporting", "drowning"), True)


def test_what_the_notifier_chose_for_somebody_goes_before_what_is_called_for(notify):
    chosen = {"agency_type": "police", "org": "Invented Police", "email": "p@invented.example"}
    case = notify(suspected_cause=["drowning"], professionals=[chosen | {"supplementary": ["vehicle"]}])
    assert suggestions(case)[0].forms == ("reporting", "vehicle")


def test_who_was_asked_before_is_offered_for_what_is_new_and_not_ticked(gathering, coordinator):
    ask(gathering, coordinator, "reporting", email="SURGERY@invented.example")
    (surgery,) = suggestions(gathering)
    assert (surgery.asked, surgery.wanted, surgery.forms) == (True, False, ("drowning",))


def test_two_people_of_one_agency_without_an_address_are_two(notify):
    person = {"agency_type": "acute_trust", "org": "Invented Hospital", "email": ""}
    case = notify(professionals=[person | {"name": "Ann Invented"}, person | {"name": "Bo Invented"}])
    assert [suggestion.name for suggestion in suggestions(case)] == ["Ann Invented", "Bo Invented"]


def test_the_screen_says_what_is_called_for_and_the_case_what_is_missing(gathering, client, coordinator):
    client.force_login(coordinator)
    page = html.unescape(client.get(reverse("cases:ask", args=[gathering.reference])).content.decode())
    assert "What is known of this death calls for “Drowning”" in page
    assert "Request for information for a child death review" in page
    assert "Change its words for all requests" in page
    came_back(gathering, coordinator, events=["vehicle"])
    page = html.unescape(client.get(reverse("cases:case", args=[gathering.reference])).content.decode())
    assert "“Drowning”, “On the road”, and nobody has been asked for them" in page


def test_the_page_of_a_case_costs_the_same_however_much_came_back(gathering, client, coordinator):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(coordinator)
    came_back(gathering, coordinator, events=["vehicle"])
    address = reverse("cases:case", args=[gathering.reference])
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for _ in range(4):
        came_back(gathering, coordinator, events=["drowning"])
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(one)


def test_stages_of_care_go_to_different_people(gathering, client, coordinator, django_capture_on_commit_callbacks):
    client.force_login(coordinator)
    ward = SURGERY | {"organisation": "Invented Hospital", "email": "ward@invented.example", "stages": ["ward"]}
    theatre = ward | {"email": "theatre@invented.example", "stages": ["theatre", "intensive_care"]}
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("cases:ask", args=[gathering.reference]), lines(ward, theatre) | {"send": "yes"})
    requests = InformationRequest.objects.order_by("pk")
    assert [request.stages for request in requests] == [["Ward"], ["Operating theatre", "Intensive care"]]
    theirs = requests[1]
    shown = client.get(reverse("cases:request", args=[gathering.reference, theirs.pk])).content.decode()
    assert "Operating theatre, Intensive care" in shown
    visitor = open_request(theirs, django_capture_on_commit_callbacks)
    page = visitor.get(link_of(theirs)).content.decode()
    assert "We ask you about these stages of care: <strong>Operating theatre, Intensive care</strong>" in page
    services.pass_on(theirs, "respondent", "Invented Colleague", "c@invented.example")
    assert InformationRequest.objects.get(passed_from=theirs).stages == ["Operating theatre", "Intensive care"]


def test_who_is_asked_about_every_stage_is_told_of_none(gathering, coordinator, django_capture_on_commit_callbacks):
    request = ask(gathering, coordinator)
    visitor = open_request(request, django_capture_on_commit_callbacks)
    assert "stages of care" not in visitor.get(link_of(request)).content.decode()
