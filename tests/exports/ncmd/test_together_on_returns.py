"""Two workers, or two people, with the same return at the same moment: in threads and connections of their own."""

import pytest

from exports.models import NcmdReturnChange, NcmdSending
from exports.ncmd import services
from forms.services import receive
from tests.exports.ncmd.returning import accepted_case, fresh, go, of, on_its_way
from tests.notifying import invented_answers
from tests.workflow.test_together import together
from workflow.models import Case
from workflow.services import MoveRefused

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
AGAIN = range(3)  # Which of the two is first is left to chance.


def posted(database):
    return [path for method, path, _ in database.heard if method == "POST"]


@pytest.mark.parametrize("_again", AGAIN)
def test_two_workers_at_once_send_each_return_once(notification, roles, database, _again):
    for number in range(3):
        received = receive(notification, invented_answers(child_family_name=f"Madeup{number}"))
        on_its_way(accepted_case(Case.objects.get(submissions__submission=received)))
    database.says(201, status="accepted", reference="INVENTED-4")
    one, other = together(services.deliver_waiting, services.deliver_waiting)
    assert one["sent"] + other["sent"] == 3
    assert len(posted(database)) == len(database.kept) == 3
    assert NcmdReturnChange.objects.filter(transition="send").count() == 3
    assert not NcmdSending.objects.exclude(state="sent").exists()


@pytest.mark.parametrize("_again", AGAIN)
def test_of_two_who_hand_over_the_same_return_one_is_told(due, database, _again):
    results = together(lambda: on_its_way(due), lambda: on_its_way(due, gateway="file"))
    assert sorted(isinstance(result, MoveRefused) for result in results) == [False, True]
    assert of(due, "notification").sendings.count() == 1


@pytest.mark.parametrize("_again", AGAIN)
def test_a_return_is_typed_or_sent_but_not_both(due, database, _again):
    together(lambda: on_its_way(due), lambda: go(due, "notification", "send"))
    services.deliver_waiting()
    assert NcmdReturnChange.objects.filter(transition="send").count() == 1
    assert of(due, "notification").state == "sent"


@pytest.mark.parametrize("_again", AGAIN)
def test_what_is_taken_back_while_a_worker_comes_either_went_or_did_not(due, database, _again):
    sending = on_its_way(due)
    together(services.deliver_waiting, lambda: services.withdraw(sending, sending.by))
    went = fresh(sending).state == "sent"
    assert went == (of(due, "notification").state == "sent") == bool(posted(database))


def test_local_work_goes_on_while_ncmd_dawdles(due, database, settings):
    settings.NCMD_API_TIMEOUT = 15
    sending = on_its_way(due)
    database.dawdles.clear()

    def work():
        while not database.heard:
            pass
        going = of(due, "notification")
        Case.objects.filter(pk=due.pk).update(urgent=True)
        database.dawdles.set()
        return going.state

    sent, before = together(services.deliver_waiting, work)
    assert (sent["sent"], before) == (1, "queued")
    assert fresh(sending).state == "sent"
