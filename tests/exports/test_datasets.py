"""What each dataset lets leave, and what it keeps back."""

import csv
import datetime as dt
import io

import openpyxl
import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from exports.datasets import DECLARED, all_datasets, datasets_for
from exports.ncmd.indicators.services import work_out
from exports.writers import csv_blocks, write_xlsx
from forms.models import Form
from forms.services import freeze, receive
from tests.exports.deciding import agreed, found, meeting, signed
from tests.exports.ncmd.returning import accepted_case
from tests.notifying import days_ago, invented_answers
from tests.workflow.asking import ask as ask_agency
from tests.workflow.asking import publish_forms
from tests.workflow.reviewing import review
from workflow.models import InformationRequest
from workflow.roles import ROLES
from workflow.services import end_hold, hold, record_view

pytestmark = pytest.mark.django_db

NAMES = [dataset.name for dataset in DECLARED]
CHILDREN = ["notifications", "cases"]
EXPORTERS = {"Coordinator", "Analyst", "Administrator"}
AUDITORS = {"Information governance", "Administrator"}
WHO_THEY_ARE = ["Invented", "9990000018", "ZZ99 3WZ", "registrar@", "Made Up Street"]


def exported(name: str, user=None, identity: bool = False) -> list[dict[str, str]]:
    text = b"".join(csv_blocks(all_datasets()[name].plan(user, identity))).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.fixture
def asked_about(case, person):
    """A case that somebody looked at, about which an agency was asked, and that a panel reviewed."""
    coordinator = person("Coordinator")
    accepted_case(case)
    record_view(case, coordinator)
    publish_forms()
    ask_agency(case, coordinator, "reporting", name="Pretend Surgery")
    work_out()
    signed(case, coordinator)
    found(case)
    agreed(case, coordinator)
    meeting(coordinator, case, came=(True,))
    return case


@pytest.mark.parametrize("name", NAMES)
def test_nothing_that_identifies_a_child_or_family_leaves_unless_asked(asked_about, name):
    rows = exported(name)
    died = asked_about.died_on.isoformat()
    assert rows
    assert not [cell for row in rows for cell in row.values() for known in [*WHO_THEY_ARE, died] if known in cell]


@pytest.mark.parametrize("name", CHILDREN)
def test_what_identifies_nobody_leaves(case, name):
    (row,) = exported(name)
    assert all(row[column] for column in ("reference", "source", "sex"))


@pytest.mark.parametrize("name", NAMES)
def test_what_is_sealed_is_not_even_read_unless_asked(case, name):
    with CaptureQueriesContext(connection) as queries:
        exported(name)
    assert not [query["sql"] for query in queries if "sealed" in query["sql"]]


@pytest.mark.parametrize("name", NAMES)
def test_an_export_takes_the_same_queries_for_one_row_and_for_many(notification, case, name):
    def count(identity: bool) -> int:
        with CaptureQueriesContext(connection) as queries:
            exported(name, identity=identity)
        return len([query for query in queries if "SAVEPOINT" not in query["sql"]])  # a copy's, in a test's transaction

    exported(name)  # reads each version of the form once in a process
    few = count(identity=False), count(identity=True)
    for _ in range(12):
        receive(notification, invented_answers())
    assert (count(identity=False), count(identity=True)) == few
    assert max(few) <= 3  # the forms, their versions, the rows


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("identity", [False, True])
def test_datasets_are_read_without_making_instances_and_equal_the_stock_export(asked_about, name, identity):
    dataset = all_datasets()[name]
    plan = dataset.plan(None, identity)
    assert plan.reads_values
    stock = dataset.resource(identity).export(dataset.rows(None))
    assert b"".join(csv_blocks(plan, guarded=False)).decode() == stock.csv


@pytest.mark.parametrize("role", [*ROLES, None])
@pytest.mark.parametrize("name", NAMES)
def test_only_roles_that_may_export_a_dataset_get_rows(asked_about, person, role, name):
    user = person(role, number=2) if role else AnonymousUser()
    may = AUDITORS if name in ("audit", "audit_log", "views") else EXPORTERS
    assert bool(exported(name, user)) == (role in may)
    assert (name in datasets_for(user)) == (role in may)


def test_a_notification_comes_out_as_it_was_answered(notification):
    answers = invented_answers(gestation_weeks=38, legal_status=["looked_after", "child_in_need"])
    submission = receive(notification, answers)
    (row,) = exported("notifications", identity=True)
    assert (row["reference"], row["version"]) == (submission.reference, "1")
    assert row["legal_status"] == "looked_after; child_in_need"
    assert row["ethnicity"] == "not_known"
    assert row["religion"] == ""
    assert row["address"] == "1 Made Up Street, Nowhere"
    assert row["professionals"] == '[{"agency_type": "gp", "org": "Invented Surgery"}]'
    assert row["nhs_number"] == "9990000018"
    assert row["submitted_at"][:7] == row["submitted_month"]


def test_a_question_called_like_one_of_our_columns_gets_a_name_of_its_own(notification_form, notification):
    ask(notification_form, "source", "Where did you hear of it?", "N")
    receive(notification_form.newest_version(), invented_answers(source="yes"))
    (row,) = exported("notifications")
    assert (row["source"], row["answer:source"]) == ("web", "yes")


def test_questions_of_every_version_have_a_column(notification_form, notification):
    receive(notification, invented_answers(already_notified="no"))
    assert drop(notification_form, "already_notified").number == 2
    ask(notification_form, "new_one", "Something new?", "N")
    receive(notification_form.newest_version(), invented_answers(new_one="yes"))
    old, new = exported("notifications")
    assert (old["already_notified"], new["already_notified"]) == ("no", "")
    assert (old["new_one"], new["new_one"]) == ("", "yes")


def test_an_answer_that_any_version_sealed_is_identifying_in_all(notification_form):
    ask(notification_form, "moved", "Has the family moved?", "I")
    receive(notification_form.newest_version(), invented_answers(moved="yes"))
    ask(notification_form, "moved", "Has the family moved?", "N")
    receive(notification_form.newest_version(), invented_answers(moved="no"))
    assert "moved" not in exported("notifications")[0]
    assert [row["moved"] for row in exported("notifications", identity=True)] == ["yes", "no"]


def test_a_case_says_what_was_recorded_and_decided(case, person):
    review(case, person("Coordinator"), person("Panel chair"), until="sign_off")
    (row,) = exported("cases")
    assert row["reference"] == case.reference
    assert row["state"] == "panel_reviewed"
    assert (row["category"], row["modifiability"], row["jar_decision"]) == ("5", "none_identified", "no")
    assert (row["age_group"], row["nhs_number_known"], row["urgent"]) == ("5_9_years", "1", "0")
    assert row["died_month"] == case.died_on.isoformat()[:7]
    assert row["notifications"] == "1"


def test_an_identifying_export_of_cases_opens_the_identity_record(case):
    (row,) = exported("cases", identity=True)
    assert (row["first_names"], row["family_name"], row["nhs_number"]) == ("Test", "Invented", "9990000018")
    assert row["died_on"] == case.died_on.isoformat()


def test_an_exact_date_is_identifying_however_its_question_is_marked(notification_form):
    ask(notification_form, "moved_on", "When did the family move?", "N", kind="date")
    receive(notification_form.newest_version(), invented_answers(moved_on="2026-03-01"))
    assert "moved_on" not in exported("notifications")[0]
    assert exported("notifications", identity=True)[0]["moved_on"] == "2026-03-01"


def test_any_other_form_that_was_published_is_a_dataset_of_its_own(notification_form, person):
    other = Form.objects.create(title="Feedback", slug="feedback")
    assert "form:feedback" not in all_datasets()
    ask(notification_form, "new_one", "Something new?", "N", frozen_as=other)
    receive(other.newest_version(), {"new_one": "yes"})
    assert "form:feedback" in datasets_for(person("Analyst"))
    (row,) = exported("form:feedback", person("Analyst"))
    assert row["new_one"] == "yes"


@pytest.mark.parametrize("name", CHILDREN)
def test_every_dataset_fits_in_a_worksheet(case, name):
    output = io.BytesIO()
    write_xlsx(all_datasets()[name].plan(None, identity=True, native=True), output, name)
    output.seek(0)
    heading, row = openpyxl.load_workbook(output).active.iter_rows(values_only=True)
    assert dict(zip(heading, row, strict=True))["nhs_number"] == "9990000018"


@pytest.mark.parametrize("name", NAMES)
def test_every_column_is_described_and_named_once(notification, name):
    columns = all_datasets()[name].columns()
    assert len({column.name for column in columns}) == len(columns)
    for column in columns:
        assert column.title
        assert column.type_label
        assert column.codes or column.type not in ("code", "codes")


def limit(code: str, rows: list[dict[str, str]]) -> dict[str, str]:
    (row,) = [row for row in rows if row["limit"] == code]
    return row


def test_timeliness_counts_the_days_allowed_and_taken_and_says_what_was_late(case):
    clock = case.clocks.get(rule__code="T2")
    clock.started_at = clock.due_at - dt.timedelta(days=2)
    clock.met_at = clock.due_at + dt.timedelta(hours=12)
    clock.save()
    row = limit("T2", exported("timeliness"))
    assert (row["case"], row["days_allowed"], row["days_taken"], row["late"]) == (case.reference, "2.0", "2.5", "1")
    clock.met_at = clock.due_at
    clock.save()
    assert limit("T2", exported("timeliness"))["late"] == "0"


def test_a_limit_that_has_passed_is_late_only_while_the_case_is_open(case, person):
    clock = case.clocks.get(rule__code="T8")
    clock.started_at = clock.due_at = timezone.now() - dt.timedelta(days=1)
    clock.save()
    row = limit("T8", exported("timeliness"))
    assert (row["late"], row["days_taken"]) == ("1", "")
    review(case, person("Coordinator"), person("Panel chair"), until="close")
    case.clocks.filter(rule__code="T8").update(met_at=None)
    assert limit("T8", exported("timeliness"))["late"] == "0"


def test_timeliness_tells_cases_on_hold_from_those_that_were(case, person):
    held = hold(case, person("Coordinator"), kind="coroner", blocks=["panel"], started_on=days_ago(1))
    assert {(row["on_hold"], row["was_on_hold"]) for row in exported("timeliness")} == {("1", "1")}
    end_hold(held, person("Coordinator"), days_ago(0))
    assert {(row["on_hold"], row["was_on_hold"]) for row in exported("timeliness")} == {("0", "1")}


def test_a_request_tells_which_agency_was_asked_and_never_whom(asked_about):
    (row,) = exported("requests", identity=True)
    assert (row["case"], row["agency"], row["state"], row["forms_asked"]) == (
        asked_about.reference,
        "Pretend Surgery",
        "sent",
        "1",
    )
    assert (row["late"], row["days_taken"]) == ("0", "")
    assert "gp@invented.example" not in "".join(row.values())


def test_a_request_is_late_when_nobody_answers_or_the_answer_comes_after_the_day(asked_about):
    found = InformationRequest.objects.filter(case=asked_about)
    found.update(due_on=days_ago(1))
    assert exported("requests")[0]["late"] == "1"
    found.update(sent_at=timezone.now() - dt.timedelta(days=3), returned_at=timezone.now(), due_on=days_ago(0))
    row = exported("requests")[0]
    assert (row["late"], row["days_taken"]) == ("0", "3.0")


def test_the_audit_trail_tells_who_did_what(asked_about, person):
    rows = exported("audit", person("Information governance"))
    assert {row["by"] for row in rows} == {"", person("Coordinator").username}
    assert rows[0]["kind"] == "received"
    assert [row["at"] for row in rows] == sorted(row["at"] for row in rows)
    (view,) = exported("views", person("Information governance"))
    assert (view["by"], view["with_identity"]) == (person("Coordinator").username, "1")


def ask(form: Form, key: str, label: str, sensitivity: str, kind: str = "yes_no", frozen_as: Form | None = None):
    """Publish the form with one more question, or the same one marked anew."""
    added = {"kind": kind, "key": key, "label": label, "sensitivity": sensitivity}
    return _republish(form, key, [added], frozen_as or form)


def drop(form: Form, key: str):
    return _republish(form, key, [], form)


def _republish(form: Form, key: str, added: list[dict], frozen_as: Form):
    data = form.newest_version().schema
    for page in data["pages"]:
        page["questions"] = [asked for asked in page["questions"] if asked["key"] != key]
    data["pages"][0]["questions"] += added
    frozen_as.schema_data = lambda: data
    return freeze(frozen_as)
