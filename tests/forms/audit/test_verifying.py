"""`manage.py verify_audit` against somebody who writes into the database past the product."""

import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms.audit.lines import Line
from forms.audit.services import link, record
from forms.audit.verifying import verify
from forms.models import AuditEntry, AuditLink
from tests.forms.audit.tampering import LINKS, delete, drop_triggers, edit, renumber, sql

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries():
    made = [record(Line("case.read", "case", f"2026-{number:04}")) for number in range(1, 8)]
    link()
    return made


def place(entry):
    return AuditLink.objects.get(entry=entry).position


def command(*arguments):
    out, err, code = StringIO(), StringIO(), 0
    try:
        call_command("verify_audit", *arguments, stdout=out, stderr=err)
    except SystemExit as ended:
        code = ended.code
    return code, out.getvalue() + err.getvalue()


def test_a_log_that_nobody_touched_is_whole(entries):
    code, said = command()
    assert code == 0
    assert "whole: 7 rows" in said
    assert re.search(r"Head: 7:[0-9a-f]{64}", said)


def test_an_empty_log_is_whole_and_has_no_head_yet():
    assert command() == (0, "The audit log is whole: 0 rows.\nHead: none yet\n")


def test_while_the_triggers_are_there_nothing_can_be_edited(entries):
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        edit(entries[0].pk, "what", "case.identity")
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        delete(entries[0].pk)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("what", "case.other"),
        ("about", "2026-9999"),
        ("about_type", "other"),
        ("role", "Coordinator"),
        ("via", "staff"),
        ("by_id", 1),
        ("client_id", 1),
        ("outcome", "refused"),
        ("at", "2020-01-01 00:00:00+00:00"),
        ("mark", "0" * 32),
        ("signature", "0" * 64),
    ],
)
def test_an_edited_row_is_found_whatever_was_edited(entries, column, value):
    drop_triggers()
    edit(entries[3].pk, column, value)
    code, said = command()
    assert code == 1
    assert f"Row {place(entries[3])} of the audit log was edited" in said


@given(number=st.integers(0, 6), reference=st.from_regex(r"[0-9]{4}-[0-9]{5}", fullmatch=True))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_edit_of_any_row_is_found_at_that_row(entries, number, reference):
    with transaction.atomic():
        drop_triggers()
        edit(entries[number].pk, "about", reference)
        assert verify().at == number + 1
        transaction.set_rollback(True)
    assert verify().problem == ""


def test_a_deleted_row_is_found(entries):
    drop_triggers()
    delete(entries[2].pk)
    code, said = command()
    assert code == 1
    assert "Row 3 of the audit log is missing: it was deleted" in said
    assert "Sound up to: 2:" in said


def test_a_deleted_row_is_found_although_the_others_moved_up(entries):
    drop_triggers()
    delete(entries[2].pk)
    renumber(3)
    code, said = command()
    assert code == 1
    assert "Row 3 of the audit log does not fit the one before it" in said


def test_the_first_row_cannot_be_taken_away_either(entries):
    drop_triggers()
    delete(entries[0].pk)
    assert (verify().at, verify().length) == (1, 0)


def test_two_rows_that_changed_places_are_found(entries):
    drop_triggers()
    first, second = place(entries[1]), place(entries[4])
    sql(f"UPDATE {LINKS} SET position = 1000 WHERE position = %s", first)
    sql(f"UPDATE {LINKS} SET position = %s WHERE position = %s", first, second)
    sql(f"UPDATE {LINKS} SET position = %s WHERE position = 1000", second)
    assert verify().at == first
    assert "does not fit" in verify().problem


def test_a_row_that_was_put_in_is_found(entries):
    AuditEntry._base_manager.bulk_create(
        [AuditEntry(at=entries[0].at, via="system", what="case.read", mark="1" * 32, signature="1" * 64)]
    )
    found = verify()
    assert found.at == 8
    assert "was not written by this product" in found.problem


def test_a_copy_of_a_row_in_a_new_place_is_found(entries):
    copy = AuditEntry.objects.get(pk=entries[0].pk)
    link_of_copy = AuditLink.objects.get(entry=copy)
    copy.pk = None
    AuditEntry._base_manager.bulk_create([copy])
    AuditLink._base_manager.bulk_create([AuditLink(position=8, entry=copy, hash=link_of_copy.hash)])
    assert verify().at == 8


def test_a_chain_whose_end_was_cut_off_is_told_from_a_noted_head_and_only_from_it(entries):
    head = verify().head
    drop_triggers()
    for entry in entries[5:]:
        delete(entry.pk)
    assert command()[0] == 0
    code, said = command("--head", head)
    assert code == 1
    assert "the log once went on to 7" in said


def test_rows_that_were_written_over_a_cut_off_end_are_told_from_a_noted_head(entries):
    head = verify().head
    drop_triggers()
    for entry in entries[5:]:
        delete(entry.pk)
    for _ in range(4):
        record(Line("case.read"))
    code, said = command("--head", head)
    assert code == 1
    assert "Row 7 of the audit log is not the one that was noted" in said


def test_a_noted_head_is_found_again_however_much_came_after_it(entries):
    head = verify().head
    record(Line("case.read"))
    code, said = command("--head", head)
    assert code == 0
    assert "whole: 8 rows" in said


@pytest.mark.parametrize("head", ["7", "7:short", "x:" + "0" * 64, ":"])
def test_a_head_that_was_mistyped_is_refused_and_not_taken_for_tampering(head):
    with pytest.raises(CommandError, match="--head is"):
        call_command("verify_audit", "--head", head)


def test_another_key_does_not_vouch_for_what_was_written(entries, settings):
    settings.AUDIT_KEYS = ["another key"]
    assert verify().at == 1


def test_a_new_key_in_front_of_the_old_one_goes_on_with_the_same_chain(entries, settings):
    settings.AUDIT_KEYS = ["a new key", *settings.AUDIT_KEYS]
    record(Line("case.read"))
    found = verify()
    assert (found.length, found.problem) == (8, "")


def test_verifying_asks_the_database_as_often_for_many_rows_as_for_few(entries):
    counts = []
    for more in (0, 40):
        for _ in range(more):
            record(Line("case.read"))
        link()
        with CaptureQueriesContext(connection) as queries:
            assert verify().problem == ""
        counts.append(len(queries))
    assert counts[0] == counts[1]
