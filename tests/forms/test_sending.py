"""Sending happens once and whole: whatever fails on the way, and however often and from where it is pressed."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core import mail
from django.db import connection
from django.test import Client

from forms.models import Draft, Submission
from forms.services import change, send
from forms.signals import submission_received
from tests.notifying import START, invented_answers, pages, walk
from workflow.models import Case

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
failures: list[str] = []


class FailsAfterStoring:
    """Loses the answer to a request after everything was stored, as often as `failures` says."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.method == "POST" and request.path.endswith("/check/") and failures:
            raise ConnectionError(failures.pop())
        return response


@pytest.fixture
def check(client, notification_form):
    """The check page of a complete notification."""
    return walk(client)


@pytest.fixture
def breaking(client, settings):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{__name__}.FailsAfterStoring"]
    client.raise_request_exception = False
    client.handler.load_middleware()
    yield
    failures.clear()


def whole(submission: Submission) -> bool:
    """Whether it holds answers of the first, the middle and the last page."""
    answers = submission.all_answers()
    expected = invented_answers()
    keys = ("sibling_concerns", "notifier_name", "child_family_name", "circumstances", "post_mortem")
    return all(answers[key] == expected[key] for key in keys) and len(answers["professionals"]) == 1


def test_an_error_between_storing_and_answering_then_back_and_send_again_leaves_one_whole_submission(
    client, check, breaking
):
    failures.append("the answer is lost")
    assert client.post(check, {"declaration": "yes"}).status_code == 500
    assert client.get(check).headers["Location"].endswith("/sent/")
    again = client.post(check, {"declaration": "yes"})
    receipt = client.get(again.headers["Location"]).content.decode()
    submission = Submission.objects.get()
    assert submission.reference in receipt
    assert whole(submission)
    assert Case.objects.count() == 1


def test_an_error_again_and_again_still_leaves_one(client, check, breaking):
    failures.extend(["lost", "lost again", "and again"])
    answers = [client.post(check, {"declaration": "yes"}).status_code for _ in range(4)]
    assert answers == [500, 500, 500, 302]
    assert whole(Submission.objects.get())


def test_an_error_before_storing_stores_nothing_and_the_answers_can_be_sent_again(client, check):
    def fail(**kwargs):
        raise RuntimeError("the room above is broken")

    client.raise_request_exception = False
    submission_received.connect(fail)
    try:
        assert client.post(check, {"declaration": "yes"}).status_code == 500
    finally:
        submission_received.disconnect(fail)
    assert Submission.objects.count() == Case.objects.count() == 0
    assert "Invented Registrar" in client.get(check).content.decode()
    assert client.post(check, {"declaration": "yes"}).status_code == 302
    assert whole(Submission.objects.get())


@pytest.mark.parametrize("error", [OSError("no mail server"), ValueError("no such address"), RuntimeError("bug")])
def test_an_acknowledgement_that_fails_takes_nothing_from_the_receipt(client, check, monkeypatch, caplog, error):
    def fail(*args, **kwargs):
        raise error

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", fail)
    receipt = client.post(check, {"declaration": "yes"}).headers["Location"]
    assert client.get(receipt).status_code == 200
    assert "registrar@invented.example" not in caplog.text


def together(*work):
    """Run pieces of work at the same moment, each on a connection of its own; what each returned or raised."""
    start = Barrier(len(work))

    def one(piece):
        try:
            start.wait(30)
            return piece()
        except Exception as problem:
            return problem
        finally:
            connection.close()

    with ThreadPoolExecutor(len(work)) as pool:
        return list(pool.map(one, work))


def test_send_pressed_in_two_tabs_at_the_same_moment_leaves_one(client, check):
    def press():
        tab = Client()
        tab.cookies = client.cookies
        return tab.post(check, {"declaration": "yes"})

    answers = together(*[press] * 4)
    assert {answer.headers["Location"] for answer in answers} == {check.replace("check", "sent")}
    assert whole(Submission.objects.get())
    assert Case.objects.count() == 1
    assert len([message for message in mail.outbox if message.to == ["registrar@invented.example"]]) == 1


def test_pages_saved_at_the_same_moment_in_two_tabs_are_both_kept(client, notification_form):
    first = client.post(START).headers["Location"]

    def save(key):
        tab = Client()
        tab.cookies = client.cookies
        return lambda: tab.post(first.replace("safety", key), pages()[key])

    keys = ["safety", "you", "child", "dates", "home", "about-the-child"]
    together(*[save(key) for key in keys])
    expected = invented_answers()
    answers = Draft.objects.get().answers
    for key in ("sibling_concerns", "notifier_name", "child_family_name", "date_of_death", "postcode", "sex"):
        assert answers[key] == expected[key]


def test_a_page_saved_while_the_answers_are_being_sent_is_in_or_leads_to_the_receipt(client, check):
    draft = Draft.objects.get()
    together(lambda: send(draft), lambda: change(draft, lambda newest: newest.update(sex="male")))
    submission = Submission.objects.get()
    assert whole(submission)
    assert submission.answers["sex"] in ("male", "female")
    assert Draft.objects.get().sealed == ""
