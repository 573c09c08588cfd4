"""Files: told by content, limited, scanned, sealed, and never lost or left behind."""

import io
import zipfile
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from PIL import Image

from forms.models import Draft, Submission, Upload
from forms.uploads import vault
from forms.uploads.scanner import NoAnswer, harm_in
from forms.uploads.types import type_of
from tests.forms.clamd import EICAR, clamd
from tests.forms.making import page, publish
from tests.vault import in_vault

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_vault")]
PDF = b"%PDF-1.7\n%invented\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
REPORTS = {
    "kind": "upload",
    "key": "reports",
    "label": "Reports",
    "file_types": ["pdf", "png"],
    "max_files": 2,
    "max_megabytes": 1,
    "sensitivity": "S",
}
NOTE = {"kind": "short_text", "key": "note", "label": "Note", "required": "mandatory"}


def picture() -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (4, 4)).save(data, "PNG")
    return data.getvalue()


def file(data: bytes = PDF, name: str = "report.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "application/pdf")


@pytest.fixture
def start(client):
    """Begin a form of one page with an upload question and a note; the address of the page."""
    publish(page("papers", REPORTS, NOTE))
    return client.post("/small/").headers["Location"]


def answers() -> dict:
    return Draft.objects.get().answers


def test_a_file_is_sent_with_the_answers_and_belongs_to_the_submission(client, start):
    response = client.post(start, {"reports": file(), "note": "Invented"})
    client.post(response.headers["Location"])
    submission = Submission.objects.get()
    upload = submission.uploads.get()
    assert (upload.size, upload.content_type, upload.draft) == (len(PDF), "application/pdf", None)
    assert vault.read(upload.stored_as, upload.details["key"]) == PDF
    assert submission.sealed_answers()["reports"][0]["name"] == "report.pdf"
    assert "reports" not in submission.answers


def test_neither_disk_nor_database_holds_the_file_or_its_name_in_clear(client, start):
    client.post(start, {"reports": file(name="Aster Invented.pdf"), "note": "Invented"})
    upload = Upload.objects.get()
    stored = Path(storages["uploads"].path(upload.stored_as)).read_bytes()
    assert b"invented" not in stored
    assert "Aster" not in upload.sealed + upload.stored_as


def test_the_type_is_told_by_the_content(client, start):
    page = client.post(start, {"reports": file(b"<script>alert(1)</script>", "report.pdf"), "note": "Invented"})
    assert "“report.pdf” must be a PDF or PNG picture" in page.content.decode()
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (PDF, "application/pdf"),
        (picture(), "image/png"),
        (b"", ""),
        (b"MZ\x90\x00", ""),
        (b"PK\x03\x04" + b"\0" * 40, ""),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", ""),
    ],
)
def test_only_known_types_are_known(data, kind):
    assert type_of(data) == kind


def test_a_word_document_is_told_from_another_zip_file():
    def packed(*names: str) -> bytes:
        data = io.BytesIO()
        with zipfile.ZipFile(data, "w") as archive:
            for name in names:
                archive.writestr(name, "<invented/>")
        return data.getvalue()

    assert type_of(packed("[Content_Types].xml", "_rels/.rels", "word/document.xml")).endswith(
        "wordprocessingml.document"
    )
    assert type_of(packed("evil.exe")) == ""


def test_what_was_entered_beside_a_refused_file_stays_on_the_page(client, start):
    page = client.post(start, {"reports": file(b"no", "a.exe"), "note": "Kept as entered"})
    assert "Kept as entered" in page.content.decode()
    assert page.context["errors"][0].question.key == "reports"


def test_a_file_too_large_or_empty_is_refused(client, start):
    large = client.post(start, {"reports": file(PDF + b"0" * 1024 * 1024), "note": "Invented"})
    assert "must be smaller than 1 MB" in large.content.decode()
    empty = client.post(start, {"reports": file(b""), "note": "Invented"})
    assert "is empty" in empty.content.decode()
    assert in_vault() == set()


def test_no_more_files_are_taken_than_the_editor_allowed(client, start):
    files = [file(name=f"{number}.pdf") for number in range(3)]
    page = client.post(start, {"reports": files, "note": "Invented"})
    assert "You can add up to 2 files" in page.content.decode()
    assert len(answers()["reports"]) == 2
    assert len(in_vault()) == 2


def test_a_file_is_added_without_leaving_the_page_and_removed_again(client, start, django_capture_on_commit_callbacks):
    client.post(start, {"reports": file(), "add_file": "reports", "note": "Half"})
    (kept,) = answers()["reports"]
    with django_capture_on_commit_callbacks(execute=True):
        page = client.post(start, {"remove_file": f"reports:{kept['id']}", "note": "Half"})
    assert "Half" in page.content.decode()
    assert answers()["reports"] == []
    assert in_vault() == set()


def test_a_file_sent_under_a_name_that_no_upload_question_has_is_never_looked_at(client, start):
    client.post(start, {"evil": file(), "note": file(), "reports": ""})
    assert not Upload.objects.exists()
    assert in_vault() == set()


def test_a_browser_cannot_claim_a_file_that_it_did_not_send(client, start):
    client.post(start, {"reports": '{"id": "1"}', "note": "Invented"})
    assert answers()["reports"] is None


def test_a_mandatory_upload_wants_a_file(client):
    publish(page("papers", REPORTS | {"required": "mandatory"}))
    start = client.post("/small/").headers["Location"]
    assert "Choose a file for “Reports”" in client.post(start, {}).content.decode()
    assert client.post(start, {"reports": file()}).status_code == 302


def test_files_of_answers_that_became_hidden_go_with_them(client):
    shown = {"join": "all", "tests": [{"question": "any", "comparison": "is", "value": "yes"}]}
    ask = {"kind": "yes_no", "key": "any", "label": "Any reports?"}
    publish(
        page("ask", ask), page("papers", REPORTS | {"show_if": shown}), page("end", NOTE | {"required": "optional"})
    )
    ask_page = client.post("/small/").headers["Location"]
    papers = client.post(ask_page, {"any": "yes"}).headers["Location"]
    client.post(papers, {"reports": file()})
    client.post(f"{ask_page}?change=1", {"any": "no"})
    client.post(ask_page.replace("/ask/", "/check/"))
    assert Submission.objects.get().uploads.count() == 0
    assert not Upload.objects.exists()


def test_a_request_too_large_is_turned_away_before_it_is_read(client, start, settings):
    settings.REQUEST_WITH_FILES_MAX = 1000
    response = client.post(start, {"reports": file(PDF + b"0" * 2000), "note": "Invented"})
    assert response.status_code == 413
    assert not Upload.objects.exists()


@pytest.mark.parametrize("name", ["../../etc/passwd", "C:\\secret\\a.pdf", "a\0b\n.pdf", "\u202egpj.pdf", "x" * 300])
def test_a_strange_file_name_is_tidied(client, start, name):
    client.post(start, {"reports": file(name=name), "note": "Invented"})
    shown = Upload.objects.get().details["name"]
    assert shown.isprintable()
    assert not {"/", "\\"} & set(shown)
    assert len(shown) <= 120


def test_a_harmful_file_is_refused_and_a_clean_one_marked(client, start, settings):
    with clamd() as (settings.CLAMD_ADDRESS, sent):
        page = client.post(start, {"reports": file(PDF + EICAR), "note": "Invented"})
        assert "something harmful" in page.content.decode()
        assert in_vault() == set()
        client.post(start, {"reports": file(), "note": "Invented"})
    assert Upload.objects.get().scan == "clean"
    assert sent == [PDF + EICAR, PDF]


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR\0", b"nonsense\0", b"stream: \0"])
def test_a_scanner_that_gives_no_answer_leaves_the_file_waiting(client, start, settings, answer):
    with clamd(answer) as (settings.CLAMD_ADDRESS, _):
        client.post(start, {"reports": file(), "note": "Invented"})
    assert Upload.objects.get().scan == "waiting"


def test_a_scanner_that_is_down_is_no_answer():
    for address in ("127.0.0.1:1", "unix:/nowhere/clamd.sock", "nonsense"):
        with pytest.raises(NoAnswer):
            harm_in(PDF, address)


def test_files_that_waited_are_scanned_later(client, start, settings, capsys):
    client.post(start, {"reports": [file(), file(PDF + EICAR, "b.pdf")], "note": "Invented"})
    assert {upload.scan for upload in Upload.objects.all()} == {"waiting"}
    with clamd() as (settings.CLAMD_ADDRESS, _):
        call_command("scan_uploads")
    assert sorted(Upload.objects.values_list("scan", flat=True)) == ["clean", "harmful"]
    assert "1 clean, 1 harmful, 0 still waiting" in capsys.readouterr().out


def test_a_file_that_was_tampered_with_is_not_opened(client, start):
    from cryptography.fernet import InvalidToken

    client.post(start, {"reports": file(), "note": "Invented"})
    upload = Upload.objects.get()
    path = Path(storages["uploads"].path(upload.stored_as))
    path.write_bytes(path.read_bytes()[:-9] + b"AAAAAAAA=")
    with pytest.raises(InvalidToken):
        vault.read(upload.stored_as, upload.details["key"])
