"""Files in a FHIR QuestionnaireResponse: inside it, or sent ahead and named; checked like any other file."""

import base64
import hashlib
import json
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from forms.exchange import fhir
from forms.models import Submission, Upload
from forms.uploads import vault
from tests.forms.clamd import EICAR, clamd
from tests.forms.making import page, publish
from tests.forms.test_uploads import NOTE, PDF, REPORTS
from tests.vault import in_vault

pytestmark = pytest.mark.django_db
MORE = REPORTS | {"key": "more", "label": "More", "required": "mandatory", "max_files": 2}
WHEN = {"tests": [{"question": "note", "value": "yes"}]}
FORM = "/api/v1/forms/small"


@pytest.fixture(autouse=True)
def version(empty_vault):
    return publish(page("papers", NOTE, MORE, REPORTS | {"show_if": WHEN}))


def file(content=PDF, **more):
    return {"valueAttachment": {"title": "report.pdf", "data": base64.b64encode(content).decode()} | more}


@pytest.fixture
def respond(client, token):
    """`respond(more=[file()])`: a completed response with these answers by linkId."""

    def post(key="", **answers):
        items = [{"linkId": link, "answer": given} for link, given in answers.items()]
        items.append({"linkId": "note", "answer": [{"valueString": "Invented"}]})
        body = json.dumps({"resourceType": "QuestionnaireResponse", "status": "completed", "item": items})
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": key or uuid.uuid4().hex}
        return client.post(f"{FORM}/submissions", body, "application/fhir+json", headers=headers)

    return post


def told(response) -> list[tuple[str, str, str]]:
    assert response.status_code == 422, response.content
    assert response.headers["Content-Type"] == "application/problem+json"
    return [(each["question"], each["pointer"], each["message"]) for each in response.json()["errors"]]


def test_a_file_inside_the_response_is_kept_with_the_submission(respond):
    digest = base64.b64encode(hashlib.sha1(PDF, usedforsecurity=False).digest()).decode()
    assert respond(more=[file(hash=digest)]).status_code == 201
    kept = Submission.objects.get().uploads.get()
    assert (kept.question, kept.name, kept.scan) == ("more", "report.pdf", "waiting")
    assert vault.read(kept.stored_as, kept.details["key"]) == PDF
    entry = {"id": str(kept.pk), "name": "report.pdf", "size": len(PDF), "type": "PDF"}
    assert Submission.objects.get().all_answers()["more"] == [entry]


def test_a_file_sent_ahead_is_named_by_its_id(respond, client, token):
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "ahead"}
    body = {"question": "more", "file": SimpleUploadedFile("ahead.pdf", PDF)}
    pk = client.post(f"{FORM}/files", body, headers=headers).json()["id"]
    assert respond(more=[{"valueAttachment": {"url": f"urn:uuid:{pk}"}}, file()]).status_code == 201
    assert {each.name for each in Submission.objects.get().uploads.all()} == {"ahead.pdf", "report.pdf"}


def test_the_same_response_again_gives_the_same_receipt_and_keeps_no_second_file(respond):
    first, again = (respond("same", more=[file()]) for _ in range(2))
    assert first.json() == again.json()
    assert Upload.objects.count() == len(in_vault()) == 1


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (file(b"no known type"), "“report.pdf” must be a PDF"),
        (file(b""), "“report.pdf” is empty"),
        (file(PDF, hash="AAAA"), "is not the file that its hash names"),
        (file(PDF, data="%%%"), "is not Base64"),
        (file(PDF, data=7), "is not Base64"),
        ({"valueAttachment": {"url": "https://elsewhere.example/report.pdf"}}, "None is fetched"),
        ({"valueAttachment": {"url": f"urn:uuid:{uuid.UUID(int=7)}"}}, "No file waits for “More”"),
        ({"valueAttachment": {"title": "report.pdf"}}, "None is fetched"),
        ({"valueAttachment": 7}, "Send a file as a valueAttachment"),
        ({"valueString": "report.pdf"}, "Send a file as a valueAttachment"),
    ],
)
def test_what_is_no_file_to_take_is_refused_at_its_item_and_nothing_is_kept(respond, answer, message):
    [(question, pointer, said)] = told(respond(more=[answer]))
    assert (question, pointer.startswith("#/item/0")) == ("more", True)
    assert message in said
    assert not Submission.objects.exists()
    assert not in_vault()


def test_a_harmful_file_is_refused_and_a_clean_one_noted_as_clean(respond, settings):
    with clamd() as (address, _):
        settings.CLAMD_ADDRESS = address
        [(_, _, said)] = told(respond(more=[file(), file(PDF + EICAR)]))
        assert "found something harmful" in said
        assert not in_vault()
        respond(more=[file()])
    assert Upload.objects.get().scan == "clean"


def test_more_files_than_the_question_takes_are_refused(respond):
    assert "up to 2 files" in told(respond(more=[file()] * 3))[0][2]
    assert not in_vault()


def test_only_a_question_that_takes_files_takes_one(respond):
    assert "linkId “elsewhere”" in told(respond(more=[file()], elsewhere=[file()]))[0][2]
    assert [told(respond(more=[file()], note=[file()]))[0][0]] == ["note"]
    assert not in_vault()


def test_a_file_for_a_question_that_is_not_asked_is_not_kept(respond):
    sent = respond(more=[file()], reports=[file()]).json()
    assert sent["not_asked"] == ["reports"]
    assert len(in_vault()) == 1


def test_when_something_else_must_be_mended_no_file_is_kept(respond, client):
    problems = told(respond(more=[file(b"zoo"), file()], zoo=[{"valueString": "y"}]))
    assert {question for question, _, _ in problems} == {"zoo"}
    assert not in_vault()


def test_a_response_that_is_too_large_is_refused_as_one(respond, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000
    assert respond(more=[file(PDF + b"x" * 2_000)]).status_code == 413


def test_an_answer_with_files_goes_out_naming_them_and_not_their_content(respond, version):
    respond(more=[file(), file(title="second.pdf")])
    submission = Submission.objects.get()
    answers = submission.all_answers()
    out = fhir.response_of(submission.definition, answers, submission.reference, submission.submitted_at)
    names = {each["id"]: each["name"] for each in answers["more"]}
    given = next(item for item in out["item"][0]["item"] if item["linkId"] == "more")["answer"]
    assert [each["valueAttachment"] for each in given] == [
        {"url": f"urn:uuid:{pk}", "title": name, "size": len(PDF), "contentType": "application/pdf"}
        for pk, name in names.items()
    ]
