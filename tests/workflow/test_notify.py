"""GOV.UK Notify sends messages: proved against a server of our own that answers as it does."""

import datetime as dt
import json
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from notifications_python_client.errors import HTTPError

from forms.sealing import seal
from tests.workflow.asking import ask, link_of, publish_forms
from tests.workflow.reviewing import review
from workflow.models import InformationRequest, OutboxMessage
from workflow.outbox.returning import came_back, read_back
from workflow.outbox.services import deliver, write
from workflow.outbox.shipped import load_messages
from workflow.requests.access import mobile_of
from workflow.requests.services import tell
from workflow.worklist.services import assign

pytestmark = pytest.mark.django_db

KEY = "invented-26785a09-ab16-4eb0-8407-a37497a57506-3d844edf-8d35-48ac-975b-e847b4f122b0"
REFUSED = {"status_code": 400, "errors": [{"error": "BadRequest", "message": "no"}]}


class Gateway(ThreadingHTTPServer):
    """Keeps what it was sent under ids of its own, answers with `status`, and tells of each how it `ends`.

    An end that is a number is the status of an answer without one.
    """

    status = 201

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.sent: list[tuple[str, dict[str, object], str]] = []
        self.asked_about: list[str] = []
        self.ends: dict[str, str | int] = {}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Answering(BaseHTTPRequestHandler):
    server: Gateway

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.sent.append((self.path, body, self.headers["Authorization"]))
        taken = {"id": f"00000000-0000-4000-8000-{len(self.server.sent):012}", "reference": None, "content": body}
        self.reply(self.server.status, taken if self.server.status == 201 else REFUSED)

    def do_GET(self) -> None:
        number = self.path.removeprefix("/v2/notifications/")
        self.server.asked_about.append(number)
        end = self.server.ends.get(number, "sending")
        told = {"id": number, "type": "email", "email_address": "gp@invented.example", "status": end, "body": "Words"}
        self.reply(end if isinstance(end, int) else 200, REFUSED if isinstance(end, int) else told)

    def reply(self, status: int, body: dict[str, object]) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def gateway(settings) -> Iterator[Gateway]:
    server = Gateway()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    settings.NOTIFY_API_KEY, settings.NOTIFY_URL = KEY, server.url
    settings.NOTIFY_EMAIL_TEMPLATE, settings.NOTIFY_SMS_TEMPLATE = "email-template", "sms-template"
    settings.MESSAGE_END = "workflow.outbox.notify.end_of"
    settings.MESSAGE_CHANNELS = {
        "email": "workflow.outbox.notify.email",
        "sms": "workflow.outbox.notify.text_message",
    }
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def run(django_capture_on_commit_callbacks):
    return django_capture_on_commit_callbacks


@pytest.fixture
def asked(case, coordinator, chair) -> InformationRequest:
    publish_forms()
    review(case, coordinator, chair, until="accept")
    return ask(case, coordinator)


def with_phone(request: InformationRequest, phone: str) -> InformationRequest:
    request = InformationRequest.objects.get(pk=request.pk)
    request.sealed = seal(request.recipient | {"phone": phone})
    request.save(update_fields=["sealed"])
    return request


def test_a_message_goes_to_notify_with_its_words(gateway, run):
    load_messages()
    with run(execute=True):
        write("request_code", "gp@invented.example", {"code": "123456", "minutes": "15"})
    [(path, body, token)] = gateway.sent
    assert path == "/v2/notifications/email"
    assert (body["email_address"], body["template_id"]) == ("gp@invented.example", "email-template")
    assert "123456" in body["personalisation"]["body"]
    assert body["personalisation"]["subject"] == "Your code for the child death review website"
    assert token.startswith("Bearer ")
    assert KEY[-36:] not in token


@pytest.mark.parametrize("status", [400, 403, 429, 500])
def test_what_notify_refuses_waits_in_the_outbox_without_the_address_in_its_problem(gateway, run, status):
    load_messages()
    gateway.status = status
    with run(execute=True):
        message = write("request_code", "gp@invented.example", {"code": "123456", "minutes": "15"})
    message.refresh_from_db()
    assert (message.state, message.problem) == ("queued", "HTTPError")
    gateway.status = 201
    assert deliver(message)


def test_when_notify_cannot_be_reached_the_message_waits(gateway, settings, run):
    load_messages()
    settings.NOTIFY_URL = "http://127.0.0.1:9"
    with run(execute=True):
        message = write("request_code", "gp@invented.example", {"code": "123456", "minutes": "15"})
    message.refresh_from_db()
    assert message.state == "queued"
    assert message.problem


@pytest.mark.parametrize(
    ("phone", "mobile"),
    [
        ("07700 900123", "07700900123"),
        ("+44 7700 900 123", "+447700900123"),
        ("01223 000000", ""),
        ("", ""),
        ("07700 900", ""),
        ("077009001234567", ""),
        ("ask at the desk", ""),
    ],
)
def test_only_a_mobile_number_gets_text_messages(gateway, asked, phone, mobile):
    assert mobile_of(with_phone(asked, phone)) == mobile


def test_where_no_text_messages_are_sent_no_mobile_is_offered(asked):
    request = with_phone(asked, "07700 900123")
    assert mobile_of(request) == ""
    assert "text message" not in Client().get(f"{link_of(request)}code/").content.decode()


def test_the_code_by_text_message_opens_the_request(gateway, asked, run):
    request = with_phone(asked, "07700 900123")
    client, link = Client(), link_of(request)
    page = client.get(f"{link}code/").content.decode()
    assert "Send it as a text message to …123" in page
    assert "07700" not in page
    with run(execute=True):
        page = client.post(f"{link}code/", {"text": "yes"}).content.decode()
    assert "We have sent a code to <strong>…123</strong>" in page
    path, body, _ = gateway.sent[-1]
    assert (path, body["phone_number"], body["template_id"]) == (
        "/v2/notifications/sms",
        "07700900123",
        "sms-template",
    )
    assert body["personalisation"].keys() == {"body"}
    code = re.search(r"code is (\d{6})", body["personalisation"]["body"])[1]
    assert client.post(f"{link}code/", {"code": code}).headers["Location"] == link


def test_who_asks_for_a_text_without_a_mobile_gets_an_email(gateway, asked, run):
    with run(execute=True):
        Client().post(f"{link_of(asked)}code/", {"text": "yes"})
    assert gateway.sent[-1][0] == "/v2/notifications/email"


def test_the_outbox_shows_how_a_message_went_out(gateway, asked, client, coordinator, run):
    request = with_phone(asked, "07700 900123")
    with run(execute=True):
        Client().post(f"{link_of(request)}code/", {"text": "yes"})
    assert OutboxMessage.objects.order_by("-pk").first().channel == "sms"
    client.force_login(coordinator)
    assert client.get(reverse("cases:outbox")).status_code == 200


@pytest.fixture
def sent(gateway, asked, run) -> OutboxMessage:
    """A reminder that Notify has taken."""
    with run(execute=True):
        tell(asked, "request_reminder")
    return asked.messages.first()


def ends(gateway, message: OutboxMessage, end: str | int) -> None:
    gateway.ends[message.carried_as] = end


def test_under_what_notify_knows_a_message_is_kept(gateway, sent):
    assert (sent.state, sent.carried_as) == ("sent", "00000000-0000-4000-8000-000000000001")


def test_a_message_that_arrived_is_shown_as_delivered_and_not_asked_about_again(gateway, sent):
    ends(gateway, sent, "delivered")
    assert read_back() == {"delivered": 1, "came_back": 0}
    sent.refresh_from_db()
    assert sent.told == "Delivered"
    assert read_back() == {"delivered": 0, "came_back": 0}
    assert gateway.asked_about == [sent.carried_as]


@pytest.mark.parametrize("end", ["created", "sending", "pending", "sent", "something new"])
def test_a_message_on_its_way_stays_sent_and_is_asked_about_again(gateway, sent, end):
    ends(gateway, sent, end)
    assert read_back() == read_back() == {"delivered": 0, "came_back": 0}
    sent.refresh_from_db()
    assert sent.state == "sent"
    assert len(gateway.asked_about) == 2


@pytest.mark.parametrize(
    ("end", "words"),
    [
        ("permanent-failure", "There is no such address or number"),
        ("temporary-failure", "The mailbox could not take it"),
        ("technical-failure", "It failed on the way"),
    ],
)
def test_a_bounce_is_shown_in_the_outbox_on_the_request_on_the_case_and_in_the_work(
    gateway, sent, case, client, coordinator, end, words
):
    assign(case, coordinator, coordinator)
    ends(gateway, sent, end)
    assert read_back() == {"delivered": 0, "came_back": 1}
    client.force_login(coordinator)
    for page in (
        reverse("cases:outbox"),
        reverse("cases:request", args=[case.reference, sent.request_id]),
        reverse("cases:case", args=[case.reference]),
        reverse("work:mine"),
    ):
        assert f"Came back: {words}" in client.get(page).content.decode()
    assert case.timeline.filter(text=f"Invented Surgery: {sent.about}. Came back: {words}.").exists()


def test_a_bounce_is_told_once(gateway, sent, case):
    ends(gateway, sent, "permanent-failure")
    assert read_back()["came_back"] == 1
    assert read_back()["came_back"] == 0
    assert case.timeline.filter(text__contains="Came back").count() == 1


def test_a_text_message_that_no_phone_took_is_read_back_too(gateway, asked, run):
    request = with_phone(asked, "07700 900123")
    with run(execute=True):
        Client().post(f"{link_of(request)}code/", {"text": "yes"})
    ends(gateway, request.messages.first(), "permanent-failure")
    assert read_back()["came_back"] == 1


def test_notify_is_asked_for_as_long_as_it_remembers(gateway, sent, settings):
    OutboxMessage.objects.update(sent_at=timezone.now() - dt.timedelta(days=7, minutes=1))
    assert read_back() == {"delivered": 0, "came_back": 0}
    assert gateway.asked_about == []
    settings.NOTIFY_KEEPS_DAYS = 8
    ends(gateway, sent, "delivered")
    assert read_back()["delivered"] == 1


@pytest.mark.parametrize("status", [400, 404])
def test_a_message_that_notify_does_not_know_keeps_no_other_from_being_read_back(gateway, sent, asked, run, status):
    with run(execute=True):
        tell(asked, "request_late")
    ends(gateway, sent, status)
    ends(gateway, asked.messages.first(), "delivered")
    assert read_back() == {"delivered": 1, "came_back": 0}


@pytest.mark.parametrize("status", [403, 429, 500])
def test_when_notify_does_not_answer_the_command_says_so_and_nothing_is_guessed(gateway, sent, status):
    ends(gateway, sent, status)
    with pytest.raises(HTTPError):
        read_back()
    sent.refresh_from_db()
    assert sent.state == "sent"


def test_a_message_about_which_notify_fails_keeps_no_other_from_being_read_back(gateway, sent, asked, run):
    with run(execute=True):
        tell(asked, "request_late")
    ends(gateway, sent, 500)
    ends(gateway, asked.messages.first(), "delivered")
    with pytest.raises(HTTPError):
        read_back()
    assert asked.messages.filter(state="delivered").count() == 1


def test_when_notify_is_down_it_is_not_asked_about_every_message(gateway, sent, asked, run):
    with run(execute=True):
        for _ in range(5):
            tell(asked, "request_late")
    for message in OutboxMessage.objects.all():
        ends(gateway, message, 500)
    with pytest.raises(HTTPError):
        read_back()
    assert len(gateway.asked_about) == 3


def test_what_somebody_recorded_meanwhile_is_not_written_over(gateway, sent, coordinator):
    came_back(sent, coordinator, "away")
    ends(gateway, sent, "delivered")
    assert read_back()["delivered"] == 0
    sent.refresh_from_db()
    assert sent.told == "Came back: They are away"


def test_a_message_that_was_delivered_can_still_be_answered_by_an_absence_note(gateway, sent, coordinator):
    ends(gateway, sent, "delivered")
    read_back()
    came_back(sent, coordinator, "away")
    sent.refresh_from_db()
    assert sent.to_deal_with


def test_no_log_repeats_to_whom_a_bounced_message_went(gateway, sent, caplog):
    ends(gateway, sent, "permanent-failure")
    read_back()
    ends(gateway, sent, 500)
    assert "gp@" not in caplog.text


def test_without_a_carrier_that_tells_nothing_is_asked(gateway, sent, settings):
    settings.MESSAGE_END = ""
    assert read_back() == {"delivered": 0, "came_back": 0}
    assert gateway.asked_about == []
