"""Files that staff put into a case: who may, which, how they are found, and that none is written over or deleted."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from forms.models import AuditEntry, Upload
from forms.uploads.services import scan_waiting
from tests.forms.test_uploads import PDF
from tests.notifying import days_ago
from tests.vault import in_vault
from workflow import services as cases
from workflow.attachments.selectors import on_file
from workflow.attachments.services import attach, withdraw
from workflow.models import Attachment, CaseView
from workflow.models.attachments import PMRT_REPORT
from workflow.services import MoveRefused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_vault")]
READERS = {"Coordinator", "Designated doctor", "Administrator"}


def pdf(name="Report on Invented.pdf", data=PDF):
    return SimpleUploadedFile(name, data)


@pytest.fixture
def report(case, coordinator):
    made = attach(case, coordinator, pdf(), PMRT_REPORT, days_ago(3), "From the invented maternity unit")
    Upload.objects.update(scan="clean")
    return made


def address(case, name, *args):
    return reverse(f"cases:{name}", args=[case.reference, *args])


def page(client, case, name="case", **asked):
    return client.get(address(case, name), asked).content.decode()


def test_a_file_is_put_into_a_case_on_its_screen_and_listed_with_what_it_is(client, case, coordinator):
    client.force_login(coordinator)
    assert 'enctype="multipart/form-data"' in page(client, case, "attach")
    sent = {"file": pdf(), "kind": "letter", "dated_on": days_ago(3).isoformat(), "description": "An invented letter"}
    assert client.post(address(case, "attach"), sent).status_code == 302
    shown = page(client, case)
    for words in ("Report on Invented.pdf", "Letter or email", "An invented letter", "not scanned yet"):
        assert words in shown
    assert AuditEntry.objects.filter(what="case.attached").count() == 1


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (pdf("empty.pdf", b""), "empty"),
        (pdf("program.pdf", b"MZ not what it says"), "must be a"),
        (pdf("large.pdf", PDF + b"0" * 20 * 1024 * 1024), "must be smaller than 20 MB"),
    ],
)
def test_a_file_follows_the_rules_of_those_that_are_sent_with_a_form(case, coordinator, file, words):
    with pytest.raises(MoveRefused, match=words):
        attach(case, coordinator, file, "letter", days_ago(1))
    assert not in_vault()
    assert not Upload.objects.exists()


def test_a_day_to_come_and_a_kind_that_is_none_are_refused(case, coordinator):
    for kind, day in (("letter", days_ago(-1)), ("nonsense", days_ago(1))):
        with pytest.raises(MoveRefused):
            attach(case, coordinator, pdf(), kind, day)


def test_only_what_was_scanned_is_downloaded_and_that_is_recorded(client, case, coordinator, report):
    client.force_login(coordinator)
    where = address(case, "file", report.upload.pk)
    assert b"".join(client.get(where).streaming_content) == PDF
    assert CaseView.objects.filter(file=report.upload, by=coordinator).count() == 1
    Upload.objects.update(scan="waiting")
    assert client.get(where).status_code == 302


@pytest.mark.parametrize("role", ["Panel chair", "Panel member", "Information governance", "Analyst"])
def test_others_neither_see_nor_open_nor_attach_files(client, case, person, report, role):
    user = person(role)
    client.force_login(user)
    assert "Report on Invented.pdf" not in page(client, case)
    for name, args in (("file", [report.upload.pk]), ("attach", []), ("attachment_withdraw", [report.pk])):
        assert client.get(address(case, name, *args)).status_code in (302, 403, 404)
    with pytest.raises(PermissionDenied):
        attach(case, user, pdf(), "letter", days_ago(1))


def test_it_is_found_by_the_searches_inside_the_case(client, case, coordinator, report):
    client.force_login(coordinator)
    found = client.post(address(case, "timeline"), {"words": "maternity unit"}).content.decode()
    assert "File attached: Report of a perinatal mortality review (PMRT)" in found
    assert "Report on Invented.pdf" in page(client, case, "record", q="invented maternity")
    assert "Report on Invented.pdf" not in page(client, case, "record", q="nothing like it")


def test_it_is_neither_changed_nor_deleted(report):
    report.kind = "letter"
    with pytest.raises(ValidationError):
        report.save()
    for gone in (report.delete, Attachment.objects.all().delete):
        with pytest.raises(ValidationError):
            gone()


def test_a_withdrawn_file_stays_listed_with_the_reason_and_opens_for_nobody(client, case, coordinator, report):
    client.force_login(coordinator)
    assert client.post(address(case, "attachment_withdraw", report.pk), {"reason": ""}).status_code == 200
    client.post(address(case, "attachment_withdraw", report.pk), {"reason": "Of another invented child"})
    shown = page(client, case)
    assert "Report on Invented.pdf" in shown
    assert "Of another invented child" in shown
    assert client.get(address(case, "file", report.upload.pk)).status_code == 404
    assert in_vault()
    assert not on_file(case, PMRT_REPORT)


def test_withdrawing_twice_keeps_the_first_reason(report, coordinator):
    first = withdraw(report, coordinator, "Wrong child")
    assert withdraw(report, coordinator, "Something else") == first


def test_what_it_says_and_why_it_was_withdrawn_is_sealed(report, coordinator):
    withdraw(report, coordinator, "Invented reason")
    assert "maternity" not in Attachment.objects.values_list("sealed_description", flat=True).get()
    assert "Invented" not in report.withdrawal.sealed_reason


def test_a_file_of_another_case_is_not_reached_through_this_one(client, notify, coordinator, report):
    client.force_login(coordinator)
    other = notify(child_family_name="Madeup", nhs_number="")
    assert client.get(address(other, "file", report.upload.pk)).status_code == 404
    assert client.post(address(other, "attachment_withdraw", report.pk), {"reason": "x"}).status_code == 404


def test_a_review_that_another_panel_takes_keeps_no_file(case, coordinator, report, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        case = cases.move(case, "offer_transfer", coordinator, details={"receiving_area": "Invented CDOP"})
        cases.move(case, "transfer_accepted", coordinator, details={"transfer_acknowledgement": "By phone"})
    assert not in_vault()
    Upload.objects.update(scan="waiting")
    assert scan_waiting() == {"clean": 0, "harmful": 0, "waiting": 0}
    with pytest.raises(MoveRefused, match="Another panel has this review"):
        attach(case, coordinator, pdf(), "letter", days_ago(1))


def test_the_page_of_a_case_asks_as_many_queries_with_many_files(client, case, coordinator, report):
    client.force_login(coordinator)
    page(client, case)
    counts = []
    for number in (0, 4):
        for each in range(number):
            attach(case, coordinator, pdf(f"{each}.pdf"), "letter", days_ago(1))
        with CaptureQueriesContext(connection) as queries:
            page(client, case)
        counts.append(len(queries))
    assert counts[0] == counts[1]
