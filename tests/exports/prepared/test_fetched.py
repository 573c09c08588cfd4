"""A finished file is fetched once, by whoever asked for it, and is then gone; so is one that nobody fetches."""

import datetime as dt
import hashlib

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from exports.models import ExportEnd, PreparedExport
from exports.prepared import services
from exports.prepared.services import working
from exports.prepared.states import KEPT
from exports.services import ExportRefused
from forms.models import AuditEntry
from forms.uploads import vault
from tests.exports.prepared.preparing import asked, fetched, made, now, streamed
from tests.vault import in_vault

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_vault")]


def test_a_file_that_was_fetched_is_deleted_and_written_down_with_its_checksum(many, analyst, committed):
    with committed():
        prepared = made(analyst)
        data = fetched(prepared, analyst)
    prepared = now(prepared)
    assert (prepared.state, prepared.parts.count(), in_vault()) == ("taken", 0, set())
    end = prepared.log.end
    assert (end.outcome, end.rows, end.size) == ("finished", many, len(data))
    assert end.checksum == hashlib.sha256(data).hexdigest()


def test_it_is_fetched_once(many, analyst):
    prepared = made(analyst)
    fetched(prepared, analyst)
    with pytest.raises(ExportRefused, match="not there"):
        fetched(prepared, analyst)


def test_only_who_asked_can_fetch_it(many, analyst, person):
    prepared = made(analyst)
    for other in (person("Administrator"), person("Analyst", number=2)):
        with pytest.raises(PermissionDenied):
            fetched(prepared, other)
    assert now(prepared).state == "ready"


def test_who_lost_the_role_cannot_fetch_it(many, analyst):
    prepared = made(analyst)
    analyst.groups.clear()
    with pytest.raises(PermissionDenied):
        fetched(prepared, analyst)


def test_what_is_not_ready_cannot_be_fetched(many, analyst):
    with pytest.raises(ExportRefused, match="not ready"):
        fetched(asked(analyst), analyst)


def test_two_browsers_do_not_fetch_it_at_once(many, analyst):
    prepared = made(analyst)
    first = services.fetch(prepared, analyst)
    next(first)
    with pytest.raises(ExportRefused, match="at this moment"):
        services.fetch(now(prepared), analyst)
    first.close()


def test_a_download_that_broke_off_can_be_begun_again(many, analyst):
    prepared = made(analyst)
    expected = streamed(analyst)
    first = services.fetch(prepared, analyst)
    next(first), next(first)
    first.close()
    assert not ExportEnd.objects.filter(export=prepared.log).exists()
    assert fetched(prepared, analyst) == expected


def test_a_server_that_died_in_a_download_leaves_the_file_to_be_fetched_after_a_while(many, analyst):
    prepared = made(analyst)
    next(services.fetch(prepared, analyst))
    PreparedExport.objects.update(held_until=timezone.now() - dt.timedelta(seconds=1))
    assert fetched(prepared, analyst)


def test_a_file_that_is_gone_is_said_to_be(many, analyst):
    prepared = made(analyst)
    vault.remove(prepared.parts.order_by("number").first().stored_as)
    with pytest.raises(ExportRefused, match="Ask for it again"):
        fetched(prepared, analyst)
    assert now(prepared).state == "failed"


@pytest.mark.parametrize("ready", [True, False])
def test_what_nobody_fetches_in_time_is_deleted(many, analyst, committed, ready):
    with committed():
        prepared = made(analyst) if ready else asked(analyst, kind="xlsx")
    PreparedExport.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    with committed():
        assert services.expire_prepared() == 1
    assert (now(prepared).state, now(prepared).log.end.outcome, in_vault()) == ("expired", "broken_off", set())
    assert services.expire_prepared() == 0


def test_a_file_has_its_days_from_when_it_is_ready(many, analyst):
    prepared = asked(analyst)
    PreparedExport.objects.update(expires_at=timezone.now() + dt.timedelta(seconds=20))
    services.work(prepared)
    assert now(prepared).expires_at > timezone.now() + KEPT - dt.timedelta(minutes=1)


def test_what_is_being_fetched_does_not_expire_meanwhile(many, analyst):
    prepared = made(analyst)
    download = services.fetch(prepared, analyst)
    next(download)
    PreparedExport.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    assert services.expire_prepared() == 0
    b"".join(download)
    assert now(prepared).state == "taken"


def test_what_expired_cannot_be_fetched_though_nobody_deleted_it_yet(many, analyst):
    prepared = made(analyst)
    PreparedExport.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    with pytest.raises(ExportRefused):
        fetched(prepared, analyst)


@pytest.mark.parametrize("ready", [True, False])
def test_who_asked_can_give_it_up(many, analyst, committed, ready):
    with committed():
        prepared = made(analyst) if ready else asked(analyst, kind="xlsx")
    with committed():
        assert services.give_up(prepared)
    assert (now(prepared).state, in_vault()) == ("given_up", set())
    assert not services.give_up(prepared)


def test_a_process_at_work_on_what_was_given_up_stops(many, analyst):
    prepared = asked(analyst)
    held = working._take(prepared)
    services.give_up(prepared)
    with pytest.raises(working.Lost):
        working._make(held, until=float("inf"))
    assert (now(prepared).state, prepared.parts.count()) == ("given_up", 0)


def test_asking_fetching_and_giving_up_are_lines_of_the_audit_log(many, analyst):
    fetched(made(analyst), analyst)
    services.give_up(asked(analyst))
    lines = AuditEntry.objects.filter(what__startswith="export.").order_by("pk").values_list("what", "about", "by")
    expected = ["export.begun", "export.finished", "export.begun", "export.broken_off"]
    assert list(lines) == [(what, "notifications", analyst.pk) for what in expected]


def test_what_was_made_so_far_and_is_gone_ends_it_with_a_sentence(many, analyst):
    prepared = asked(analyst)
    vault.remove(now(prepared).stored_keys_as)
    services.work(prepared)
    assert (now(prepared).state, now(prepared).problem) == ("failed", working.GONE)
