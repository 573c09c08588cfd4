"""A large export is made in pieces, whole, and the same as the one that comes at once."""

import io
import json
import re
import zipfile
from array import array

import openpyxl
import pyarrow.parquet
import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import storages
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exports.datasets import DECLARED
from exports.models import ExportEnd, ExportLog, PreparedExport, PreparedPart
from exports.prepared import services
from exports.prepared.services import working
from exports.prepared.services.keeping import kept_keys
from exports.prepared.states import MOST_ATTEMPTS, MOST_OPEN
from exports.services import ExportRefused
from forms.models import Submission
from forms.services import receive
from tests.exports.prepared.preparing import asked, fetched, made, now, streamed
from tests.exports.test_datasets import ask, asked_about  # noqa: F401
from tests.exports.test_services import extract
from tests.notifying import invented_answers
from tests.vault import in_vault

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_vault")]


@pytest.mark.parametrize("options", [{}, {"bom": True}, {"kind": "json"}])
def test_a_file_made_in_pieces_is_byte_for_byte_the_one_that_comes_at_once(many, analyst, options):
    prepared = made(analyst, **options)
    assert prepared.parts.count() == 5
    assert (prepared.state, prepared.made, prepared.rows) == ("ready", many, many)
    assert fetched(prepared, analyst) == streamed(analyst, **options)


@pytest.mark.parametrize("name", [dataset.name for dataset in DECLARED])
def test_every_dataset_can_be_made_in_pieces(asked_about, person, monkeypatch, name):  # noqa: F811
    monkeypatch.setattr(working, "ROWS_IN_A_PIECE", 2)
    administrator = person("Administrator")
    prepared = asked(administrator, name)
    expected = streamed(administrator, name) if not name.startswith(("audit", "views")) else None
    services.work(prepared)
    file = fetched(prepared, administrator)
    assert now(prepared).log.end.rows == now(prepared).rows == file.count(b"\r\n") - 1
    assert expected is None or file == expected  # taking out is a line of the audit log itself


def test_what_identifies_people_can_be_made_by_who_may_have_it(notification, person):
    receive(notification, invented_answers())
    coordinator = person("Coordinator")
    assert b"9990000018" in fetched(made(coordinator, identity=True), coordinator)
    with pytest.raises(PermissionDenied):
        asked(person("Analyst"), identity=True)


def test_a_workbook_made_in_pieces_has_byte_for_byte_the_sheet_and_the_styles_of_the_one_that_comes_at_once(
    many, analyst
):
    prepared = made(analyst, kind="xlsx")
    assert prepared.made == many
    ours, at_once = (
        zipfile.ZipFile(io.BytesIO(file)) for file in (fetched(prepared, analyst), streamed(analyst, kind="xlsx"))
    )
    assert ours.namelist() == at_once.namelist()
    when = "docProps/core.xml"  # says when it was made
    assert [name for name in ours.namelist() if ours.read(name) != at_once.read(name)] in ([], [when])


@pytest.mark.parametrize("rows", [1, 3, 7])
def test_row_groups_are_as_large_as_if_the_file_had_been_made_at_once(many, analyst, monkeypatch, rows):
    monkeypatch.setattr("exports.writers.parquet.ROWS_IN_A_GROUP", rows)
    monkeypatch.setattr("exports.plan.BATCH", rows)
    data = fetched(made(analyst, kind="parquet"), analyst)
    assert data == streamed(analyst, kind="parquet")
    assert pyarrow.parquet.ParquetFile(io.BytesIO(data)).metadata.num_row_groups == -(-many // rows)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_package_comes_with_its_description(many, analyst, kind):
    file = zipfile.ZipFile(io.BytesIO(fetched(made(analyst, kind=kind, packaged=True), analyst)))
    (resource,) = json.loads(file.read("datapackage.json"))["resources"]
    assert (resource["rows"], resource["bytes"]) == (many, len(file.read(resource["path"])))
    assert set(file.namelist()) == {resource["path"], "codebook.csv", "datapackage.json"}
    if kind == "csv":
        assert file.read(resource["path"]) == streamed(analyst)


def test_nothing_but_the_finished_file_is_kept_of_a_package(many, analyst, committed):
    with committed():
        prepared = made(analyst, packaged=True)
    assert {part.finished for part in prepared.parts.all()} == {True}
    assert len(in_vault()) == prepared.parts.count()


def test_a_large_file_is_kept_in_parts(many, analyst, monkeypatch):
    monkeypatch.setattr(working, "BYTES_IN_A_PART", 100)
    monkeypatch.setattr("exports.writers.tally.BLOCK", 100)
    prepared = made(analyst, kind="json", packaged=True)
    assert prepared.parts.count() > 3
    assert zipfile.ZipFile(io.BytesIO(fetched(prepared, analyst))).testzip() is None


def test_what_stands_in_a_part_is_encrypted_and_has_a_random_name(many, analyst, committed):
    with committed():
        made(analyst)
    assert in_vault() == set(PreparedPart.objects.values_list("stored_as", flat=True))
    assert all(re.fullmatch("[0-9a-f]{32}", name) for name in in_vault())
    kept = [storages["uploads"].open(name).read() for name in in_vault()]
    assert not [data for data in kept if b"INVENTED" in data or b"reference" in data]


def test_it_stops_when_its_time_is_up_and_goes_on_where_it_was(many, analyst):
    prepared = asked(analyst)
    expected = streamed(analyst)
    for done in (5, 10, 15):
        services.work(prepared, seconds=-1)
        assert (now(prepared).state, now(prepared).made) == ("waiting", done)
    services.work(prepared)
    assert fetched(prepared, analyst) == expected


def test_while_a_person_waits_pieces_are_made_and_joined_later(many, analyst):
    prepared = asked(analyst, kind="xlsx")
    services.work(prepared, seconds=60)
    assert (now(prepared).state, now(prepared).made) == ("waiting", many)
    assert services.prepare_further() == 1
    assert now(prepared).state == "ready"


def test_a_person_who_asks_has_a_smaller_one_at_once(many, analyst, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        prepared = asked(analyst)
    assert now(prepared).state == "ready"


def test_a_worker_of_its_own_makes_it_to_the_end_whatever_its_format(many, analyst, monkeypatch):
    monkeypatch.setattr(working, "ImmediateBackend", type(None))
    prepared = asked(analyst, kind="xlsx")
    working.prepare_now.enqueue(prepared.pk)
    assert now(prepared).state == "ready"


@pytest.mark.parametrize("kind", ["xlsx", "parquet"])
def test_whoever_goes_on_asks_the_database_for_nothing_that_is_made(many, analyst, kind):
    prepared = asked(analyst, kind=kind)
    for _ in range(3):
        services.work(prepared, seconds=-1)
    Submission.objects.filter(reference="INVENTED-000").update(reference="CHANGED")
    services.work(prepared)
    assert b"CHANGED" not in contents(fetched(prepared, analyst))
    assert now(prepared).log.end.rows == many


def contents(file: bytes) -> bytes:
    """What stands in a workbook or a Parquet file."""
    if file.startswith(b"PK"):
        archive = zipfile.ZipFile(io.BytesIO(file))
        return b"".join(map(archive.read, archive.namelist()))
    return str(pyarrow.parquet.read_table(io.BytesIO(file)).to_pydict()).encode()


@pytest.mark.parametrize("kind", ["csv", "xlsx", "parquet"])
def test_a_file_whose_first_rows_have_gone_is_whole(many, analyst, kind):
    prepared = asked(analyst, kind=kind)
    Submission.objects.exclude(reference="INVENTED-020").delete()
    services.work(prepared)
    file = fetched(prepared, analyst)
    assert (b"INVENTED-020" in file) if kind == "csv" else (b"INVENTED-020" in contents(file))
    assert now(prepared).log.end.rows == 1
    if kind == "xlsx":
        sheet = openpyxl.load_workbook(io.BytesIO(file)).active
        assert (sheet.max_row, sheet["A1"].font.b) == (2, True)


@pytest.mark.parametrize("kind", ["xlsx", "parquet", "json"])
def test_whoever_dies_while_joining_leaves_the_pieces_and_the_next_one_joins_them(many, analyst, monkeypatch, kind):
    monkeypatch.setattr(working, "BYTES_IN_A_PART", 100)
    prepared = asked(analyst, kind=kind, packaged=kind == "json")
    stock = working.add_part

    def dying(prepared, data, *, finished, upto=0):
        stock(prepared, data, finished=finished, upto=upto)
        if finished:
            raise MemoryError

    monkeypatch.setattr(working, "add_part", dying)
    for _ in range(2):
        with pytest.raises(MemoryError):
            services.work(prepared)
    monkeypatch.setattr(working, "add_part", stock)
    monkeypatch.setattr("exports.extract.Extract.piece", None)
    services.work(prepared)
    assert now(prepared).state == "ready"
    file = fetched(prepared, analyst)
    assert zipfile.ZipFile(io.BytesIO(file)).testzip() is None if kind != "parquet" else contents(file)
    assert now(prepared).log.end.rows == many


def test_no_file_of_a_piece_is_left_behind(many, analyst, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    fetched(made(analyst, kind="xlsx"), analyst)
    assert list(tmp_path.iterdir()) == []


def test_finishing_a_large_file_shows_signs_of_life(many, analyst, monkeypatch):
    beats = []
    monkeypatch.setattr(working.Beating, "beat", lambda self: beats.append(self.rows))
    for kind in ("xlsx", "parquet"):
        made(analyst, kind=kind)
        assert beats.count(many) > 3
        beats.clear()


def test_rows_that_come_after_it_was_asked_for_are_not_in_it(many, notification, analyst):
    prepared = asked(analyst)
    expected = streamed(analyst)
    services.work(prepared, seconds=-1)
    Submission.objects.create(reference="LATE", version=notification, answers={}, sealed="")
    services.work(prepared)
    assert fetched(prepared, analyst) == expected


def test_rows_that_go_meanwhile_are_left_out_and_not_counted(many, analyst):
    prepared = asked(analyst)
    services.work(prepared, seconds=-1)
    Submission.objects.filter(reference="INVENTED-020").delete()
    services.work(prepared)
    assert now(prepared).made == many - 1
    assert b"INVENTED-020" not in fetched(prepared, analyst)


def test_which_rows_it_has_is_kept_until_it_is_made(many, analyst):
    prepared = asked(analyst)
    assert kept_keys(now(prepared)) == array(
        "q", Submission.objects.order_by("submitted_at", "pk").values_list("pk", flat=True)
    )
    services.work(prepared)
    assert (now(prepared).stored_keys_as, now(prepared).sealed_keys_key) == ("", "")


def test_a_dataset_without_rows_is_a_file_with_its_heading(notification, analyst):
    assert fetched(made(analyst), analyst) == streamed(analyst)


def test_columns_that_change_meanwhile_end_it_with_a_sentence(many, notification_form, analyst, committed):
    prepared = asked(analyst)
    services.work(prepared, seconds=-1)
    ask(notification_form, "new_one", "Something new?", "N")
    with committed():
        services.work(prepared)
    assert (now(prepared).state, now(prepared).problem[:33]) == ("failed", "The columns of this dataset have ")
    assert now(prepared).log.end.outcome == "broken_off"
    assert not in_vault()


def test_a_role_that_is_lost_meanwhile_ends_it(many, analyst):
    prepared = asked(analyst)
    analyst.groups.clear()
    services.work(prepared)
    assert now(prepared).problem == "Your role cannot export this any more."


@pytest.mark.parametrize("why", ["", "  "])
def test_nothing_is_made_without_a_reason(many, analyst, why):
    with pytest.raises(ExportRefused, match="why"):
        services.ask_for(extract("notifications"), why, analyst)
    assert not ExportLog.objects.exists()
    assert not in_vault()


def test_nobody_has_more_than_a_few_at_a_time(notification, analyst, person):
    prepared = [asked(analyst) for _ in range(MOST_OPEN)]
    with pytest.raises(ExportRefused, match="not fetched"):
        asked(analyst)
    asked(person("Coordinator"))
    services.give_up(prepared[0])
    asked(analyst)


def test_asking_is_written_down_at_once_and_how_it_ended_later(many, analyst):
    prepared = asked(analyst)
    log = ExportLog.objects.get()
    assert (log.by, log.dataset, log.why, log.prepared) == (analyst, "notifications", "Yearly return", prepared)
    assert not ExportEnd.objects.exists()


def test_what_is_not_ready_after_many_tries_is_given_up_with_a_sentence(many, analyst):
    prepared = asked(analyst, kind="xlsx")
    for _ in range(MOST_ATTEMPTS):
        assert working._take(prepared) is not None
        PreparedExport.objects.update(held_until=None)
    services.work(prepared)
    assert (now(prepared).state, now(prepared).problem) == (
        "failed", "It was tried again and again, and stopped each time."
    )  # fmt: skip


def test_a_piece_that_was_made_makes_the_tries_count_anew(many, analyst):
    prepared = asked(analyst)
    for _ in range(MOST_ATTEMPTS + 3):
        services.work(prepared, seconds=-1)
    assert now(prepared).state == "ready"


def test_one_that_fails_does_not_hold_up_the_others(many, analyst, monkeypatch):
    first, second = asked(analyst), asked(analyst, kind="json")
    stock = working._make

    def broken(held, until):
        if held.prepared.pk == first.pk:
            raise RuntimeError("about somebody@invented.example")
        stock(held, until)

    monkeypatch.setattr(working, "_make", broken)
    with pytest.raises(RuntimeError):
        services.prepare_further()
    assert (now(first).state, now(second).state) == ("waiting", "ready")
    assert not now(first).is_held


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL copies")
def test_postgresql_copies_each_piece_of_what_can_be_copied(asked_about, person, monkeypatch):  # noqa: F811
    monkeypatch.setattr(working, "ROWS_IN_A_PIECE", 3)
    administrator = person("Administrator")
    prepared = asked(administrator, "views")
    expected = streamed(administrator, "views")
    with CaptureQueriesContext(connection) as queries:
        services.work(prepared)
    assert [query["sql"][:13] for query in queries if "COPY" in query["sql"][:4]] == ["COPY (SELECT "]
    assert fetched(prepared, administrator) == expected


def test_a_piece_costs_the_same_number_of_queries_however_many_rows_it_has(many, analyst, monkeypatch):
    def count(rows: int) -> int:
        monkeypatch.setattr(working, "ROWS_IN_A_PIECE", rows)
        prepared = asked(analyst)
        with CaptureQueriesContext(connection) as queries:
            services.work(prepared, seconds=-1)
        services.give_up(prepared)
        return len(queries)

    count(2)
    assert count(2) == count(20)
