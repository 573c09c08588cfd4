"""Datasets and the export log in the Wagtail admin, for every role."""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager

import openpyxl
import pytest
from django.core.signals import request_finished
from django.db import close_old_connections, connection
from django.test.utils import CaptureQueriesContext

from exports.datasets import DECLARED
from exports.models import ExportLog
from exports.plan import BATCH
from exports.services import export
from exports.views import DatasetView
from forms.models import Submission
from forms.services import receive
from tests.exports.test_services import extract
from tests.notifying import invented_answers
from workflow.models import Case
from workflow.roles import ROLES

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

LIST, LOG = "/admin/exports/", "/admin/exports/log/"
CASES, NOTIFICATIONS = "/admin/exports/datasets/cases/", "/admin/exports/datasets/notifications/"
EXPORTERS = {"Coordinator", "Analyst", "Administrator"}
WITH_IDENTITY = {"Coordinator", "Administrator"}
OPENERS = EXPORTERS | {"Information governance"}
SCREENS = {
    LIST: OPENERS,
    CASES: EXPORTERS,
    f"{CASES}codebook.csv": EXPORTERS,
    NOTIFICATIONS: EXPORTERS,
    "/admin/exports/datasets/audit/": {"Information governance", "Administrator"},
    LOG: OPENERS,
    f"{LOG}results/": OPENERS,
}


@pytest.fixture
def as_role(client, person):
    def login(role):
        user = person(role)
        client.force_login(user)
        return user

    return login


def asked(**changes) -> dict[str, str]:
    return {"why": "Yearly return", "format": "csv"} | changes


def body(response) -> bytes:
    return b"".join(response.streaming_content)


@contextmanager
def one_connection() -> Iterator[None]:
    """The end of a response leaves the test's connection to the database open."""
    request_finished.disconnect(close_old_connections)
    try:
        yield
    finally:
        request_finished.connect(close_old_connections)


def queries(client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("role", ROLES)
def test_each_screen_opens_for_its_roles_and_no_other(client, as_role, case, role, screen):
    as_role(role)
    assert (client.get(screen).status_code == 200) == (role in SCREENS[screen])


@pytest.mark.parametrize("role", ROLES)
def test_the_menu_offers_only_what_opens(client, as_role, role):
    as_role(role)
    home = client.get("/admin/").content.decode()
    assert (f'"{LIST}"' in home) == (role in OPENERS)
    assert (f'"{LOG}"' in home) == (role in OPENERS)


@pytest.mark.parametrize("screen", SCREENS)
def test_a_visitor_is_asked_to_log_in(client, screen):
    assert "/admin/login/" in client.get(screen).headers["Location"]


def test_the_list_tells_what_each_dataset_is_for_and_how_much_it_holds(client, as_role, case):
    as_role("Analyst")
    page = client.get(LIST).content.decode()
    for dataset in DECLARED:
        for_auditors = dataset.name in ("audit", "audit_log", "views")
        assert (f"/admin/exports/datasets/{dataset.name}/" in page) != for_auditors
        assert dataset.purpose in page or for_auditors


@pytest.mark.parametrize("screen", [LIST, CASES, NOTIFICATIONS])
def test_a_screen_takes_the_same_queries_for_one_row_and_for_many(client, as_role, case, notification, screen):
    as_role("Coordinator")
    client.get(screen)
    few = queries(client, screen)
    for _ in range(12):
        receive(notification, invented_answers())
    assert queries(client, screen) == few


def test_a_dataset_page_describes_every_column_with_examples_that_identify_nobody(client, as_role, case):
    as_role("Coordinator")
    for address in (CASES, NOTIFICATIONS):
        page = client.get(address).content.decode()
        assert "female" in page
        assert "nhs_number" in page
        assert not [known for known in ("9990000018", "ZZ99", "registrar@", "Made Up Street") if known in page]


def test_a_dataset_with_no_rows_says_so_and_offers_no_file(client, as_role, notification):
    as_role("Analyst")
    page = client.get(CASES).content.decode()
    assert "no rows yet" in page
    assert 'name="why"' not in page


def test_there_is_no_such_dataset(client, as_role):
    as_role("Analyst")
    assert client.get("/admin/exports/datasets/families/").status_code == 404
    assert client.post("/admin/exports/datasets/families/", asked()).status_code == 404


def test_a_csv_file_is_streamed_and_never_kept_by_a_cache(client, as_role, case):
    user = as_role("Analyst")
    response = client.post(CASES, asked())
    assert response.streaming
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"].startswith('attachment; filename="cases-20')
    assert "no-store" in response.headers["Cache-Control"]
    (row,) = csv.DictReader(io.StringIO(body(response).decode(), newline=""))
    assert row["reference"] == case.reference
    log = ExportLog.objects.get()
    assert (log.by, log.why, log.end.outcome, log.end.rows) == (user, "Yearly return", "finished", 1)


def test_an_xlsx_file_opens(client, as_role, case):
    as_role("Analyst")
    data = body(client.post(NOTIFICATIONS, asked(format="xlsx")))
    assert openpyxl.load_workbook(io.BytesIO(data)).active.max_row == 2


def test_a_download_broken_off_midway_is_written_down_as_such(client, as_role, notification, rf):
    Submission.objects.bulk_create(
        Submission(reference=f"INVENTED-{number:05}", version=notification, answers={}, sealed="")
        for number in range(BATCH * 3)
    )
    request = rf.post(NOTIFICATIONS, asked())
    request.user = as_role("Analyst")
    response = DatasetView.as_view()(request, name="notifications")
    with one_connection():
        blocks = iter(response.streaming_content)
        next(blocks), next(blocks)
        response.close()
    end = ExportLog.objects.get().end
    assert (end.outcome, end.rows) == ("broken_off", BATCH)
    assert f"Broken off after {BATCH}" in client.get(LOG).content.decode()


@pytest.mark.parametrize(
    ("changes", "message"),
    [({"why": "  "}, "Say why you need this data."), ({"why": "x" * 501}, "500"), ({"format": "pdf"}, "pdf")],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_leaves(client, as_role, case, changes, message):
    as_role("Analyst")
    response = client.post(CASES, asked(**changes))
    assert not response.streaming
    assert message in response.content.decode()
    assert not ExportLog.objects.exists()


@pytest.mark.parametrize("role", sorted(EXPORTERS))
def test_identifying_columns_are_offered_to_and_given_to_those_who_may_have_them(client, as_role, case, role):
    as_role(role)
    assert ('name="identity"' in client.get(CASES).content.decode()) == (role in WITH_IDENTITY)
    data = body(client.post(CASES, asked(identity="on")))
    assert (b"9990000018" in data) == (role in WITH_IDENTITY)
    assert ExportLog.objects.get().identity == (role in WITH_IDENTITY)


@pytest.mark.parametrize("role", sorted(set(ROLES) - EXPORTERS))
def test_nobody_else_can_post_for_a_file(client, as_role, case, role):
    as_role(role)
    assert not client.post(CASES, asked()).streaming
    assert not ExportLog.objects.exists()


def test_the_codebook_describes_every_column_and_runs_no_formula(client, as_role, case):
    as_role("Analyst")
    response = client.get(f"{CASES}codebook.csv")
    rows = list(csv.DictReader(io.StringIO(response.content.decode(), newline="")))
    described = {row["name"]: row for row in rows}
    assert len(described) == len(rows)
    assert "1 = 1. Deliberately inflicted injury" in described["category"]["codes"]
    assert described["nhs_number"]["identifying"] == "yes"
    assert all(row["title"] and row["type"] and row["sensitivity"] for row in rows)
    assert not [cell for row in rows for cell in row.values() if cell[:1] in "=+-@" and cell]


def test_the_log_shows_people_their_own_exports_and_governance_everybodys(client, as_role, person, case):
    for role in ("Analyst", "Coordinator"):
        b"".join(export(extract(), f"Reason of the {role}", person(role)))
    as_role("Analyst")
    own = client.get(LOG).content.decode()
    assert "Reason of the Analyst" in own
    assert "Reason of the Coordinator" not in own
    as_role("Information governance")
    both = client.get(LOG).content.decode()
    assert "Reason of the Analyst" in both
    assert "Reason of the Coordinator" in both


def test_the_log_shows_who_what_why_and_whether_people_are_identified(client, as_role, person, case):
    b"".join(export(extract(identity=True), "Subject access request", person("Coordinator")))
    b"".join(export(extract(), "Backup", operator="root"))
    export(extract(), "Left open", person("Coordinator"))
    as_role("Administrator")
    page = client.get(LOG).content.decode()
    for words in ("Coordinator No 1", "Subject access request", "Identifying", "root (at the server’s shell)"):
        assert words in page
    assert "Not finished" in page
    only = client.get(f"{LOG}?identity=true").content.decode()
    assert "Subject access request" in only
    assert "Backup" not in only


def test_the_log_takes_the_same_queries_for_few_exports_and_for_many(client, as_role, person, case):
    as_role("Information governance")
    b"".join(export(extract(), "Yearly return", person("Analyst")))
    client.get(LOG)
    few = queries(client, LOG)
    for number in range(12):
        b"".join(export(extract(), "Yearly return", person("Analyst", number=number)))
    assert queries(client, LOG) == few


def test_a_log_with_nothing_in_it_says_so(client, as_role):
    as_role("Analyst")
    assert "Nothing has been exported yet" in client.get(LOG).content.decode()


def test_taking_data_out_changes_no_case(client, as_role, case):
    before = list(Case.objects.values())
    as_role("Coordinator")
    body(client.post(CASES, asked(identity="on")))
    assert list(Case.objects.values()) == before
