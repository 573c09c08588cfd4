"""What is written once stays as it was written: closed for the ORM, and for the database itself."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from forms.sealing import reseal
from workflow import services
from workflow.models import Case, CaseFact, CaseView, StateChange, TimelineEntry
from workflow.models.append_only import AppendOnly

pytestmark = pytest.mark.django_db
WRITTEN_ONCE = [model for model in apps.get_models() if issubclass(model, AppendOnly)]


@pytest.fixture
def change(case):
    return case.state_changes.get()


@pytest.mark.parametrize(
    "attempt",
    [
        lambda change: change.save(),
        lambda change: change.delete(),
        lambda change: StateChange.objects.update(target="closed"),
        lambda change: StateChange.objects.filter(pk=change.pk).update(target="closed"),
        lambda change: StateChange.objects.bulk_update([change], ["target"]),
        lambda change: StateChange.objects.update_or_create(pk=change.pk, defaults={"target": "closed"}),
        lambda change: StateChange.objects.all().delete(),
        lambda change: change.case.state_changes.all().delete(),
        lambda change: change.case.delete(),
        lambda change: Case.objects.bulk_update([change.case], ["state"]),
    ],
)
def test_the_orm_refuses_to_change_or_delete(change, attempt):
    with pytest.raises(ValidationError), transaction.atomic():
        attempt(change)
    assert StateChange.objects.get().target == "notified"


def test_cases_cannot_be_deleted_by_the_queryset_either(case):
    with pytest.raises(ProtectedError):
        Case.objects.all().delete()


@pytest.mark.parametrize(
    "attempt",
    [
        lambda change: StateChange._base_manager.filter(pk=change.pk).update(target="closed"),
        lambda change: StateChange._base_manager.filter(pk=change.pk).delete(),
        lambda change: StateChange.objects.bulk_create(
            [change], update_conflicts=True, update_fields=["target"], unique_fields=["id"]
        ),
        lambda change: connection.cursor().execute("UPDATE cdop_workflow_statechange SET target = 'closed'"),
        lambda change: connection.cursor().execute("DELETE FROM cdop_workflow_statechange"),
    ],
)
def test_the_database_refuses_what_goes_round_the_orm(change, attempt):
    change.target = "closed"
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        attempt(change)
    assert StateChange.objects.get().target == "notified"


def test_every_table_that_is_written_once_is_guarded():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'cdop_%'"
            if connection.vendor == "sqlite"
            else "SELECT event_object_table FROM information_schema.triggers WHERE trigger_name = 'cdop_written_once'"
        )
        guarded = {row[0] for row in cursor.fetchall()}
    assert {model._meta.db_table for model in WRITTEN_ONCE} <= guarded
    assert {StateChange, TimelineEntry, CaseFact, CaseView} <= set(WRITTEN_ONCE)


def test_migrating_again_keeps_the_guard(change):
    call_command("migrate", verbosity=0)
    with pytest.raises(IntegrityError), transaction.atomic():
        StateChange._base_manager.update(target="closed")


def test_sealed_words_can_be_put_under_a_new_key(case, person):
    entry = services.add_note(case, person("Coordinator"), "Invented words")
    TimelineEntry._base_manager.filter(pk=entry.pk).update(sealed_words=reseal(entry.sealed_words))
    assert TimelineEntry.objects.get(pk=entry.pk).words == "Invented words"


def test_what_staff_write_is_not_kept_in_clear(case, person):
    coordinator = person("Coordinator")
    services.add_note(case, coordinator, "Spoke to Invented Parent")
    services.decide_scope(case, coordinator, in_scope=True, text="Spoke to Invented Parent")
    with connection.cursor() as cursor:
        for table in ("timelineentry", "scopedecision"):
            cursor.execute(f"SELECT * FROM cdop_workflow_{table}")
            assert "Invented Parent" not in str(cursor.fetchall())
