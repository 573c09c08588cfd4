"""What a person who was asked sees, in a language whose words are marked: none of our words is left in English."""

import pytest
from django.test import Client

from forms.services import receive
from tests.forms.translated import asked, marked_page, publish_marked
from tests.notifying import days_ago, invented_answers
from tests.translating import mark, unmarked
from tests.workflow.asking import ask, link_of, open_request
from workflow.models import Case, InformationRequest
from workflow.outbox.shipped import load_messages
from workflow.requests import services

pytestmark = pytest.mark.django_db
ADDRESS = "gp@invented.example"


@pytest.fixture
def request_(notification, roles, coordinator, marked) -> InformationRequest:
    """A request about a child, made of invented texts that are all marked."""
    load_messages()
    publish_marked(marked_page("one", asked("long_text", required="mandatory")))
    names = {"child_first_names": mark("Test"), "child_family_name": mark("Invented")}
    case = Case.objects.get(submissions__submission=receive(notification, invented_answers(**names)))
    return ask(case, coordinator, "small", name=mark("Invented Surgery"), email=ADDRESS)


@pytest.fixture
def visitor(request_, django_capture_on_commit_callbacks) -> Client:
    return open_request(request_, django_capture_on_commit_callbacks)


def test_how_it_is_opened(request_):
    code = f"{link_of(request_)}code/"
    assert unmarked(Client().get(code)) == []
    assert unmarked(Client().post(code, {})) == []
    assert unmarked(Client().post(code, {"code": "wrong"})) == []
    assert unmarked(Client().get("/requests/nothing/")) == []


def test_what_is_asked_and_how_far_it_is(request_, visitor):
    link, form = link_of(request_), request_.forms.get()
    assert unmarked(visitor.get(link)) == []
    assert unmarked(visitor.post(f"{link}return/", follow=True)) == []
    resumed = visitor.post(f"{link}form/{form.pk}/").headers["Location"]
    InformationRequest.objects.update(due_on=days_ago(1))
    assert unmarked(visitor.get(link)) == []
    page = visitor.get(resumed).headers["Location"]
    visitor.post(page, {"long_text": mark("words")})
    receipt = visitor.post(page.replace("/one/", "/check/"), {"declaration": "yes"}, follow=True)
    assert receipt.status_code == 200
    assert unmarked(receipt) == []
    assert unmarked(visitor.get(link)) == []


def test_what_was_returned_and_asked_again(request_, visitor, coordinator, django_capture_on_commit_callbacks):
    link = link_of(request_)
    held = {"nothing_held": request_.forms.get().pk}
    assert unmarked(visitor.post(f"{link}return/", held, follow=True)) == []
    assert unmarked(visitor.post(f"{link}return/", held, follow=True)) == []
    services.query(InformationRequest.objects.get(), coordinator, mark("Which year?"))
    again = open_request(request_, django_capture_on_commit_callbacks)
    assert unmarked(again.get(link_of(request_))) == []


@pytest.mark.parametrize("name", ["pass-on", "decline", "ask"])
def test_what_else_can_be_done(request_, visitor, coordinator, name):
    address = f"{link_of(request_)}{name}/"
    assert unmarked(visitor.get(address)) == []
    for wrong in ({}, {"name": "x" * 200, "email": "nonsense", "reason": "x" * 5000, "text": "x" * 5000}):
        assert unmarked(visitor.post(address, wrong)) == []
    right = {"name": "Invented", "email": "b@invented.example", "reason": "Invented", "text": mark("Why?")}
    assert unmarked(visitor.post(address, right, follow=True)) == []
    assert unmarked(visitor.get(link_of(request_))) == []


def test_an_answer_to_a_question_and_a_request_that_is_waived(request_, visitor, coordinator):
    services.say(request_, mark("Why?"))
    services.say(request_, mark("Because."), coordinator)
    assert unmarked(visitor.get(link_of(request_))) == []
    services.move(InformationRequest.objects.get(), "waive", "staff", coordinator, "Invented")
    assert unmarked(visitor.get(link_of(request_))) == []


def test_what_the_timeline_keeps_is_in_english(request_, visitor):
    visitor.get(link_of(request_))
    assert request_.case.timeline.filter(kind="asked").exists()
    assert all("⟦Opened" not in entry.words for entry in request_.case.timeline.all())
