"""What NCMD's interface is told and what its answers mean, against a real server."""

import time
from dataclasses import replace

import pytest
from django.core.exceptions import ImproperlyConfigured

from cdop.settings import environment
from exports.ncmd.gateways import GATEWAYS, Answer, NotTaken, Outcome, Parcel
from tests.exports.ncmd.database import TOKEN

API = GATEWAYS["api"]
PARCEL = Parcel("INV-1-notification-1", "INV-1", "notification", 1, 1, {"sex": "female"}, {"sex": "Female"})


def test_it_is_off_until_an_address_and_a_token_are_set(settings):
    settings.NCMD_API_URL, settings.NCMD_API_TOKEN = "", ""
    assert not API.is_open
    settings.NCMD_API_URL = "https://ncmd.invalid"
    assert not API.is_open
    with pytest.raises(NotTaken, match="Not set up"):
        API.hand_in(PARCEL)
    settings.NCMD_API_TOKEN = TOKEN
    assert API.is_open


def test_a_return_arrives_whole_with_its_token_and_its_key(database):
    assert API.hand_in(PARCEL) == Answer(Outcome.RECEIVED)
    assert database.heard == [("POST", "/v1/returns", f"Bearer {TOKEN}")]
    assert database.kept == {PARCEL.key: PARCEL.data()}


def test_what_became_of_it_is_asked_by_its_key(database):
    database.says(200, status="accepted", reference="INVENTED-5")
    assert API.ask(PARCEL.key) == Answer(Outcome.ACCEPTED, "INVENTED-5")
    assert database.heard == [("GET", f"/v1/returns/{PARCEL.key}", f"Bearer {TOKEN}")]


@pytest.mark.parametrize(
    ("status", "body", "answer"),
    [
        (202, {}, Answer(Outcome.RECEIVED)),
        (201, {"status": "accepted", "reference": 7}, Answer(Outcome.ACCEPTED, "7")),
        (409, {}, Answer(Outcome.RECEIVED)),
        (409, {"status": "accepted"}, Answer(Outcome.ACCEPTED)),
        (422, {"reasons": ["No sex.", "No postcode."]}, Answer(Outcome.REJECTED, "", "No sex.\nNo postcode.")),
        (200, {"status": "rejected", "reasons": "No sex."}, Answer(Outcome.REJECTED, "", "No sex.")),
    ],
)
def test_what_an_answer_means(database, status, body, answer):
    database.says(status, **body)
    assert API.hand_in(PARCEL) == answer


@pytest.mark.parametrize("status", [204, 301, 302, 307, 400, 401, 403, 404, 429, 500, 502, 503])
def test_what_is_no_answer_about_the_return_is_tried_again(database, status):
    database.says(status, status="accepted")
    with pytest.raises(NotTaken, match=f"HTTP {status}"):
        API.hand_in(PARCEL)


@pytest.mark.parametrize(
    "body", [b"<html>", b"[1]", b'"accepted"', b'{"status": "perhaps"}', b'{"reasons": 4}', b"\xff"]
)
def test_an_answer_that_nobody_understands_is_none(database, body):
    database.status, database.body = 200, body
    with pytest.raises(NotTaken, match="Answer not understood"):
        API.hand_in(PARCEL)


def test_a_redirection_is_not_followed_and_the_token_goes_nowhere_else(database):
    database.says(307)
    database.headers = {"Location": f"{database.url}/elsewhere"}
    with pytest.raises(NotTaken):
        API.hand_in(PARCEL)
    assert len(database.heard) == 1


def test_a_server_that_does_not_answer_in_time_is_left(database):
    database.dawdles.clear()
    with pytest.raises(NotTaken, match="TimeoutError"):
        API.hand_in(PARCEL)


def test_a_server_that_hangs_up_or_is_not_there_is_no_answer(database, settings):
    database.hangs_up = True
    with pytest.raises(NotTaken):
        API.hand_in(PARCEL)
    settings.NCMD_API_URL = "http://127.0.0.1:9"
    with pytest.raises(NotTaken, match="ConnectionRefusedError"):
        API.hand_in(PARCEL)


def test_an_answer_without_end_is_not_read_to_its_end(database):
    database.body = b" " * 1_100_000
    with pytest.raises(NotTaken, match="Answer too long"):
        API.hand_in(PARCEL)


def test_a_problem_never_repeats_what_was_sent_or_answered(database):
    database.says(400, error="Female child of INV-1")
    with pytest.raises(NotTaken) as problem:
        API.hand_in(PARCEL)
    assert str(problem.value) == "HTTP 400"


@pytest.mark.parametrize(
    "address", ["", "https://ncmd.invalid/v1", "http://localhost:9000", "http://127.0.0.1:9000/v1"]
)
def test_an_address_is_secure_or_on_this_machine(monkeypatch, address):
    monkeypatch.setenv("NCMD_API_URL", address)
    assert environment.secure_address("NCMD_API_URL") == address


@pytest.mark.parametrize(
    "address", ["http://ncmd.invalid", "http://localhost.invalid", "ftp://localhost", "ncmd.invalid"]
)
def test_any_other_address_is_refused_by_name_alone(monkeypatch, address):
    monkeypatch.setenv("NCMD_API_URL", address)
    with pytest.raises(ImproperlyConfigured, match=r"^NCMD_API_URL must begin with https://.$"):
        environment.secure_address("NCMD_API_URL")


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 100_000,
        b'{"status": "accepted"',
        b'{"status": "ACCEPTED"}',
        b'{"status": ["accepted"]}',
        b"null",
        b"0x1",
        b'{"reference": ' + b"9" * 5_000 + b"}",
    ],
)
def test_an_answer_that_only_looks_like_json_is_none(database, body):
    database.status, database.body = 200, body
    with pytest.raises(NotTaken, match="Answer not understood"):
        API.hand_in(PARCEL)


def test_an_answer_in_other_words_counts_by_its_status(database):
    database.status, database.body = 202, b" \n "
    assert API.hand_in(PARCEL) == Answer(Outcome.RECEIVED)
    database.status, database.body = 422, b'{"error": "No sex."}'
    assert API.hand_in(PARCEL) == Answer(Outcome.REJECTED)


@pytest.mark.parametrize("reasons", [[], None, "", {}])
def test_a_rejection_may_come_without_reasons(database, reasons):
    database.says(422, reasons=reasons)
    assert API.hand_in(PARCEL) == Answer(Outcome.REJECTED)


def test_an_answer_up_to_the_limit_is_read(database):
    database.status, database.body = 200, b" " * 999_000 + b'{"status": "accepted"}'
    assert API.hand_in(PARCEL).outcome == Outcome.ACCEPTED


def test_an_answer_that_comes_drop_by_drop_is_left(database, settings):
    settings.NCMD_API_TIMEOUT = 0.5
    database.drops, database.body = 0.1, b" " * 100
    started = time.monotonic()
    with pytest.raises(NotTaken, match="TimeoutError"):
        API.hand_in(PARCEL)
    assert time.monotonic() - started < 3


@pytest.mark.parametrize("body", [b"", b"{}", b'{"status": "rejected"}'])
def test_an_answer_shorter_than_it_says_is_none(database, body):
    database.status, database.body, database.headers = 422, body, {"Content-Length": "500"}
    with pytest.raises(NotTaken, match="IncompleteRead"):
        API.hand_in(PARCEL)


def test_what_is_asked_is_not_followed_elsewhere_either(database):
    database.says(302, status="accepted")
    database.headers = {"Location": f"{database.url}/elsewhere"}
    with pytest.raises(NotTaken, match="HTTP 302"):
        API.ask(PARCEL.key)
    assert [path for _, path, _ in database.heard] == [f"/v1/returns/{PARCEL.key}"]


def test_an_address_that_ends_in_a_slash_is_the_same_address(database, settings):
    settings.NCMD_API_URL = f"{database.url}/"
    API.hand_in(PARCEL)
    assert database.heard[0][1] == "/v1/returns"


def test_a_key_never_leads_to_another_address(database):
    database.says(404)
    with pytest.raises(NotTaken):
        API.ask("../users?all#")
    assert "?" not in database.heard[0][1]


def test_letters_of_any_alphabet_arrive_as_they_are(database):
    API.hand_in(replace(PARCEL, words={"child_family_name": "Żmyślona-测试"}))
    assert database.kept[PARCEL.key]["words"] == {"child_family_name": "Żmyślona-测试"}


def test_an_answer_on_a_line_that_stays_open_is_read_to_its_end_and_no_further(database):
    database.protocol, database.headers = "HTTP/1.1", {"Content-Length": str(len(database.body))}
    assert API.hand_in(PARCEL) == Answer(Outcome.RECEIVED)
