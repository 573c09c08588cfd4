"""Two people with the same link at the same moment, in browsers, threads and connections of their own."""

from collections.abc import Callable
from contextlib import contextmanager
from typing import Any

import pytest
from django.test import Client

from forms.models import Draft
from tests.workflow.asking import answer, ask, link_of, open_request, publish_forms
from tests.workflow.test_together import together
from workflow.models import FormReturn, InformationRequest
from workflow.requests import services
from workflow.services import MoveRefused

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
COLLEAGUE = {"name": "Invented Colleague", "email": "colleague@invented.example", "role": ""}
CHANGED = "This request has changed since you opened the page"
GONE = "This link does not work"
AGAIN = range(3)  # Which of the two is first is left to chance.


@pytest.fixture(autouse=True)
def _forms(db):
    publish_forms()


@pytest.fixture
def asked(case, coordinator) -> InformationRequest:
    return ask(case, coordinator, "reporting", "drowning")


@pytest.fixture
def browsers(asked) -> list[Client]:
    """Of two people who have both shown a code."""
    return [open_request(asked, at_once) for _ in range(2)]


@contextmanager
def at_once(execute: bool):
    """Here transactions end for good, and what waits for that happens by itself."""
    yield


def press(client: Client, asked: InformationRequest, button: str, **data: str) -> Callable[[], Any]:
    address = f"{link_of(asked)}{button}"
    return lambda: client.post(address, data, follow=True)


def read(response: Any) -> str:
    assert not isinstance(response, Exception), repr(response)
    assert response.status_code in (200, 404)
    return response.content.decode()


def told(*responses: Any) -> int:
    """How many of them read that somebody else was there first."""
    return sum(CHANGED in (page := read(response)) or GONE in page for response in responses)


def now(asked: InformationRequest) -> InformationRequest:
    return InformationRequest.objects.get(pk=asked.pk)


def begun(client: Client, asked: InformationRequest, form: Any) -> str:
    """The form is filled in up to its last page; the address of that page."""
    resumed = client.post(f"{link_of(asked)}form/{form.pk}/").headers["Location"]
    first = client.get(resumed).headers["Location"]
    client.post(first, {"narrative": "Invented facts.", "household_smoking": "no"})
    return first.rsplit("/", 2)[0] + "/check/"


def test_two_who_open_the_link_at_once_both_read_it(asked, browsers):
    home = link_of(asked)
    pages = together(*(lambda browser=browser: browser.get(home) for browser in browsers))
    assert all("Test Invented" in read(page) for page in pages)
    assert [change.transition for change in asked.changes.all()] == ["draft", "send", "open"]


def test_two_who_begin_the_same_form_at_once_write_on_the_same_answers(asked, browsers):
    form = asked.forms.get(version__form__slug="reporting")
    opened = together(*(press(browser, asked, f"form/{form.pk}/") for browser in browsers))
    assert Draft.objects.count() == 1
    pages = [page.request["PATH_INFO"] for page in opened if read(page)]
    said = [{"narrative": "From one.", "household_smoking": ""}, {"narrative": "From one.", "household_smoking": "yes"}]
    together(
        *(
            lambda browser=browser, page=page, data=data: browser.post(page, data)
            for browser, page, data in zip(browsers, pages, said, strict=True)
        )
    )
    assert Draft.objects.get().answers["narrative"] == "From one."


def test_two_who_send_the_same_form_at_once_send_it_once(asked, browsers):
    form = asked.forms.get(version__form__slug="reporting")
    checks = [begun(browser, asked, form) for browser in browsers]
    assert checks[0] == checks[1]
    together(*(lambda browser=browser: browser.post(checks[0]) for browser in browsers))
    assert FormReturn.objects.filter(requested=form).count() == 1
    assert asked.case.submissions.filter(kind="reporting").count() == 1


@pytest.mark.parametrize("attempt", AGAIN)
def test_two_who_each_send_a_form_of_the_request_both_send_theirs(asked, browsers, attempt):
    checks = [begun(browser, asked, form) for browser, form in zip(browsers, asked.forms.all(), strict=True)]
    pages = together(
        *(lambda b=browser, c=check: b.post(c, follow=True) for browser, check in zip(browsers, checks, strict=True))
    )
    assert all(read(page) for page in pages)
    assert FormReturn.objects.count() == 2
    assert [change.transition for change in asked.changes.all()].count("answer_part") == 1


def test_two_who_return_at_once_return_it_once_and_the_other_reads_so(asked, browsers):
    for browser in browsers[:1]:
        answer(browser, asked)
    pages = together(*(press(browser, asked, "return/") for browser in browsers))
    assert now(asked).state == "returned"
    assert asked.changes.filter(transition="give_back").count() == 1
    assert told(*pages) == 1


@pytest.mark.parametrize("attempt", AGAIN)
def test_it_is_returned_or_passed_on_but_never_both(asked, browsers, attempt):
    answer(browsers[0], asked)
    pages = together(press(browsers[0], asked, "return/"), press(browsers[1], asked, "pass-on/", **COLLEAGUE))
    assert asked.changes.filter(transition__in=["give_back", "reassign"]).count() == 1
    assert told(*pages) == 1
    assert FormReturn.objects.filter(requested__request__case=asked.case).count() == 2
    heirs = InformationRequest.objects.filter(passed_from=asked)
    assert heirs.count() == (now(asked).state == "reassigned")


@pytest.mark.parametrize("attempt", AGAIN)
def test_a_form_that_is_sent_while_a_colleague_takes_over_is_not_lost(asked, browsers, attempt):
    form = asked.forms.get(version__form__slug="reporting")
    check = begun(browsers[0], asked, form)
    sent, passed = together(
        lambda: browsers[0].post(check, follow=True), press(browsers[1], asked, "pass-on/", **COLLEAGUE)
    )
    assert read(sent)
    assert "Passed on" in read(passed)
    heir = InformationRequest.objects.get(passed_from=asked)
    assert heir.forms.get(pk=form.pk).returns.count() == 1
    assert asked.case.submissions.filter(kind="reporting").count() == 1
    history = [change.target for change in heir.changes.all()]
    assert history[-1] == heir.state


@pytest.mark.parametrize("attempt", AGAIN)
def test_who_declines_and_who_passes_on_at_once_both_get_an_answer(asked, browsers, attempt):
    pages = together(
        press(browsers[0], asked, "decline/", reason="We never met this child."),
        press(browsers[1], asked, "pass-on/", **COLLEAGUE),
    )
    assert asked.changes.filter(transition__in=["decline", "reassign"]).count() in (1, 2)
    assert all(read(page) for page in pages)


def test_two_who_pass_it_on_at_once_pass_it_to_one(asked, browsers):
    others = [COLLEAGUE, COLLEAGUE | {"email": "another@invented.example"}]
    pages = together(
        *(press(browser, asked, "pass-on/", **other) for browser, other in zip(browsers, others, strict=True))
    )
    assert told(*pages) == 1
    assert InformationRequest.objects.filter(passed_from=asked).count() == 1
    assert InformationRequest.objects.get(passed_from=asked).forms.count() == 2


def test_what_is_asked_again_while_a_colleague_accepts_it_is_asked(asked, browsers, coordinator, person):
    answer(browsers[0], asked)
    services.give_back(now(asked))
    results = together(
        lambda: services.move(asked, "accept", "staff", coordinator),
        lambda: services.query(asked, person("Coordinator", 2), "Invented question?"),
    )
    assert now(asked).state == "queried"
    moves = [change.transition for change in asked.changes.all()]
    if refused := [result for result in results if isinstance(result, MoveRefused)]:
        assert moves[-2:] == ["give_back", "query"]
        assert "is now “Asked again”" in str(refused[0])
    else:
        assert moves[-3:] == ["give_back", "accept", "query"]
