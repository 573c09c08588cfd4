"""Sending answers as a FHIR QuestionnaireResponse: the same checks, and problems named by linkId."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse

from forms.exchange.fhir import response_of
from forms.models import ApiUse, Submission
from tests.forms.api.conftest import FORM
from tests.notifying import invented_answers

pytestmark = pytest.mark.django_db
UNASKED = {"linkId": "x", "answer": [{"valueString": "y"}]}
CONFIRMED = [{"url": "urn:cdop:declaration", "valueBoolean": True}]


@pytest.fixture(autouse=True)
def _shipped(notification_form, roles):
    return notification_form


@pytest.fixture
def respond(client, token) -> Callable[..., Any]:
    """`respond(resource)`: what a client posts to the notification form."""

    def post(resource: Any, key: str = "first") -> Any:
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": key}
        return client.post(f"{FORM}/submissions", json.dumps(resource), "application/fhir+json", headers=headers)

    return post


@pytest.fixture
def resource(notification) -> Callable[..., dict[str, Any]]:
    """`resource(sex="male")`: a confirmed response with invented answers."""

    def made(**changes: Any) -> dict[str, Any]:
        found = response_of(notification.definition, invented_answers(**changes), "r", timezone.now())
        return found | {"extension": CONFIRMED}

    return made


def told(response) -> dict[tuple[str, str], str]:
    """Messages by linkId and pointer."""
    assert response.status_code == 422, response.content
    assert response.headers["Content-Type"] == "application/problem+json"
    return {(error["question"], error["pointer"]): error["message"] for error in response.json()["errors"]}


def item_of(resource: Any, link: str) -> tuple[str, dict[str, Any]]:
    """The pointer to the first item with a linkId, and the item."""
    for number, item in enumerate(resource.get("item", [])):
        if item["linkId"] == link:
            return f"/item/{number}", item
        if inside := item_of(item, link):
            return f"/item/{number}{inside[0]}", inside[1]
    return ()


def test_a_response_is_stored_as_a_person_would_have_sent_it(respond, resource):
    sent = resource()
    QuestionnaireResponse.model_validate(sent)
    receipt = respond(sent)
    assert receipt.status_code == 201, receipt.content
    submission = Submission.objects.get(reference=receipt.json()["reference"])
    assert (submission.source, submission.all_answers()) == ("api", invented_answers())


def test_the_same_key_and_response_give_the_same_receipt(respond, resource):
    sent = resource()
    assert respond(sent).json() == respond(sent).json()
    assert Submission.objects.count() == ApiUse.objects.filter(did="submitted").count() == 1
    assert respond(resource(sex="male")).status_code == 409


def test_the_same_response_gives_its_receipt_even_after_the_form_has_changed(respond, resource, notification_form):
    sent = resource() | {"questionnaire": "urn:cdop:form:notification|1"}
    first = respond(sent).json()
    notification_form.title = "New words"
    notification_form.save_revision().publish()
    assert respond(sent).json() == first
    later = respond(sent, "another")
    assert (later.status_code, "newest version is 2" in later.json()["title"]) == (409, True)


def test_missing_answers_are_named_by_linkid_with_the_words_of_the_form(respond):
    response = respond({"resourceType": "QuestionnaireResponse", "status": "completed", "extension": CONFIRMED})
    assert told(response)["notifier_name", "#"] == "Enter your full name"
    assert not Submission.objects.exists()


def test_a_wrong_answer_is_named_where_it_stands_in_the_response(respond, resource):
    sent = resource()
    at, item = item_of(sent, "sex")
    item["answer"] = [{"valueCoding": {"code": "purple"}}]
    inner, part = item_of(sent, "professionals.agency_type")
    part["answer"] = [{"valueCoding": {"code": "zoo"}}]
    problems = told(respond(sent))
    assert "Choose one of the answers offered" in problems["sex", f"#{at}"]
    assert "Choose one" in problems["professionals.agency_type", f"#{inner}"]


def test_answers_to_hidden_questions_are_left_out_and_named(respond, resource):
    assert respond(resource(gestation_weeks="38")).json()["not_asked"] == ["gestation_weeks"]


def test_nothing_is_sent_without_the_declaration(respond, resource):
    sent = resource()
    del sent["extension"]
    assert ("declaration", "#/extension") in told(respond(sent))


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ([{"valueCoding": {"code": "male"}}, {"valueCoding": {"code": "female"}}], "takes one answer"),
        ([{"valueCoding": {"display": "Male"}}], "was not understood"),
        ([{}], "was not understood"),
        ([{"extension": [{"url": "urn:cdop:note", "valueString": "{"}]}], "was not understood"),
        (
            [{"valueCoding": {"code": "male"}, "item": [{"linkId": "x", "answer": [{"valueString": "y"}]}]}],
            "linkId “x”",
        ),
        ("male", "must be a list of objects"),
        (["male"], "must be a list of objects"),
    ],
)
def test_what_would_be_dropped_is_refused(respond, resource, answer, message):
    sent = resource()
    at, item = item_of(sent, "sex")
    item["answer"] = answer
    problems = told(respond(sent))
    assert [message in told for told in problems.values()] == [True]
    assert all(pointer.startswith(f"#{at}") for _, pointer in problems)
    assert not Submission.objects.exists()


def test_a_question_answered_twice_is_refused(respond, resource):
    sent = resource()
    _, item = item_of(sent, "sex")
    sent["item"].append(item)
    last = f"#/item/{len(sent['item']) - 1}"
    assert told(respond(sent)) == {("sex", last): "This linkId stands twice."}


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ([], "#/resourceType"),
        ({"resourceType": "Patient"}, "#/resourceType"),
        ({"resourceType": "QuestionnaireResponse", "status": "completed", "item": 3}, "#/item"),
        ({"resourceType": "QuestionnaireResponse", "status": "in-progress"}, "#/status"),
        ({"resourceType": "QuestionnaireResponse", "status": "completed", "item": [{"item": [1]}]}, "#/item/0/item"),
    ],
)
def test_what_is_no_completed_response_is_refused(respond, body, pointer):
    assert ("", pointer) in told(respond(body))
