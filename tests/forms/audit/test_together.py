"""Many who write into the audit log at the same moment, each in a thread and a connection of their own."""

from threading import Event

import pytest
from django.db import connection, transaction

from forms.audit.lines import Line
from forms.audit.services import link, record
from forms.audit.verifying import verify
from forms.models import AuditEntry, AuditLink
from tests.workflow.test_together import together
from workflow import services

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def write(many=5):
    for _ in range(many):
        record(Line("case.read"))


def test_lines_that_are_written_at_once_stand_in_one_chain_without_a_gap():
    assert together(*([write] * 6)) == [None] * 6
    assert list(AuditLink.objects.values_list("position", flat=True)) == list(range(1, 31))
    assert verify().problem == ""
    assert AuditEntry.objects.filter(link=None).count() == 0


def test_verifying_while_others_write_raises_no_false_alarm():
    write()
    found = together(write, write, verify, verify)
    assert [each.problem for each in found[2:]] == ["", ""]


def test_linking_at_once_gives_each_line_one_place():
    with transaction.atomic():
        write()
        connection.run_on_commit = []  # a process that was stopped just here
    assert AuditLink.objects.count() == 0
    assert sum(together(link, link, link)) == 5
    assert AuditLink.objects.count() == 5


def test_a_transaction_that_is_undone_leaves_no_gap():
    write(1)
    with transaction.atomic():
        write(2)
        transaction.set_rollback(True)
    write(1)
    assert list(AuditLink.objects.values_list("position", flat=True)) == [1, 2]
    assert verify().problem == ""


@pytest.mark.skipif(connection.vendor == "sqlite", reason="on SQLite one transaction at a time has the database")
def test_nobody_waits_for_the_chain_while_another_transaction_is_open():
    wrote, may_end = Event(), Event()

    def slow():
        with transaction.atomic():
            record(Line("case.read"))
            wrote.set()
            assert may_end.wait(20)

    def quick():
        assert wrote.wait(20)
        record(Line("case.identity"))
        linked = AuditLink.objects.count()
        may_end.set()
        return linked

    assert together(slow, quick) == [None, 1]
    assert AuditLink.objects.count() == 2
    assert verify().problem == ""


def test_changes_of_different_cases_at_once_are_all_in_the_chain(case, notification, person):
    coordinator = person("Coordinator")
    together(*(lambda: services.add_note(case, coordinator, "Invented") for _ in range(4)))
    assert AuditEntry.objects.filter(what="case.noted").count() == 4
    assert verify().problem == ""
