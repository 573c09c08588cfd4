"""Whatever a visitor sends: a clear page, and nothing that was entered is lost."""

import io
import re

import pytest
from django.test import Client

from cdop.wsgi import application
from forms.models import Draft, Submission
from tests.notifying import PROFESSIONAL, START, pages, walk

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
FORM = "application/x-www-form-urlencoded"


@pytest.fixture(autouse=True)
def _shipped(notification_form):
    return notification_form


@pytest.fixture
def you(client):
    """The page about the notifier in a draft that already knows the child."""
    first = client.post(START).headers["Location"]
    client.post(first.replace("safety", "child"), pages()["child"])
    return first.replace("safety", "you")


def still_there() -> bool:
    return Draft.objects.get().answers["child_family_name"] == "Invented"


def part(name: str, value: bytes) -> bytes:
    return b'--x\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n--x--\r\n' % (name.encode(), value)


UNREADABLE = {
    "text of ten megabytes": (FORM, b"notifier_name=" + b"x" * 10_000_000, 413),
    "more fields than any page has": (FORM, b"&".join(b"a%d=1" % number for number in range(6000)), 413),
    "an encoding that is not UTF-8": (f"{FORM}; charset=iso-8859-1", b"notifier_name=Zo%EB", 400),
    "parts without a boundary": ("multipart/form-data", b"notifier_name", 400),
    "parts that end in the middle": ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form", 200),
    "bytes that are no text": (FORM, b"notifier_name=%ff%fe%00%ZZ", 200),
    "JSON": ("application/json", b'{"notifier_name": "Zoe"}', 200),
    "no type at all": ("", b"\x00\x01\x02", 200),
    "a part with a NUL": ("multipart/form-data; boundary=x", part("notifier_name", b"Zo\0e"), 200),
    "a part in UTF-7": ("multipart/form-data; boundary=x; charset=utf-7", part("notifier_name", b"+2AA-"), 200),
    "a hundred thousand line ends": (FORM, b"notifier_name=" + b"%0D%0A" * 100_000, 200),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_is_said_and_the_answers_stay(client, you, name):
    content_type, body, status = UNREADABLE[name]
    response = client.post(you, body, content_type=content_type)
    assert response.status_code == status
    assert "Error:" in response.content.decode().split("</title>")[0]
    assert still_there()
    assert client.get(you).status_code == 200


def test_a_page_that_was_too_long_leads_back_to_itself(client, you):
    page = client.post(you, b"a=" + b"x" * 3_000_000, content_type=FORM).content.decode()
    assert "That was too long to send" in page
    assert f'href="{you}"' in page


def test_a_text_that_is_long_but_can_be_read_is_shown_again_with_the_rest_of_its_page(client, you):
    page = client.post(you, pages()["you"] | {"notifier_role": "x" * 200_000}).content.decode()
    assert "Use 200 characters or fewer in “Your role”" in page
    assert "x" * 200_000 in page
    assert 'value="Invented Registrar"' in page


@pytest.mark.parametrize("name", ["Zoë 👩‍👧", "محمد‎ علي", "\u202eevil", "<script>alert(1)</script>", "O’Neill & Söhne"])
def test_names_of_every_kind_are_shown_as_they_are_and_run_nothing(client, you, name):
    client.post(you, pages()["you"] | {"notifier_name": name})
    assert Draft.objects.get().answers["notifier_name"] == name
    for address in (you, you.replace("you", "check")):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert name.split()[0].replace("<", "&lt;").replace(">", "&gt;")[:6] in page


def test_characters_that_cannot_be_stored_are_taken_out_so_that_sending_again_is_enough(client, you):
    page = client.post(you, pages()["you"] | {"notifier_name": "Zo\0e\x0b Registrar"}).content.decode()
    assert "We took out characters that cannot be stored" in page
    assert 'value="Zoe Registrar"' in page
    assert client.post(you, pages()["you"] | {"notifier_name": "Zoe Registrar"}).status_code == 302


def test_answers_to_questions_that_nobody_asked_are_left_out(client, you):
    client.post(you, pages()["you"] | {"sex": "male", "child_family_name": "Changed", "__class__": "x", "id": "1"})
    answers = Draft.objects.get().answers
    assert answers["child_family_name"] == "Invented"
    assert not answers.keys() & {"sex", "__class__", "id"}


class TestFromAnotherSite:
    """Requests whose token does not fit: an attack, or a person who logged in in another tab."""

    @pytest.fixture
    def strict(self, client):
        """The same browser, with the check that the test client leaves out."""
        strict = Client(enforce_csrf_checks=True)
        strict.cookies = client.cookies
        return strict

    def test_a_page_is_shown_again_with_what_was_entered_and_nothing_is_stored(self, strict, you):
        response = strict.post(you, pages()["you"])
        page = response.content.decode()
        assert response.status_code == 403
        assert "What you entered is still here" in page
        assert 'value="Invented Registrar"' in page
        assert "notifier_name" not in Draft.objects.get().answers
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
        again = strict.post(you, pages()["you"] | {"csrfmiddlewaretoken": token})
        assert again.status_code == 302
        assert Draft.objects.get().answers["notifier_name"] == "Invented Registrar"

    def test_an_item_is_shown_again_with_what_was_entered(self, strict, you):
        address = you.replace("you", "professionals/new")
        response = strict.post(address, PROFESSIONAL)
        assert response.status_code == 403
        assert 'value="Invented Surgery"' in response.content.decode()
        assert "professionals" not in Draft.objects.get().answers

    def test_nothing_is_sent_and_the_check_page_asks_again(self, client, strict):
        check = walk(client)
        response = strict.post(check, {"declaration": "yes"})
        assert response.status_code == 403
        assert "press the button again" in response.content.decode()
        assert Submission.objects.count() == 0

    def test_a_draft_of_another_browser_is_not_shown(self, you):
        stranger = Client(enforce_csrf_checks=True)
        response = stranger.post(you, pages()["you"])
        assert response.status_code == 404
        assert "We cannot find your answers" in response.content.decode()

    def test_what_was_sent_already_leads_to_its_receipt(self, client, strict):
        check = walk(client)
        client.post(check, {"declaration": "yes"})
        assert strict.post(check, {"declaration": "yes"}).headers["Location"].endswith("/sent/")

    def test_elsewhere_the_page_says_what_happened(self, strict, you):
        response = strict.post(START)
        assert response.status_code == 403
        assert "We could not accept that" in response.content.decode()


def test_a_cookie_that_no_database_takes_is_as_good_as_none(you):
    broken = Client()
    broken.cookies["sessionid"] = "\0" * 32
    assert broken.get(START).status_code == 200
    assert broken.get(you).status_code == 404


def test_a_request_in_an_encoding_that_does_not_exist_is_read_as_utf_8():
    started = []
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": "/health/live",
        "QUERY_STRING": "a=%41",
        "CONTENT_TYPE": "text/plain; charset=base64",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "wsgi.input": io.BytesIO(),
        "wsgi.url_scheme": "http",
    }
    body = b"".join(application(environ, lambda status, headers: started.append(status)))
    assert started == ["200 OK"]
    assert b"live" in body


@pytest.mark.parametrize("path", ["%00/", "check/%00", "you/%00/", "%ff%fe/", "..%2f..%2fetc/passwd", "x" * 300 + "/"])
def test_an_address_that_is_no_screen_is_not_found(client, you, path):
    assert client.get(you.replace("you/", path)).status_code == 404


@pytest.mark.parametrize("method", ["put", "delete", "patch", "trace"])
def test_other_methods_change_nothing(client, you, method):
    assert getattr(client, method)(you).status_code == 405
    assert still_there()


@pytest.mark.any_database
def test_two_hundred_professionals_are_as_many_as_the_form_takes_and_it_can_still_be_sent(client):
    check = walk(client)
    group = check.replace("check", "professionals")
    room = 60 - len(Draft.objects.get().answers["professionals"])
    for number in range(200):
        one = PROFESSIONAL | {"token": f"many{number}", "org": f"Invented Surgery {number}"}
        answer = client.post(f"{group}new/", one)
        assert answer.status_code == (302 if number < room else 200)
    said = answer.content.decode()
    assert "You have added 60, the most this form takes." in said
    assert "Invented Surgery 199" in said, "what was entered is shown again"
    assert len(Draft.objects.get().answers["professionals"]) == 60
    assert f"Invented Surgery {room - 1}" in client.get(check).content.decode()
    assert client.post(check, {"declaration": "yes"}).status_code == 302
    assert len(Submission.objects.get().all_answers()["professionals"]) == 60
