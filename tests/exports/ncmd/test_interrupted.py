"""A worker that dies, a wait that has its bounds, an answer that no database can keep: nothing is lost or doubled."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from exports.models import NcmdReturnChange, NcmdSending
from exports.ncmd import services
from exports.ncmd.gateways import GATEWAYS, Answer, Outcome
from exports.ncmd.services.carrying import FIRST_WAIT, HELD, LONGEST_WAIT, MOST_ATTEMPTS, _take, _wait
from exports.ncmd.services.hearing import hear
from tests.exports.ncmd.returning import fresh, later, of, on_its_way

pytestmark = pytest.mark.django_db
NOTIFICATION = "notification"


def times_sent(case):
    return NcmdReturnChange.objects.filter(ncmd_return__case=case, transition="send").count()


def test_a_worker_that_died_before_it_sent_leaves_it_to_the_next_after_a_while(due, database):
    sending = on_its_way(due)
    assert _take(sending)
    services.deliver_waiting()
    assert database.heard == []
    NcmdSending.objects.update(held_until=timezone.now() - dt.timedelta(seconds=1))
    services.deliver_waiting()
    assert (fresh(sending).state, times_sent(due)) == ("sent", 1)


def test_a_worker_that_died_after_it_sent_leaves_one_return_at_ncmd_and_one_sending_here(due, database):
    """NCMD has it; nothing here says so. The next worker bears the same key, and is told that it is there."""
    sending = on_its_way(due)
    assert _take(sending)
    GATEWAYS["api"].hand_in(sending.parcel)
    database.says(409, status="accepted", reference="INVENTED-6")
    later(sending)
    services.deliver_waiting()
    assert list(database.kept) == [sending.key]
    assert (of(due, NOTIFICATION).state, times_sent(due)) == ("accepted", 1)


def test_a_worker_comes_back_too_late_to_overrule_the_one_that_followed(due, database):
    slow = on_its_way(due)
    assert _take(slow)
    NcmdSending.objects.update(held_until=timezone.now() - dt.timedelta(seconds=1))
    database.says(201, status="accepted", reference="INVENTED-6")
    services.deliver_waiting()
    assert not hear(slow, Answer(Outcome.RECEIVED))
    assert (of(due, NOTIFICATION).state, times_sent(due)) == ("accepted", 1)


def test_a_dead_worker_counts_as_a_try_so_that_what_kills_workers_ends(due, database):
    sending = on_its_way(due)
    for _ in range(MOST_ATTEMPTS):
        sending = later(sending)
        assert _take(sending)
    database.says(503)
    later(sending)
    services.deliver_waiting()
    assert fresh(sending).state == "failed"


def test_it_is_held_for_longer_than_the_gateway_may_take(settings):
    assert dt.timedelta(seconds=settings.NCMD_API_TIMEOUT * 3) < HELD


@given(st.integers(1, 10_000))
def test_each_wait_is_within_its_bounds_and_never_shorter_than_the_one_before(attempts):
    assert FIRST_WAIT <= _wait(attempts) <= _wait(attempts + 1) <= LONGEST_WAIT


def test_before_it_fails_it_has_been_tried_for_hours():
    assert sum((_wait(each) for each in range(1, MOST_ATTEMPTS)), dt.timedelta()) > dt.timedelta(hours=4)


def test_one_that_is_refused_does_not_hold_up_the_others(due, database, notification):
    from forms.services import receive
    from tests.exports.ncmd.returning import accepted_case
    from tests.notifying import invented_answers
    from workflow.models import Case

    first = on_its_way(due)
    NcmdSending.objects.update(held_until=timezone.now() + HELD)
    other = accepted_case(Case.objects.get(submissions__submission=receive(notification, invented_answers())))
    second = on_its_way(other)
    services.deliver_waiting()
    assert (fresh(first).state, fresh(second).state) == ("waiting", "sent")


@pytest.mark.parametrize("odd", ["IN\x00VENTED", "IN\ud800VENTED", "IN\x07VENTED", "IN\nVENTED\x00"])
def test_an_answer_with_what_no_database_keeps_is_kept_without_it(due, database, odd):
    sending = on_its_way(due)
    database.says(201, status="accepted", reference=odd)
    services.deliver_waiting()
    assert of(due, NOTIFICATION).state == "accepted"
    assert of(due, NOTIFICATION).reference.replace("\n", " ").split() in (["IN", "VENTED"], ["INVENTED"])
    assert fresh(sending).held_until is None or fresh(sending).state == "sent"


def test_reasons_with_what_no_database_keeps_are_read_on_their_lines(due, database):
    database.says(422, reasons=["No \x00 sex.", "No \udfff postcode."])
    on_its_way(due)
    services.deliver_waiting()
    change = of(due, NOTIFICATION).changes.last()
    assert [line.split() for line in change.words.splitlines()] == [["No", "sex."], ["No", "postcode."]]


@pytest.mark.parametrize(("reference", "kept"), [("R" * 500, "R" * 120), ("  ", "key"), ("\x00", "key")])
def test_a_reference_is_cut_and_where_there_is_none_the_key_stands_for_it(due, database, reference, kept):
    sending = on_its_way(due)
    database.says(201, status="accepted", reference=reference)
    services.deliver_waiting()
    assert of(due, NOTIFICATION).reference == (sending.key if kept == "key" else kept)


def test_a_second_run_at_once_finds_nothing_to_do(due, database, capsys):
    on_its_way(due)
    call_command("run_due")
    call_command("run_due")
    assert [method for method, _, _ in database.heard] == ["POST"]
