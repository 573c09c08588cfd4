"""GOV.UK Notify sends messages: proved against a server of our own that answers as it does."""

import json
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.test import Client
from django.urls import reverse

from forms.sealing import seal
from tests.workflow.asking import ask, link_of, publish_forms
from tests.workflow.reviewing import review
from workflow.models import InformationRequest, OutboxMessage
from workflow.outbox.services import deliver, write
from workflow.outbox.shipped import load_messages
from workflow.requests.access import mobile_of

pytestmark = pytest.mark.django_db

KEY = "invented-26785a09-ab16-4eb0-8407-a37497a57506-3d844edf-8d35-48ac-975b-e847b4f122b0"
ANSWERED = {201: {"id": "invented"}, 400: {"status_code": 400, "errors": [{"error": "BadRequest", "message": "no"}]}}


class Gateway(ThreadingHTTPServer):
    """Keeps what it was sent, and answers with `status`."""

    status = 201

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.sent: list[tuple[str, dict[str, object], str]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Answering(BaseHTTPRequestHandler):
    server: Gateway

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.sent.append((self.path, body, self.headers["Authorization"]))
        self.send_response(self.server.status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(ANSWERED.get(self.server.status, {})).encode())

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def gateway(settings) -> Iterator[Gateway]:
    server = Gateway()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    settings.NOTIFY_API_KEY, settings.NOTIFY_URL = KEY, server.url
    settings.NOTIFY_EMAIL_TEMPLATE, settings.NOTIFY_SMS_TEMPLATE = "email-template", "sms-template"
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
