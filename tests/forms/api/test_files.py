"""Files over the API: sent ahead one by one, checked like on the web form, named in the answers, or gone in a day."""

import datetime as dt
import json
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone

from forms.api import auth, files
from forms.api.tokens import issue
from forms.limits import Limit
from forms.models import ApiClient, ApiFile, ApiUse, Submission, Upload
from forms.uploads import vault
from tests.forms.clamd import EICAR, clamd
from tests.forms.making import page, publish
from tests.forms.test_uploads import NOTE, PDF, REPORTS, picture
from tests.vault import in_vault

pytestmark = pytest.mark.django_db
MORE = REPORTS | {"key": "more", "label": "More", "required": "mandatory"}
WHEN = {"tests": [{"question": "note", "value": "yes"}]}


@pytest.fixture(autouse=True)
def form(empty_vault):
    return publish(page("papers", NOTE, MORE, REPORTS | {"show_if": WHEN}))


@pytest.fixture
def add(client, token):
    def post(question="more", data=PDF, name="report.pdf", key="", slug="small", token=token, **extra):
        body = {"question": question, "file": SimpleUploadedFile(name, data, "application/pdf")} | extra
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": key or uuid.uuid4().hex}
        return client.post(f"/api/v1/forms/{slug}/files", body, headers=headers)

    return post


@pytest.fixture
def answer(client, token):
    def post(key="", slug="small", token=token, **answers):
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": key or uuid.uuid4().hex}
        body = json.dumps({"answers": {"note": "Invented"} | answers})
        url = f"/api/v1/forms/{slug}/submissions"
        return client.post(url, body, content_type="application/json", headers=headers)

    return post


def other_client() -> str:
    return issue(ApiClient.objects.create(name="Another invented system", scopes=["submit"]))


def told(response) -> list[tuple[str, str, str]]:
    assert response.headers["Content-Type"] == "application/problem+json"
    return [(each["question"], each["pointer"], each["message"]) for each in response.json()["errors"]]


def test_a_file_is_sent_ahead_and_belongs_to_the_submission_that_names_it(add, answer):
    sent = add()
    assert sent.status_code == 201, sent.content
    assert sent.json() | {"id": "", "expires_at": ""} == {
        "id": "",
        "question": "more",
        "name": "report.pdf",
        "size": len(PDF),
        "type": "PDF",
        "expires_at": "",
    }
    response = answer(more=[sent.json()["id"]])
    assert response.status_code == 201, response.content
    upload = Submission.objects.get().uploads.get()
    assert vault.read(upload.stored_as, upload.details["key"]) == PDF
    assert Submission.objects.get().all_answers()["more"] == [
        {"id": str(upload.pk), "name": "report.pdf", "size": len(PDF), "type": "PDF"}
    ]
    assert not ApiFile.objects.exists()


def test_a_form_that_needs_a_file_says_so_by_name(answer):
    assert told(answer()) == [("more", "#/answers/more", "Choose a file for “More”")]


@pytest.mark.parametrize(
    ("file", "message"),
    [
        ({"data": b"<script>alert(1)</script>"}, "must be a PDF or PNG picture"),
        ({"data": b""}, "is empty"),
        ({"data": PDF + b"x" * 1_100_000}, "must be smaller than 1 MB"),
    ],
)
def test_a_file_is_refused_in_the_words_of_the_web_form_and_nothing_is_kept(add, file, message):
    response = add(**file)
    assert response.status_code == 422
    [(question, pointer, said)] = told(response)
    assert (question, pointer) == ("more", "#/file")
    assert message in said
    assert not Upload.objects.exists()
    assert not in_vault()


def test_a_harmful_file_is_refused_and_a_clean_one_is_noted_as_clean(add, settings):
    with clamd() as (address, _):
        settings.CLAMD_ADDRESS = address
        assert "something harmful" in told(add(data=PDF + EICAR))[0][2]
        assert add().status_code == 201
    assert Upload.objects.get().scan == "clean"
    assert len(in_vault()) == 1


@pytest.mark.parametrize("question", ["note", "nobody", "papers"])
def test_a_key_that_takes_no_files_is_refused_by_name(add, question):
    response = add(question=question)
    assert response.status_code == 422
    assert told(response)[0][:2] == (question, "#/question")


def test_a_file_is_for_the_client_the_form_and_the_question_it_was_sent_for(add, answer):
    file = add().json()["id"]
    publish(page("papers", NOTE, MORE), slug="other")
    for refused in (answer(more=[file], token=other_client()), answer(more=[file], slug="other")):
        assert refused.status_code == 422
        assert file in told(refused)[0][2]
    assert {each[0] for each in told(answer(note="yes", reports=[file]))} == {"reports", "more"}
    assert answer(more=[file]).status_code == 201


def test_a_file_is_used_once(add, answer):
    file = add().json()["id"]
    assert answer(more=[file]).status_code == 201
    assert told(answer(more=[file]))[0][0] == "more"
    assert Submission.objects.count() == 1


def test_the_same_answers_under_the_same_key_give_the_same_receipt_with_their_file(add, answer):
    file = add().json()["id"]
    first, second = answer(key="once", more=[file]), answer(key="once", more=[file])
    assert first.json() == second.json()
    assert Upload.objects.count() == Submission.objects.count() == 1


def test_the_same_file_under_the_same_key_is_one_and_another_is_refused(add):
    first, second = add(key="once"), add(key="once")
    assert first.status_code == second.status_code == 201
    assert first.json() == second.json()
    assert add(key="once", data=PDF + b" ").status_code == 409
    assert add(key="once", name="other.pdf").status_code == 409
    assert add(key="once", token=other_client()).status_code == 201
    assert len(in_vault()) == 2


@pytest.mark.parametrize(
    "value", ["text", [7], [{"id": "x"}], {"id": "x"}, [["x"]], ["not-an-id"], [str(uuid.uuid4())]]
)
def test_what_names_no_file_is_refused_by_name(answer, value):
    assert told(answer(more=value))[0][0] == "more"


def test_more_files_than_the_question_takes_are_refused(add, answer):
    sent = [add().json()["id"] for _ in range(3)]
    assert "up to 2 files" in told(answer(more=sent))[0][2]
    assert answer(more=[sent[0], sent[1], sent[0]]).status_code == 201
    assert Submission.objects.get().uploads.count() == 2


def test_an_answer_to_what_is_not_asked_leaves_its_file_to_run_out(add, answer):
    kept, hidden = add().json()["id"], add("reports", picture(), "picture.png").json()["id"]
    response = answer(more=[kept], reports=[hidden])
    assert response.json()["not_asked"] == ["reports"]
    assert str(ApiFile.objects.get().upload_id) == hidden


def test_a_file_that_no_answers_named_is_deleted_after_a_day_and_others_stay(add, answer, capsys):
    used, _, fresh = (add().json()["id"] for _ in range(3))
    answer(more=[used])
    Upload.objects.exclude(pk=fresh).update(received_at=timezone.now() - files.KEPT_FOR - dt.timedelta(minutes=1))
    call_command("run_due")
    assert "files that no answers named deleted: 1" in capsys.readouterr().out
    assert set(map(str, Upload.objects.values_list("pk", flat=True))) == {used, fresh}


def test_deleting_takes_the_file_itself(add, django_capture_on_commit_callbacks):
    add()
    Upload.objects.update(received_at=timezone.now() - files.KEPT_FOR - dt.timedelta(minutes=1))
    with django_capture_on_commit_callbacks(execute=True):
        assert files.clear_files() == 1
    assert not in_vault()
    assert not ApiFile.objects.exists()


def test_no_more_files_are_taken_than_may_wait(add, monkeypatch):
    monkeypatch.setattr(files, "MOST_WAITING", 1)
    assert add(key="one").status_code == 201
    refused = add(key="two")
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "3600")
    assert add(key="one").status_code == 201
    assert len(in_vault()) == 1


def test_a_token_needs_the_scope_and_its_rate_is_counted(add, client, api_client, monkeypatch):
    api_client.scopes = ["read"]
    api_client.save()
    assert add().status_code == 403
    assert add(token="cdop_nothing").status_code == 401
    api_client.scopes = ["submit"]
    api_client.save()
    monkeypatch.setattr(auth, "OF_A_CLIENT", Limit("few-files", 1, 60))
    assert [add().status_code for _ in range(2)] == [201, 429]


def test_what_was_sent_and_refused_is_on_the_record_without_its_name(add, api_client):
    add()
    add(data=b"nothing")
    assert list(ApiUse.objects.filter(client=api_client, did="sent_file").values_list("form", flat=True)) == ["small"]
    assert ApiUse.objects.filter(client=api_client, did="refused", status=422).count() == 1
    assert "report.pdf" not in Upload.objects.get().sealed


@pytest.mark.parametrize("body", [b"", b"--x\r\nnonsense", b"--x--"])
def test_a_body_that_is_no_multipart_is_a_problem_like_any_other(client, token, body):
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "k"}
    kind = "multipart/form-data; boundary=x"
    response = client.post("/api/v1/forms/small/files", body, content_type=kind, headers=headers)
    assert response.status_code in (400, 422)
    assert response.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("kind", ["multipart/form-data", "multipart/form-data; boundary=é", "text/plain"])
def test_a_body_of_another_kind_is_a_problem_too(client, token, kind):
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "k"}
    response = client.post("/api/v1/forms/small/files", b"x", content_type=kind, headers=headers)
    assert response.status_code in (400, 422)
    assert response.headers["Content-Type"] == "application/problem+json"


def test_a_request_that_is_too_large_is_refused_before_it_is_read(add, settings):
    settings.REQUEST_WITH_FILES_MAX = 100
    assert add().status_code == 413
