"""Abuse is slowed down without a puzzle for people."""

import datetime as dt
from hashlib import sha256

import pytest
from django.core import signing
from django.utils import timezone

from forms.limits import Limit, exceeded
from forms.models import Draft, ReturnPass, Submission
from forms.returning import save_for_later
from forms.spam import STARTED, TRAP, signed_start
from tests.forms.making import page, publish
from tests.translating import mark_area

pytestmark = pytest.mark.django_db
NOTE = {"kind": "short_text", "key": "note", "label": "Note"}


@pytest.fixture
def check(client):
    publish(page("one", NOTE))

    def walk():
        first = client.post("/small/").headers["Location"]
        return client.post(first, {"note": "Invented"}).headers["Location"]

    return walk


def test_a_limit_counts_apart_for_each_name_and_each_visitor():
    limit = Limit("test", 2, 60)
    assert [exceeded(limit, "a") for _ in range(3)] == [False, False, True]
    assert not exceeded(limit, "b")
    assert not exceeded(Limit("other", 2, 60), "a")


def test_too_many_starts_from_one_address_get_a_clear_page(client, check, settings):
    settings.FORM_STARTS_PER_HOUR = 2
    for _ in range(2):
        check()
    response = client.post("/small/")
    assert response.status_code == 429
    assert response.headers["Retry-After"] == "3600"
    assert "cpicb.cdop@nhs.net" in response.content.decode()
    assert Draft.objects.count() == 2
    assert client.post("/small/", REMOTE_ADDR="192.0.2.7").status_code == 302


@pytest.mark.parametrize("phone", ["01223 000 000", ""])
def test_whatever_stops_a_person_the_page_says_how_to_reach_us(client, check, settings, phone):
    mark_area(phone=phone)
    address = check()
    draft = Draft.objects.get()
    save_for_later(draft, "nurse@invented.example")
    ReturnPass.objects.update(token_hash=sha256(b"link").hexdigest(), locked_until=timezone.now() + dt.timedelta(1))
    settings.FORM_SENDS_PER_HOUR = 0
    long = {"data": b"note=" + b"x" * 3_000_000, "content_type": "application/x-www-form-urlencoded"}
    answers = [client.post(address), client.post("/answer/return/link/", {"code": "any"}), client.post(address, **long)]
    assert [answer.status_code for answer in answers] == [429, 429, 413]
    for answer in answers:
        main = answer.content.decode().split("<main")[1].split("</main")[0]
        assert "cpicb.cdop@nhs.net" in main
        assert ("01223 000 000" in main) == bool(phone)


def test_too_many_sends_keep_the_answers(client, check, settings):
    settings.FORM_SENDS_PER_HOUR = 1
    client.post(check())
    address = check()
    assert client.post(address).status_code == 429
    settings.FORM_SENDS_PER_HOUR = 9
    assert client.post(address).status_code == 302
    assert Submission.objects.count() == 2


def test_a_form_is_limited_from_everywhere_together(client, check, settings):
    settings.FORM_SENDS_PER_HOUR_OF_ALL = 1
    client.post(check(), REMOTE_ADDR="192.0.2.1")
    assert client.post(check(), REMOTE_ADDR="192.0.2.2").status_code == 429


def test_a_program_that_fills_in_everything_is_asked_again_and_a_person_gets_through(client, check):
    address = check()
    mark_area(phone="01632 960 001")
    doubted = client.post(address, {TRAP: "https://spam.invalid"}).content.decode()
    assert "01632 960 001" in doubted.split("Please press Send once more")[1].split("</form>")[0]
    assert not Submission.objects.exists()
    assert client.post(address, {TRAP: ""}).status_code == 302


@pytest.fixture
def send_slowly(client, check, settings):
    """Send what was begun two minutes ago, with or without the start that its check page says."""
    settings.FORM_QUICKEST_SECONDS = 60

    def send(started=None):
        address = check()
        Draft.objects.update(started_at=timezone.now() - dt.timedelta(minutes=2))
        said = started or client.get(address).context["started"][1]
        return client.post(address, {STARTED: said})

    return send


def test_an_impossibly_quick_answer_is_asked_again(client, check, settings):
    settings.FORM_QUICKEST_SECONDS = 60
    address = check()
    said = client.get(address).context["started"][1]
    assert "Please press Send once more" in client.post(address, {STARTED: said}).content.decode()


def test_who_took_the_time_to_read_it_sends_it(send_slowly):
    assert send_slowly().status_code == 302
    assert Submission.objects.count() == 1


def test_the_start_is_signed(send_slowly):
    assert "Please press Send once more" in send_slowly("2020-01-01").content.decode()
    forged = signing.dumps(["any", 0], salt="another")
    assert "Please press Send once more" in send_slowly(forged).content.decode()
    assert not Submission.objects.exists()


def test_the_signed_start_of_another_form_sends_nothing(check, send_slowly):
    check()
    Draft.objects.update(started_at=timezone.now() - dt.timedelta(minutes=2))
    other = signed_start(Draft.objects.get())
    assert "Please press Send once more" in send_slowly(other).content.decode()


def test_who_sends_without_having_seen_the_check_page_is_shown_it(client, check, settings):
    """Once more is enough: the page that doubts says the start."""
    settings.FORM_QUICKEST_SECONDS = 60
    address = check()
    Draft.objects.update(started_at=timezone.now() - dt.timedelta(minutes=2))
    doubted = client.post(address)
    assert not Submission.objects.exists()
    assert client.post(address, {STARTED: doubted.context["started"][1]}).status_code == 302


def test_the_address_is_what_the_operators_proxy_says_only_when_there_is_one(client, check, settings):
    settings.FORM_STARTS_PER_HOUR = 1
    client.post("/small/", headers={"X-Forwarded-For": "192.0.2.1"})
    assert client.post("/small/", headers={"X-Forwarded-For": "192.0.2.2"}).status_code == 429
    settings.CLIENT_ADDRESS_HEADER = "X-Forwarded-For"
    assert client.post("/small/", headers={"X-Forwarded-For": "forged, 192.0.2.3"}).status_code == 302
    assert client.post("/small/", headers={"X-Forwarded-For": "other, 192.0.2.3"}).status_code == 429
