"""Files that people attached to answers, as staff read them: who, which, and how they leave."""

import html
import io
import re

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.template.defaultfilters import filesizeformat
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from forms.models import Submission, Upload
from forms.services import receive
from forms.uploads import vault
from forms.uploads.preview import preview_of
from tests.forms.making import page, publish
from tests.forms.test_uploads import NOTE, PDF, REPORTS
from tests.notifying import invented_answers
from tests.workflow.asking import KNOWN, answer, ask, open_request, publish_forms
from tests.workflow.reviewing import review
from workflow.models import Case, CaseSubmission, CaseView
from workflow.roles import ROLES
from workflow.views.files import safe_name

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_vault")]
MAY_OPEN = {"Coordinator", "Designated doctor", "Administrator"}
ASKED = REPORTS | {"file_types": ["pdf", "png", "jpg", "heic"], "max_files": 9}


def picture(kind="PNG", size=(900, 300), mode="RGB", **options) -> bytes:
    data = io.BytesIO()
    Image.new(mode, size, "purple" if mode == "RGB" else None).save(data, kind, **options)
    return data.getvalue()


def attach(case: Case, *files: tuple[str, bytes], scan: str = "clean") -> list[Upload]:
    """The files, sent with answers by somebody outside, of which the case is told."""
    publish(page("papers", ASKED, NOTE))
    visitor = Client()
    start = visitor.post("/small/").headers["Location"]
    sent = [SimpleUploadedFile(name, data) for name, data in files]
    visitor.post(visitor.post(start, {"reports": sent, "note": "Invented"}).headers["Location"])
    submission = Submission.objects.order_by("-pk").first()
    CaseSubmission.objects.create(case=case, submission=submission)
    submission.uploads.update(scan=scan)
    return list(submission.uploads.all())


@pytest.fixture
def report(case) -> Upload:
    return attach(case, ("Report on Invented.pdf", PDF))[0]


def address(case, file, name="file"):
    return reverse(f"cases:{name}", args=[case.reference, file.pk])


def read(client, user, case):
    client.force_login(user)
    return html.unescape(client.get(reverse("cases:case", args=[case.reference])).content.decode())


def test_an_upload_answer_is_a_list_of_names_with_size_and_scan(client, coordinator, case, report):
    shown = read(client, coordinator, case)
    assert f'<a href="{address(case, report)}">Report on Invented.pdf</a>' in shown
    assert f"PDF, {filesizeformat(len(PDF))}, scanned, nothing found" in shown


def test_a_file_leaves_as_it_came_and_nothing_in_it_can_run(client, coordinator, case, report):
    client.force_login(coordinator)
    response = client.get(address(case, report))
    assert b"".join(response.streaming_content) == PDF
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == 'attachment; filename="Report on Invented.pdf"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize("name", ["file", "preview"])
def test_a_file_opens_for_those_who_may_know_the_child_and_for_nobody_else(client, person, case, coordinator, name):
    (file,) = attach(case, ("scan.png", picture()))
    review(case, coordinator, person("Panel chair"), until="schedule_panel")
    opened, refused = set(), set()
    for role in ROLES:
        client.force_login(person(role))
        response = client.get(address(case, file, name))
        (opened if response.status_code == 200 else refused).add(role)
        assert response.status_code == 200 or response.headers["Location"] == "/admin/", role
    assert opened == MAY_OPEN
    assert refused == set(ROLES) - MAY_OPEN


def test_nobody_reads_a_file_without_logging_in(client, case, report):
    assert client.get(address(case, report)).headers["Location"].startswith("/admin/login/")


@pytest.mark.parametrize("role", ["Panel member", "Panel chair", "Information governance"])
def test_those_who_may_not_know_the_child_read_no_file_name(client, person, case, coordinator, report, role):
    review(case, coordinator, person("Panel chair"), until="schedule_panel")
    shown = read(client, person(role), case)
    assert "Report on" not in shown
    assert str(report.pk) not in shown


def test_a_file_of_another_case_or_of_none_is_not_found(client, coordinator, case, notification, report):
    other = Case.objects.get(submissions__submission=receive(notification, invented_answers()))
    client.force_login(coordinator)
    assert client.get(address(other, report)).status_code == 404
    CaseSubmission.objects.filter(submission=report.submission).delete()
    assert client.get(address(case, report)).status_code == 404


@pytest.mark.parametrize(
    ("scan", "words"),
    [("waiting", "not scanned yet"), ("harmful", "held back: the scanner found something")],
)
def test_a_file_that_is_not_known_to_be_clean_is_named_and_never_given(client, coordinator, case, scan, words):
    (file,) = attach(case, ("scan.png", picture()), scan=scan)
    shown = read(client, coordinator, case)
    assert "scan.png" in shown
    assert f", {words}</span>" in shown
    assert address(case, file) not in shown
    refused = client.get(address(case, file), follow=True)
    assert refused.redirect_chain == [(reverse("cases:case", args=[case.reference]), 302)]
    assert f"The file was not downloaded: {words}." in html.unescape(refused.content.decode())
    assert client.get(address(case, file, "preview")).status_code == 404
    assert not CaseView.objects.filter(file__isnull=False).exists()


def test_a_file_that_was_tampered_with_or_lost_says_whom_to_tell(client, coordinator, case, report):
    client.force_login(coordinator)
    stored = storages["uploads"].path(report.stored_as)
    for spoilt in (b"nonsense", None):
        if spoilt is None:
            vault.remove(report.stored_as)
        else:
            with open(stored, "wb") as disk:
                disk.write(spoilt)
        told = client.get(address(case, report), follow=True).content.decode()
        assert "could not be opened. Tell an administrator." in told


@pytest.mark.parametrize(
    ("sent", "saved"),
    [
        ("letter.PDF", "letter.PDF"),
        ("letter.exe", "letter.exe.pdf"),
        ('a<b>:"c|d?*.pdf', "a_b___c_d__.pdf"),
        ("...", "file.pdf"),
        ("Größe.pdf", "Größe.pdf"),
    ],
)
def test_its_name_can_be_stored_anywhere_and_says_what_it_is(client, coordinator, case, sent, saved):
    (file,) = attach(case, (sent, PDF))
    assert safe_name(file) == saved


def test_who_downloaded_what_is_on_the_report_once_an_hour(client, person, case, coordinator, report):
    client.force_login(coordinator)
    for _ in range(2):
        client.get(address(case, report))
    client.force_login(person("Information governance"))
    shown = client.get("/admin/reports/opened-cases/").content.decode()
    assert shown.count(f"PDF {str(report.pk)[:8]}") == 1
    assert "Report on" not in shown
    exported = b"".join(client.get("/admin/reports/opened-cases/?export=csv").streaming_content).decode()
    assert f"Yes,PDF {str(report.pk)[:8]}" in exported


def test_a_picture_is_shown_small_with_its_name_as_words(client, coordinator, case):
    (file,) = attach(case, ("scan.png", picture()))
    preview = address(case, file, "preview")
    assert f'<img src="{preview}" alt="scan.png" loading="lazy">' in read(client, coordinator, case)
    response = client.get(preview)
    with Image.open(io.BytesIO(response.content)) as drawn:
        assert (drawn.format, drawn.size) == ("JPEG", (480, 160))
    assert response.headers["Content-Type"] == "image/jpeg"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in response.headers["Cache-Control"]
    allowed = client.get(reverse("cases:case", args=[case.reference])).headers["Content-Security-Policy"]
    assert re.search(r"img-src 'self'", allowed)


def test_seeing_a_preview_counts_as_opening_the_case(client, coordinator, case):
    (file,) = attach(case, ("scan.png", picture()))
    client.force_login(coordinator)
    for _ in range(2):
        client.get(address(case, file, "preview"))
    assert list(CaseView.objects.values_list("by__username", "file")) == [("coordinator-1", None)]


def test_a_file_that_is_no_picture_has_no_preview(client, coordinator, case, report):
    assert address(case, report, "preview") not in read(client, coordinator, case)
    assert client.get(address(case, report, "preview")).status_code == 404


def test_a_preview_holds_nothing_but_what_is_seen():
    about = Image.Exif()
    about[0x010E] = "Invented Parent"
    data = picture("JPEG", exif=about, comment=b"Invented Child", icc_profile=b"Invented profile")
    assert b"Invented Parent" in data
    assert b"Invented" not in preview_of(data, "image/jpeg")


def test_a_preview_stands_as_the_picture_was_held():
    turned = Image.Exif()
    turned[0x0112] = 6
    with Image.open(io.BytesIO(preview_of(picture("JPEG", exif=turned), "image/jpeg"))) as drawn:
        assert drawn.size == (160, 480)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_a_picture_of_any_kind_is_drawn(mode):
    assert preview_of(picture(mode=mode), "image/png")


def test_a_picture_as_a_telephone_takes_it_is_drawn():
    assert preview_of(picture("HEIF"), "image/heic")
    assert preview_of(picture("JPEG", (4000, 3000)), "image/jpeg")


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        (picture(size=(30_000, 1_000), mode="1"), "image/png"),
        (picture()[:100], "image/png"),
        (b"\x89PNG\r\n\x1a\nnonsense", "image/png"),
        (picture("GIF"), "image/png"),
        (PDF, "application/pdf"),
    ],
)
def test_what_is_too_large_broken_or_something_else_is_not_drawn(data, content_type):
    assert preview_of(data, content_type) is None


@pytest.fixture
def returned(case, coordinator, django_capture_on_commit_callbacks) -> Upload:
    """A file that an agency sent with the form it was asked for."""
    publish_forms()
    publish(page("what-you-know", KNOWN, ASKED), slug="reporting", title="Reporting form")
    request = ask(case, coordinator)
    browser = open_request(request, django_capture_on_commit_callbacks)
    answer(browser, request, reports=SimpleUploadedFile("records.pdf", PDF))
    Upload.objects.update(scan="clean")
    return Upload.objects.get()


def test_a_file_that_an_agency_sent_is_on_the_page_of_the_request(client, coordinator, case, returned):
    client.force_login(coordinator)
    shown = client.get(reverse("cases:request", args=[case.reference, case.requests.get().pk])).content.decode()
    assert f'<a href="{address(case, returned)}">records.pdf</a>' in shown
    assert b"".join(client.get(address(case, returned)).streaming_content) == PDF


def test_many_files_cost_no_more_queries_than_one(client, coordinator, case):
    counts = []
    for number in (1, 5):
        attach(case, *[(f"{each}.pdf", PDF) for each in range(number)])
        read(client, coordinator, case)
        with CaptureQueriesContext(connection) as queries:
            read(client, coordinator, case)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_picture_on_answers_that_are_about_no_case_is_seen_there(client, coordinator, case):
    (file,) = attach(case, ("scan.png", picture()))
    CaseSubmission.objects.filter(submission=file.submission).delete()
    client.force_login(coordinator)
    shown = client.get(f"/admin/answers/{file.submission.reference}/").content.decode()
    address = f"/admin/answers/{file.submission.reference}/files/{file.pk}/"
    assert f'<img src="{address}preview/" alt="scan.png"' in shown
    assert client.get(f"{address}preview/").headers["Content-Type"] == "image/jpeg"
