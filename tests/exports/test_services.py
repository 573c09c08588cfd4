"""What leaves is written down: who, what, why, and how it ended."""

import hashlib
import json
import tempfile

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone

from exports import extract as extracts
from exports.datasets import all_datasets
from exports.extract import Extract
from exports.formats import FORMATS
from exports.models import ExportEnd, ExportLog
from exports.plan import BATCH
from exports.selectors import exports_for
from exports.services import ExportRefused, export
from exports.writers import TooLargeForExcel
from forms.models import Submission
from forms.sealing import Unreadable
from workflow.roles import ROLES

pytestmark = pytest.mark.django_db

WITH_IDENTITY = {"Coordinator", "Administrator"}
EVERYBODYS = {"Information governance", "Administrator"}


def extract(name: str = "cases", kind: str = "csv", **options) -> Extract:
    return Extract(all_datasets()[name], FORMATS[kind], **options)


@pytest.fixture
def many(notification) -> int:
    """More notifications than are read at a time."""
    Submission.objects.bulk_create(
        Submission(reference=f"INVENTED-{number:05}", version=notification, answers={"sex": "female"}, sealed="")
        for number in range(BATCH * 3)
    )
    return BATCH * 3


def test_a_finished_export_is_written_down_with_its_rows_size_and_checksum(case, person):
    analyst = person("Analyst")
    data = b"".join(export(extract(), " Yearly return ", analyst))
    log = ExportLog.objects.get()
    assert (log.by, log.dataset, log.format, log.identity, log.why) == (analyst, "cases", "csv", False, "Yearly return")
    assert (log.end.outcome, log.end.rows, log.end.size) == ("finished", 1, len(data))
    assert log.end.checksum == hashlib.sha256(data).hexdigest()


def test_it_is_written_down_before_the_first_byte_leaves(case, person):
    export(extract(), "Yearly return", person("Analyst"))
    assert ExportLog.objects.count() == 1
    assert not ExportEnd.objects.exists()


def test_an_export_that_nobody_takes_to_its_end_is_broken_off(many, person):
    download = export(extract("notifications"), "Yearly return", person("Analyst"))
    next(download), next(download)
    download.close()
    download.close()
    end = ExportEnd.objects.get()
    assert (end.outcome, end.rows, end.checksum) == ("broken_off", BATCH, "")
    assert end.size > 0


def test_an_export_that_was_never_begun_to_be_taken_is_broken_off(case, person):
    export(extract(), "Yearly return", person("Analyst")).close()
    assert ExportEnd.objects.get().outcome == "broken_off"


def test_an_export_that_fails_in_the_middle_is_broken_off(many, person):
    download = export(extract("notifications", identity=True), "Yearly return", person("Coordinator"))
    Submission.objects.filter(reference__endswith="1400").update(sealed="not a token")
    with pytest.raises(Unreadable):
        b"".join(download)
    assert ExportEnd.objects.get().outcome == "broken_off"


@pytest.mark.parametrize("kind", FORMATS)
def test_no_format_leaves_a_temporary_file_behind(many, person, kind, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    download = export(extract("notifications", kind), "Yearly return", person("Analyst"))
    next(download)
    download.close()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("role", ROLES)
def test_only_some_roles_may_export_and_fewer_may_export_who_people_are(case, person, role):
    user = person(role)
    for identity, allowed in ((False, WITH_IDENTITY | {"Analyst"}), (True, WITH_IDENTITY)):
        if role in allowed:
            assert b"".join(export(extract(identity=identity), "Yearly return", user)).count(b"\n") == 2
        else:
            with pytest.raises(PermissionDenied):
                export(extract(identity=identity), "Yearly return", user)
    assert ExportLog.objects.count() == (role in WITH_IDENTITY) + (role in WITH_IDENTITY | {"Analyst"})


@pytest.mark.parametrize("why", ["", "  \n"])
def test_nothing_leaves_without_a_reason(case, person, why):
    with pytest.raises(ExportRefused, match="why"):
        export(extract(), why, person("Analyst"))
    assert not ExportLog.objects.exists()


def test_what_a_worksheet_cannot_hold_is_refused_before_it_is_written_down(case, person, monkeypatch):
    def refuse(plan, rows):
        raise TooLargeForExcel(f"{rows} rows. Choose CSV.")

    monkeypatch.setattr(extracts, "check_size", refuse)
    with pytest.raises(ExportRefused, match=r"1 rows\. Choose CSV"):
        export(extract(kind="xlsx"), "Yearly return", person("Analyst"))
    assert not ExportLog.objects.exists()


def test_what_was_written_down_is_never_changed(case, person):
    b"".join(export(extract(), "Yearly return", person("Analyst")))
    log = ExportLog.objects.get()
    for change in (log.save, log.delete, log.end.save, log.end.delete, ExportLog.objects.all().delete):
        with pytest.raises(ValidationError):
            change()
    with pytest.raises(ValidationError):
        ExportLog.objects.update(why="Another")


@pytest.mark.parametrize("role", ROLES)
def test_people_know_of_their_own_exports_and_governance_of_all(case, person, role):
    own = {"Analyst", "Coordinator", "Administrator"}
    for number, exporter in enumerate(["Analyst", "Coordinator", "Administrator"], start=1):
        b"".join(export(extract(), "Yearly return", person(exporter, number=number)))
    b"".join(export(extract(), "Yearly return", operator="root"))
    user = person(role, number=["Analyst", "Coordinator", "Administrator"].index(role) + 1 if role in own else 1)
    assert exports_for(user).count() == (4 if role in EVERYBODYS else 1 if role in own else 0)


def test_json_lines_hold_numbers_as_numbers_and_blanks_as_null(case):
    (line,) = b"".join(export(extract(kind="json"), "Return")).decode().splitlines()
    row = json.loads(line)
    assert (row["reference"], row["notifications"], row["urgent"]) == (case.reference, 1, False)
    assert row["category"] is None
    assert row["died_month"] == case.died_on.isoformat()[:7]


def test_json_lines_of_an_identifying_export_write_dates_in_full(case):
    row = json.loads(b"".join(export(extract(kind="json", identity=True), "Return")))
    assert row["died_on"] == case.died_on.isoformat()
    assert row["opened_at"] == timezone.localtime(case.opened_at).replace(tzinfo=None).isoformat()


def test_a_byte_order_mark_is_for_csv_alone(case):
    assert b"".join(export(extract(bom=True), "Return")).startswith(b"\xef\xbb\xbfreference,")
    assert b"".join(export(extract(kind="json", bom=True), "Return")).startswith(b"{")


def test_the_name_of_a_file_says_what_is_in_it(case):
    import datetime as dt

    day = dt.date(2026, 3, 1)
    assert extract().file_name(day) == "cases-2026-03-01.csv"
    assert extract(kind="json", identity=True).file_name(day) == "cases-identifying-2026-03-01.jsonl"


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="one connection to SQLite sees its own writes while it reads"
)
def test_rows_that_come_while_a_file_is_on_its_way_are_not_in_it(many, notification, person):
    download = export(extract("notifications"), "Yearly return", person("Analyst"))
    next(download), next(download)
    Submission.objects.create(reference="LATE", version=notification, answers={}, sealed="")
    assert b"LATE" not in b"".join(download)
