"""Sending answers over the API: the same checks as the web form, once for each key."""

import json
import threading

import pytest
from django.core import mail
from django.db import connection
from django.test import Client

from forms.api.answers import check
from forms.api.idempotency import digest_of
from forms.api.services import submit
from forms.models import ApiSubmission, ApiUse, Submission
from forms.schema import Calculation, Condition, FormSchema, Page, Question, Test
from tests.forms.api.conftest import FORM
from tests.notifying import days_ago, invented_answers
from workflow.models import Case

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _shipped(notification_form, roles):
    return notification_form


def told(response) -> dict[str, str]:
    """Messages by pointer."""
    return {error["pointer"].removeprefix("#/answers/"): error["message"] for error in response.json()["errors"]}


def test_answers_are_stored_as_a_person_would_have_sent_them(send):
    response = send(invented_answers())
    receipt = response.json()
    assert response.status_code == 201, response.content
    submission = Submission.objects.get(reference=receipt["reference"])
    assert submission.source == "api"
    assert submission.all_answers() == invented_answers()
    assert (receipt["form"], receipt["version"], receipt["not_asked"]) == ("notification", 1, [])
    assert response.headers["Location"] == f"/api/v1/submissions/{receipt['reference']}/receipt"


def test_a_notification_opens_a_case(send):
    reference = send(invented_answers()).json()["reference"]
    assert Case.objects.filter(submissions__submission__reference=reference).count() == 1


@pytest.mark.parametrize("error", [OSError("no mail server"), ValueError("no such address"), RuntimeError("bug")])
def test_an_acknowledgement_that_fails_takes_nothing_from_the_receipt(
    send, monkeypatch, django_capture_on_commit_callbacks, error
):
    def fail(*args, **kwargs):
        raise error

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", fail)
    with django_capture_on_commit_callbacks(execute=True):
        answer = send(invented_answers())
    assert answer.status_code == 201
    assert answer.json()["reference"] == Submission.objects.get().reference


def test_the_sender_is_acknowledged(send, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        send(invented_answers())
    assert any(message.to == ["registrar@invented.example"] for message in mail.outbox)


def test_the_same_key_and_body_give_the_same_receipt(send):
    first, second = send(invented_answers()), send(invented_answers())
    assert first.status_code == second.status_code == 201
    assert first.json() == second.json()
    assert Submission.objects.count() == ApiUse.objects.filter(did="submitted").count() == 1


def test_the_same_key_with_another_body_is_refused(send):
    send(invented_answers())
    response = send(invented_answers(sex="male"))
    assert response.status_code == 409
    assert "different body" in response.json()["title"]
    assert Submission.objects.count() == 1


def test_a_key_can_be_used_again_after_answers_were_refused(send):
    assert send({}).status_code == 422
    assert send(invented_answers()).status_code == 201


def test_a_key_is_needed(client, token):
    headers = {"Authorization": f"Bearer {token}"}
    response = client.post(f"{FORM}/submissions", "{}", content_type="application/json", headers=headers)
    assert response.status_code == 422
    assert "(header)/Idempotency-Key" in {error["pointer"] for error in response.json()["errors"]}


def test_missing_answers_are_named_with_the_words_of_the_form(send):
    response = send({})
    assert response.status_code == 422
    assert response.headers["Content-Type"] == "application/problem+json"
    problems = response.json()["errors"]
    assert {"notifier_name", "date_of_death", "professionals"} <= {problem["question"] for problem in problems}
    assert told(response)["notifier_name"] == "Enter your full name"
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    ("changes", "pointer", "message"),
    [
        ({"bogus": 1}, "bogus", "No question of this form has the key “bogus”"),
        ({"sex": "purple"}, "sex", "Choose one of the answers offered"),
        ({"sex": ["female"]}, "sex", "stored form"),
        ({"sex": {"code": "female"}}, "sex", "stored form"),
        ({"sex": True}, "sex", "stored form"),
        ({"date_of_birth": "01/03/2026"}, "date_of_birth", "2026-03-01"),
        ({"date_of_birth": 20260301}, "date_of_birth", "2026-03-01"),
        ({"date_of_birth": "2026-02-31"}, "date_of_birth", "must be a real date"),
        ({"time_of_death": "25:00"}, "time_of_death", "24-hour clock"),
        ({"nhs_number": "9990000019"}, "nhs_number", "not a valid NHS number"),
        ({"notifier_email": "nobody"}, "notifier_email", "email address in the correct format"),
        ({"address": "1 Made Up Street"}, "address", "stored form"),
        ({"address": {"line1": "1", "town": "T", "planet": "Mars"}}, "address", "stored form"),
        ({"address": {"line1": 1, "town": "T"}}, "address", "stored form"),
        ({"act_now_advice": "x"}, None, None),
        ({"circumstances": "x" * 60_000}, "circumstances", "characters or fewer"),
        ({"circumstances": "a\u0000b"}, "circumstances", "cannot be stored"),
        ({"professionals": {"org": "x"}}, "professionals", "list of objects"),
        ({"professionals": ["x"]}, "professionals", "list of objects"),
        ({"professionals": []}, "professionals", "Add at least one"),
        ({"professionals": [{"agency_type": "gp"}] * 201}, "professionals", "at most"),
        (
            {"professionals": [{"agency_type": "gp", "org": "A", "pet": "x"}]},
            "professionals/0/pet",
            "has the key “pet”",
        ),
        ({"professionals": [{"agency_type": "zoo", "org": "A"}]}, "professionals/0/agency_type", "Choose one"),
        ({"date_of_death": days_ago(-3).isoformat()}, "date_of_death", "must be today or in the past"),
    ],
)
def test_answers_that_cannot_be_are_refused_by_name(send, changes, pointer, message):
    response = send(invented_answers(**changes))
    if pointer is None:
        assert response.json()["not_asked"] == list(changes)
        return
    assert response.status_code == 422
    assert message in told(response)[pointer]
    assert not Submission.objects.exists()


def test_answers_to_hidden_questions_are_left_out_and_named(send):
    response = send(invented_answers(gestation_weeks="38"))
    assert response.json()["not_asked"] == ["gestation_weeks"]
    assert "gestation_weeks" not in Submission.objects.get().all_answers()


def test_what_the_web_form_takes_after_tidying_is_tidied_here_too(send):
    send(invented_answers(postcode="zz993wz", notifier_name="  Invented Registrar "))
    answers = Submission.objects.get().all_answers()
    assert (answers["postcode"], answers["notifier_name"]) == ("ZZ99 3WZ", "Invented Registrar")


def test_blank_answers_are_no_answers(send):
    send(invented_answers(child_other_names="  ", legal_status=None, investigations=[]))
    assert not {"child_other_names", "legal_status", "investigations"} & set(Submission.objects.get().all_answers())


def test_nothing_is_sent_without_the_declaration(send):
    response = send(invented_answers(), declaration=False)
    assert response.json()["errors"][0]["pointer"] == "#/declaration"
    assert not Submission.objects.exists()


def test_a_client_that_answered_an_older_version_is_told(send, notification_form):
    notification_form.title = "New words"
    notification_form.save_revision().publish()
    response = send(invented_answers(), version=1)
    assert response.status_code == 409
    assert "newest version is 2" in response.json()["title"]
    assert send(invented_answers(), version=2).status_code == 201


@pytest.mark.parametrize(
    ("body", "status"), [(b"{", 400), (b"[]", 422), (b'"x"', 422), (b"\xff", 400), (b'{"answers": []}', 422)]
)
def test_a_body_of_another_shape_is_a_problem(client, token, body, status):
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "k"}
    response = client.post(f"{FORM}/submissions", body, content_type="application/json", headers=headers)
    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/problem+json"


def test_a_body_that_is_too_large_is_a_problem(send, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000
    response = send(invented_answers(circumstances="x" * 2_000))
    assert response.status_code == 413
    assert response.headers["Content-Type"] == "application/problem+json"


def test_a_receipt_is_read_by_who_sent_it_and_nobody_else(client, send, token):
    location = send(invented_answers()).headers["Location"]
    receipt = client.get(location, headers={"Authorization": f"Bearer {token}"})
    assert receipt.json()["title"] == "Notify us of a child’s death"
    assert "Invented" not in receipt.content.decode()
    from forms.api.tokens import issue
    from forms.models import ApiClient

    other = issue(ApiClient.objects.create(name="Other", scopes=["submit"]))
    assert client.get(location, headers={"Authorization": f"Bearer {other}"}).status_code == 404
    assert client.get(location).status_code == 401


def test_an_error_of_ours_shows_nothing_of_what_was_sent(send, monkeypatch, caplog):
    monkeypatch.setattr("forms.api.router.submit", lambda *args: 1 / 0)
    response = send(invented_answers())
    assert response.status_code == 500
    assert "Invented" not in response.content.decode() + caplog.text


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_same_key_twice_at_once_stores_one_submission(notification_form, api_client):
    version, body = notification_form.newest_version(), b"{}"
    found = []

    def once() -> None:
        try:
            sent, _ = submit(api_client, version, invented_answers(), True, "same", digest_of(body))
            found.append(sent.submission_id)
        finally:
            connection.close()

    threads = [threading.Thread(target=once) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert len(set(found)) == Submission.objects.count() == ApiSubmission.objects.count() == 1


def test_a_client_without_cookies_needs_no_csrf_token(token):
    strict = Client(enforce_csrf_checks=True)
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "k"}
    body = json.dumps({"answers": invented_answers(), "declaration": True})
    response = strict.post(f"{FORM}/submissions", body, content_type="application/json", headers=headers)
    assert response.status_code == 201


def test_what_is_worked_out_is_worked_out_here_and_never_taken():
    born, died = Question(kind="date", key="born", label="Born"), Question(kind="date", key="died", label="Died")
    age = Question(
        kind="calculated",
        key="age",
        label="Age",
        calculation=Calculation(operation="age_in_years", of=["born", "died"]),
    )
    older = Condition(tests=[Test(question="age", comparison="at_least", value="5")])
    school = Question(kind="short_text", key="school", label="School", show_if=older)
    schema = FormSchema(slug="s", title="S", pages=[Page(key="p", title="P", questions=[born, died, age, school])])
    given = {"born": "2019-01-01", "died": "2026-01-01", "school": "Invented school"}
    outcome = check(schema, given, days_ago(0))
    assert (outcome.answers, outcome.problems) == (given | {"age": 7}, [])
    assert "takes no answer" in check(schema, given | {"age": 3}, days_ago(0)).problems[0].message


@pytest.mark.parametrize(("sent", "accepted"), [({}, True), ({"area": "east"}, True), ({"area": "west"}, False)])
def test_a_hidden_value_is_what_it_is_from_the_start_and_no_other(sent, accepted):
    area = Question(kind="hidden", key="area", label="Area", initial="east")
    local = Condition(tests=[Test(question="area", value="east")])
    why = Question(kind="short_text", key="why", label="Why", show_if=local)
    schema = FormSchema(slug="s", title="S", pages=[Page(key="one", title="One", questions=[area, why])])
    outcome = check(schema, {"why": "Invented"} | sent, days_ago(0))
    assert (outcome.problems == []) == accepted
    assert outcome.answers == {"area": "east", "why": "Invented"}
