"""The screens on which many returns are sent at once, and NCMD's answers read in."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from exports.models import ExportLog, NcmdBatch, NcmdSending
from exports.ncmd import services
from forms.services import receive
from tests.exports.ncmd.returning import accepted_case, fresh, of, on_its_way
from tests.notifying import invented_answers
from workflow.models import Case

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
LIST = "/admin/exports/ncmd/"
SENDING = f"{LIST}sending/"
NAMES = ("Invented Registrar", "999 000 0018", "9990000018", "1 Made Up Street")


@pytest.fixture
def coordinator(client, person):
    user = person("Coordinator")
    client.force_login(user)
    return user


@pytest.fixture
def more(notification, due):
    def make(number):
        for _ in range(number):
            received = receive(notification, invented_answers(child_family_name="Madeup"))
            accepted_case(Case.objects.get(submissions__submission=received))

    return make


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def press(client, address, **data):
    response = client.post(address, data, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def make_file(client):
    press(client, SENDING, gateway="file", stages=["notification"])
    return NcmdBatch.objects.get()


def answers(*lines):
    return SimpleUploadedFile("answers.csv", "\n".join(["key,outcome,reference,reasons", *lines]).encode())


def test_what_is_ready_is_counted_by_stage_and_put_into_a_file(client, coordinator, due):
    assert "Make a file of them" in page(client, SENDING)
    text = press(client, SENDING, gateway="file", stages=["notification"])
    batch = NcmdBatch.objects.get()
    assert f"File {batch}" in text
    assert batch.checksum in text
    assert "notification.jsonl" in text
    assert "Nothing is ready." in page(client, SENDING)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"gateway": "file"}, "Choose at least one stage."),
        ({"gateway": "file", "stages": ["nonsense"]}, "not one of the available choices"),
        ({"gateway": "file", "stages": ["finalise"]}, "Nothing of this is ready to be sent."),
        ({"gateway": "api", "stages": ["finalise"]}, "Nothing of this is ready to be sent."),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_made(client, coordinator, due, data, sentence):
    assert sentence in press(client, SENDING, **data)
    assert not NcmdSending.objects.exists()


def test_a_file_is_taken_and_that_is_in_the_export_log(client, coordinator, due):
    batch = make_file(client)
    response = client.post(f"{LIST}files/{batch.pk}/take/")
    assert response["Content-Type"] == "application/zip"
    assert response["Content-Disposition"] == f'attachment; filename="{batch}.zip"'
    assert "no-store" in response["Cache-Control"]
    assert response.content == batch.content
    assert ExportLog.objects.get(dataset="ncmd").by == coordinator


def test_a_file_is_recorded_as_sent_answered_mended_and_sent_again(client, coordinator, due):
    batch = make_file(client)
    assert "Read in NCMD’s answers" not in page(client, f"{LIST}files/{batch.pk}/")
    assert "Read in NCMD’s answers" in press(client, f"{LIST}files/{batch.pk}/sent/")
    no = answers(f"{due.reference}-notification-1,rejected,,The ward is missing.")
    text = press(client, f"{LIST}files/{batch.pk}/", file=no)
    assert "Answers read: 1, of which 1 said something new." in text
    assert of(due, "notification").state == "rejected"
    assert "The ward is missing." in text
    press(client, SENDING, gateway="file", stages=["notification"])
    second = NcmdBatch.objects.first()
    press(client, f"{LIST}files/{second.pk}/sent/")
    press(client, f"{LIST}files/{second.pk}/", file=answers(f"{due.reference}-notification-2,accepted,INVENTED-1,"))
    assert of(due, "notification").state == "accepted"


def test_answers_that_are_not_right_are_refused_on_the_screen(client, coordinator, due):
    batch = make_file(client)
    press(client, f"{LIST}files/{batch.pk}/sent/")
    text = press(client, f"{LIST}files/{batch.pk}/", file=answers("K-9,maybe,,"))
    assert "Line 2: no return of this file has that key." in text
    assert "This field is required." in press(client, f"{LIST}files/{batch.pk}/")
    big = SimpleUploadedFile("answers.csv", b" " * 5_000_001)
    assert "larger than 5 MB" in press(client, f"{LIST}files/{batch.pk}/", file=big)


def test_a_file_that_was_taken_back_says_so_and_cannot_be_sent(client, coordinator, due):
    batch = make_file(client)
    assert "Taken back" in press(client, f"{LIST}files/{batch.pk}/take-back/")
    assert "It is now “Taken back”" in press(client, f"{LIST}files/{batch.pk}/sent/")
    assert of(due, "notification").state == "queued"


def test_a_return_in_a_file_says_so_and_offers_no_other_sending(client, coordinator, due):
    batch = make_file(client)
    text = page(client, f"{LIST}{due.reference}/")
    assert f'It is in the file <a href="{LIST}files/{batch.pk}/">{batch}</a>' in text
    assert "Record that it was sent" not in text
    assert "On its way" in page(client, LIST)


def test_the_interface_is_offered_only_where_it_is_set_up(client, coordinator, due):
    for address in (SENDING, f"{LIST}{due.reference}/"):
        assert "interface</button>" not in page(client, address)
    assert "not set up" in press(client, f"{LIST}{due.reference}/notification/hand-over/")


def test_a_return_is_handed_to_the_interface_and_goes(client, coordinator, due, database):
    assert "Hand to NCMD’s interface" in page(client, f"{LIST}{due.reference}/")
    assert "It is on its way" in press(client, f"{LIST}{due.reference}/notification/hand-over/")
    assert due.reference in page(client, SENDING)
    services.deliver_waiting()
    assert "Sent, not confirmed" in page(client, f"{LIST}{due.reference}/")


def test_all_that_is_ready_is_handed_over_at_once(client, coordinator, due, more, database):
    more(2)
    assert "Handed to NCMD’s interface: 3." in press(client, SENDING, gateway="api", stages=["notification"])


def test_a_failure_is_seen_and_tried_again_or_taken_back(client, coordinator, due, database):
    sending = on_its_way(due, by=coordinator)
    NcmdSending.objects.update(state="failed", attempts=8, problem="HTTP 503")
    assert "One return could not be sent over NCMD’s interface." in page(client, LIST)
    assert "It could not be sent over NCMD’s interface: HTTP 503." in page(client, f"{LIST}{due.reference}/")
    assert "HTTP 503" in page(client, SENDING)
    assert "tried again within minutes" in press(client, f"{SENDING}{sending.pk}/again/")
    assert (fresh(sending).state, fresh(sending).attempts) == ("waiting", 0)
    assert "Taken back." in press(client, f"{SENDING}{sending.pk}/take-back/")
    assert client.post(f"{SENDING}{sending.pk}/take-back/").status_code == 404


def test_what_is_being_sent_is_not_taken_back(client, coordinator, due, database):
    sending = on_its_way(due, by=coordinator)
    NcmdSending.objects.update(held_until=timezone.now() + dt.timedelta(minutes=5))
    assert "It is being sent at this moment." in press(client, f"{SENDING}{sending.pk}/take-back/")


def test_what_waits_for_an_interface_that_was_switched_off_says_so(client, coordinator, due, database, settings):
    on_its_way(due, by=coordinator)
    settings.NCMD_API_URL = ""
    assert "The interface is not set up any more" in page(client, SENDING)


def test_the_screens_take_as_many_queries_for_many_returns_as_for_one(client, coordinator, due, more, database):
    press(client, SENDING, gateway="file", stages=["notification"])
    batch = NcmdBatch.objects.get()
    addresses = (SENDING, f"{LIST}files/{batch.pk}/")

    def queries(address):
        page(client, address)
        with CaptureQueriesContext(connection) as captured:
            page(client, address)
        return len(captured)

    more(1)
    press(client, SENDING, gateway="api", stages=["notification"])
    before = [queries(address) for address in addresses]
    more(3)
    press(client, SENDING, gateway="api", stages=["notification"])
    more(2)
    NcmdSending.objects.filter(batch=None).order_by("pk").first().delete()
    press(client, SENDING, gateway="file", stages=["notification"])
    after = [queries(address) for address in (SENDING, f"{LIST}files/{NcmdBatch.objects.first().pk}/")]
    assert after == before


@pytest.mark.parametrize("role", ["Analyst", "Panel chair", "Panel member", "Information governance"])
def test_others_open_and_press_none_of_it(client, person, due, role, database):
    sending = on_its_way(due)
    batch = NcmdBatch.objects.create(by=sending.by)
    client.force_login(person(role))
    for address in (SENDING, f"{LIST}files/{batch.pk}/"):
        assert client.get(address).status_code == 302
    presses = (
        f"{LIST}files/{batch.pk}/take/",
        f"{SENDING}{sending.pk}/take-back/",
        f"{SENDING}",
        f"{LIST}files/{batch.pk}/sent/",
    )
    for address in (*presses, f"{LIST}{due.reference}/notification/hand-over/"):
        assert client.post(address).status_code == 302
    assert fresh(sending).state == "waiting"


def test_no_screen_of_sending_names_a_child(client, coordinator, due):
    batch = make_file(client)
    for address in (SENDING, f"{LIST}files/{batch.pk}/"):
        assert not any(name in page(client, address) for name in NAMES)


@pytest.mark.parametrize("address", ["files/999/", "files/999/take/", "sending/999/again/"])
def test_what_does_not_exist_is_not_found(client, coordinator, due, address):
    method = client.get if address.endswith("999/") else client.post
    assert method(f"{LIST}{address}").status_code == 404


def test_nothing_else_can_be_done_with_a_file_or_a_sending(client, coordinator, due, database):
    batch = make_file(client)
    assert client.post(f"{LIST}files/{batch.pk}/burn/").status_code == 404
    assert client.get(f"{LIST}files/{batch.pk}/take/").status_code == 405
