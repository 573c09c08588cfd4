"""A return on its way over the interface: nothing is lost, nothing goes twice, and nothing here waits for it."""

import datetime as dt
from itertools import pairwise

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.utils import timezone

from exports.models import ExportLog, NcmdReturnChange, NcmdSending
from exports.ncmd import services
from exports.ncmd.dictionary import ncmd
from exports.ncmd.services.carrying import FIRST_WAIT, MOST_ATTEMPTS
from forms.services import receive
from tests.exports.ncmd.returning import fresh, go, later, of, on_its_way
from tests.notifying import invented_answers
from workflow import services as workflow
from workflow.models import Case
from workflow.services import MoveRefused

pytestmark = pytest.mark.django_db
NOTIFICATION = "notification"


def carried(sending):
    """The worker comes by, and it is time for this sending."""
    later(sending)
    services.deliver_waiting()
    return fresh(sending)


def test_handing_over_waits_for_no_network(due, database):
    sending = on_its_way(due)
    assert (sending.state, sending.revision, sending.key) == ("waiting", 1, f"{due.reference}-notification-1")
    assert of(due, NOTIFICATION).state == "queued"
    assert database.heard == []


def test_the_worker_sends_what_waits_and_the_return_is_sent(due, database, person):
    sending = on_its_way(due, by=person("Coordinator"))
    assert services.deliver_waiting() == {"sent": 1, "waiting": 0, "answers": 0}
    assert database.kept[sending.key]["words"]["child_family_name"] == "Invented"
    assert database.kept[sending.key]["values"]["date_of_death"] == sending.parcel.values["date_of_death"]
    change = of(due, NOTIFICATION).changes.last()
    assert (change.target, change.by, change.sent["version"]) == ("sent", sending.by, ncmd().version)
    assert fresh(sending).state == "sent"
    assert ExportLog.objects.get(dataset="ncmd").format == "interface"


def test_the_scheduled_command_does_it(due, database, capsys):
    on_its_way(due)
    call_command("run_due")
    assert "returns over NCMD’s interface: {'sent': 1" in capsys.readouterr().out


def test_what_is_kept_before_it_is_sent_is_sealed(due, database):
    sending = on_its_way(due)
    assert "Invented" not in sending.sealed
    assert sending.parcel.words["child_family_name"] == "Invented"


def test_it_is_accepted_at_once_where_ncmd_says_so(due, database):
    database.says(201, status="accepted", reference="INVENTED-8")
    on_its_way(due)
    services.deliver_waiting()
    one = of(due, NOTIFICATION)
    assert (one.state, one.reference) == ("accepted", "INVENTED-8")
    assert one.changes.last().by is None


def test_what_ncmd_does_not_take_comes_back_with_its_reasons_and_is_sent_again_once_mended(due, database):
    database.says(422, reasons=["The postcode is invented."])
    first = on_its_way(due)
    services.deliver_waiting()
    rejected = of(due, NOTIFICATION)
    assert (rejected.state, rejected.changes.last().words) == ("rejected", "The postcode is invented.")
    database.says(201, status="accepted", reference="INVENTED-9")
    second = on_its_way(due)
    services.deliver_waiting()
    assert of(due, NOTIFICATION).state == "accepted"
    assert (fresh(first).outcome, fresh(second).outcome, second.revision) == ("rejected", "accepted", 2)


@pytest.mark.parametrize("status", [401, 429, 500, 503])
def test_a_server_that_refuses_is_tried_again_later_with_the_same_key(due, database, status):
    sending = on_its_way(due)
    database.says(status)
    services.deliver_waiting()
    waiting = fresh(sending)
    assert (waiting.state, waiting.attempts, waiting.problem) == ("waiting", 1, f"HTTP {status}")
    assert waiting.next_try_at > timezone.now()
    assert services.deliver_waiting()["sent"] == 0
    assert len(database.heard) == 1
    database.says(202)
    assert carried(sending).state == "sent"
    assert list(database.kept) == [sending.key]


def test_it_waits_longer_after_each_try(due, database):
    sending = on_its_way(due)
    database.says(503)
    waits = []
    for _ in range(4):
        before = timezone.now()
        waits.append(carried(sending).next_try_at - before)
    assert all(later > 1.9 * sooner for sooner, later in pairwise(waits))
    assert FIRST_WAIT <= waits[0] < FIRST_WAIT * 2


def test_it_fails_for_all_to_see_after_many_tries_and_a_person_lets_it_be_tried_anew(due, database, person):
    sending = on_its_way(due)
    database.says(500)
    for _ in range(MOST_ATTEMPTS):
        carried(sending)
    assert fresh(sending).state == "failed"
    assert of(due, NOTIFICATION).state == "queued"
    carried(sending)
    assert len(database.heard) == MOST_ATTEMPTS
    database.says(202)
    assert services.try_again(sending, person("Coordinator"))
    assert carried(sending).state == "sent"
    assert not services.try_again(sending, person("Coordinator"))


def test_an_answer_that_got_lost_is_asked_for_again_and_the_return_is_there_once(due, database):
    """The server took it and hung up: the second try bears the same key, and is told that it is there already."""
    sending = on_its_way(due)
    database.hangs_up = True
    services.deliver_waiting()
    assert fresh(sending).state == "waiting"
    assert list(database.kept) == [sending.key]
    database.hangs_up = False
    database.says(409, status="accepted", reference="INVENTED-1")
    carried(sending)
    assert list(database.kept) == [sending.key]
    assert NcmdReturnChange.objects.filter(transition="send").count() == 1
    assert of(due, NOTIFICATION).state == "accepted"


def test_a_server_that_takes_too_long_is_tried_again(due, database):
    sending = on_its_way(due)
    database.dawdles.clear()
    services.deliver_waiting()
    assert fresh(sending).problem == "TimeoutError"
    database.dawdles.set()
    assert carried(sending).state == "sent"


def test_the_answer_is_asked_for_until_it_comes(due, database):
    sending = on_its_way(due)
    services.deliver_waiting()
    assert carried(sending).outcome == "received"
    database.says(200, status="accepted", reference="INVENTED-2")
    carried(sending)
    assert of(due, NOTIFICATION).state == "accepted"


def test_an_answer_given_twice_is_heard_once(due, database):
    sending = on_its_way(due)
    database.says(201, status="accepted", reference="INVENTED-2")
    services.deliver_waiting()
    before = NcmdReturnChange.objects.count()
    carried(sending)
    carried(sending)
    assert NcmdReturnChange.objects.count() == before


def test_ncmd_may_change_its_mind_both_ways(due, database):
    sending = on_its_way(due)
    database.says(201, status="accepted", reference="INVENTED-2")
    services.deliver_waiting()
    database.says(200, status="rejected", reasons=["Another look."])
    carried(sending)
    one = of(due, NOTIFICATION)
    assert (one.state, one.changes.last().words) == ("rejected", "Another look.")
    database.says(200, status="accepted", reference="INVENTED-3")
    carried(sending)
    one = of(due, NOTIFICATION)
    assert (one.state, one.reference) == ("accepted", "INVENTED-3")


def test_an_answer_about_an_earlier_revision_comes_too_late(due, database):
    first = on_its_way(due)
    database.says(422, reasons=["No."])
    services.deliver_waiting()
    on_its_way(due)
    database.says(200, status="accepted")
    services.ask(later(first))
    assert of(due, NOTIFICATION).state == "rejected"


def test_it_is_not_asked_for_ever_about_what_it_has_answered(due, database):
    sending = on_its_way(due)
    database.says(201, status="accepted")
    services.deliver_waiting()
    NcmdSending.objects.update(sent_at=timezone.now() - dt.timedelta(days=31))
    heard = len(database.heard)
    carried(sending)
    assert len(database.heard) == heard


def test_a_problem_with_asking_loses_nothing(due, database):
    sending = on_its_way(due)
    services.deliver_waiting()
    database.says(500)
    carried(sending)
    assert of(due, NOTIFICATION).state == "sent"
    assert fresh(sending).next_try_at > timezone.now()


def test_two_who_take_the_same_sending_do_not_both_get_it(due, database):
    sending = on_its_way(due)
    one, other = fresh(sending), fresh(sending)
    assert services.deliver(one)
    assert not services.deliver(other)
    assert len(database.heard) == 1


def test_a_sending_whose_worker_died_is_taken_up_by_another(due, database):
    sending = on_its_way(due)
    NcmdSending.objects.update(held_until=timezone.now() + dt.timedelta(minutes=5))
    assert services.deliver_waiting()["sent"] == 0
    NcmdSending.objects.update(held_until=timezone.now() - dt.timedelta(seconds=1))
    assert services.deliver_waiting()["sent"] == 1
    assert fresh(sending).held_until is None


def test_nothing_goes_while_the_interface_is_not_set_up(due, database, settings):
    sending = on_its_way(due)
    settings.NCMD_API_TOKEN = ""
    assert services.deliver_waiting() == {"sent": 0, "waiting": 0, "answers": 0}
    assert (fresh(sending).state, fresh(sending).attempts) == ("waiting", 0)
    services.withdraw(sending, sending.by)
    with pytest.raises(MoveRefused, match="not set up"):
        on_its_way(due)


def test_what_is_on_its_way_is_sent_no_other_way(due, database):
    on_its_way(due)
    for send in (
        lambda: on_its_way(due),
        lambda: on_its_way(due, gateway="file"),
        lambda: go(due, NOTIFICATION, "send"),
    ):
        with pytest.raises(MoveRefused, match="on its way already"):
            send()
    assert NcmdSending.objects.count() == 1


def test_what_was_taken_back_does_not_go_and_can_be_sent_another_way(due, database, person):
    sending = on_its_way(due)
    services.withdraw(sending, person("Coordinator"))
    carried(sending)
    assert database.heard == []
    assert go(due, NOTIFICATION, "send").state == "sent"
    assert [each.revision for each in of(due, NOTIFICATION).sendings.all()] == [1, 2]


def test_what_is_being_sent_is_not_taken_back_in_between(due, database, person):
    sending = on_its_way(due)
    NcmdSending.objects.update(held_until=timezone.now() + dt.timedelta(minutes=5))
    with pytest.raises(MoveRefused, match="at this moment"):
        services.withdraw(sending, person("Coordinator"))
    NcmdSending.objects.update(held_until=None)
    services.deliver_waiting()
    with pytest.raises(MoveRefused, match="It is now “Sent”"):
        services.withdraw(sending, person("Coordinator"))


def test_a_case_that_is_not_reviewed_here_after_all_is_not_sent(due, database, person):
    sending = on_its_way(due)
    workflow.decide_scope(due, person("Coordinator"), in_scope=False, reason_code="not_resident")
    workflow.confirm_scope(due, person("Designated doctor"))
    workflow.move(due, "rule_out", person("Coordinator"), reason="Invented.")
    services.deliver_waiting()
    assert fresh(sending).state == "withdrawn"
    assert database.heard == []


def test_work_on_the_case_goes_on_and_what_goes_is_what_was_handed_over(due, database, person, notification):
    sending = on_its_way(due)
    receive(notification, invented_answers(sex="male"))
    case = Case.objects.get(pk=due.pk)
    gone_on = workflow.move(case, "information_complete", person("Coordinator"), details={"returns": "returned"})
    assert gone_on.state != due.state
    services.deliver_waiting()
    assert database.kept[sending.key]["words"] == sending.parcel.words


@pytest.mark.parametrize("role", ["Analyst", "Panel chair", "Designated doctor"])
def test_others_hand_nothing_over(due, database, person, role):
    sending = on_its_way(due)
    for act in (lambda: services.withdraw(sending, person(role)), lambda: services.try_again(sending, person(role))):
        with pytest.raises(PermissionDenied):
            act()
    with pytest.raises(PermissionDenied):
        on_its_way(due, by=person(role))


def test_it_is_not_asked_in_the_same_breath_and_not_about_what_was_sent_anew(due, database):
    first = on_its_way(due)
    services.deliver_waiting()
    services.deliver_waiting()
    assert [method for method, _, _ in database.heard] == ["POST"]
    database.says(200, status="rejected", reasons=["No."])
    carried(first)
    on_its_way(due)
    services.deliver_waiting()
    database.heard.clear()
    carried(first)
    assert database.heard == []
