"""Saving a form and coming back to it, what may have changed by then, and a page that takes files."""

import re

import pytest

from tests.forms.making import page as page_of
from tests.forms.test_uploads import PDF, picture
from tests.journeys.accessibility import does_not_fit, violations
from tests.journeys.mailbox import mail_to
from tests.journeys.publishing import publish_on

pytestmark = [pytest.mark.journey, pytest.mark.any_database]
BORN = {"kind": "date", "key": "born", "label": "Date of birth"}
SCHOOL = {
    "kind": "short_text",
    "key": "school",
    "label": "School",
    "show_if": {"tests": [{"question": "born", "comparison": "answered"}]},
}
STORY = {"kind": "short_text", "key": "story", "label": "What happened", "required": "mandatory"}
GONE = {"kind": "short_text", "key": "gone", "label": "Ward"}
PAPERS = {
    "kind": "upload",
    "key": "papers",
    "label": "Papers",
    "file_types": ["pdf"],
    "max_files": 2,
    "required": "mandatory",
}
ASKED = [page_of("first", BORN, SCHOOL, GONE), page_of("events", STORY), page_of("papers", PAPERS)]
NEWER = [
    page_of("first", BORN, SCHOOL),
    page_of("events", STORY | {"label": "What you saw"}),
    page_of("papers", PAPERS),
]


@pytest.fixture(scope="module")
def form(server) -> str:
    publish_on(server, "come-back", "An invented visit", *ASKED)
    return "/come-back/"


def wrong(page) -> list[str]:
    return violations(page) + does_not_fit(page)


def press(page, name: str) -> None:
    """Press a button and wait for the page that it leads to."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def fill_first(page) -> None:
    for part, value in {"day": "1", "month": "2", "year": "2020"}.items():
        page.fill(f"[name=born__{part}]", value)


def save(page, server, email: str) -> tuple[str, str]:
    """Save from the page of a question; the link that came by mail and the code that was shown."""
    press(page, "Save and come back later")
    page.get_by_label("Your work email address").fill(email)
    press(page, "Send me the link")
    code = page.locator(".cdop-reference").inner_text()
    [link] = re.findall(rf"{server.url}(\S+)", mail_to(server, email))
    return link, code


def test_a_form_is_saved_from_a_question_opened_again_and_sent_with_its_files(
    open_page, page, width, form, server, watch
):
    page.goto(form)
    press(page, "Start now")
    school = page.get_by_label("School")
    school.wait_for(state="hidden")
    fill_first(page)
    school.wait_for()
    school.fill("Invented School")
    page_of_the_question = page.url
    press(page, "Save and come back later")
    press(page, "Send me the link")
    page.get_by_role("alert").get_by_text("Enter your email address").wait_for()
    assert wrong(page) == []
    page.goto(page_of_the_question)
    link, code = save(page, server, f"visitor{width}@invented.example")
    assert wrong(page) == []
    page.reload()
    page.get_by_role("heading", name="The code has been shown").wait_for()
    assert wrong(page) == []

    page = open_page(width)
    page.goto(link)
    page.get_by_label("Your code").fill("WRONG1")
    press(page, "Continue")
    page.get_by_role("alert").get_by_role("link", name="That is not the code for this form").wait_for()
    assert wrong(page) == []
    page.get_by_label("Your code").fill(code.lower())
    press(page, "Continue")
    page.get_by_role("heading", name="Events").wait_for()
    page.get_by_label("What happened").fill("Invented events")
    press(page, "Save and continue")
    add_files(page)
    press(page, "Save and continue")
    page.get_by_text("Invented School").wait_for()
    press(page, "Send")
    assert re.fullmatch(r"[A-Z0-9]{4}(-[A-Z0-9]{4}){2}", page.locator(".cdop-reference").inner_text())
    page.goto(link)
    page.get_by_role("heading", name="This link no longer works").wait_for()
    assert wrong(page) == []
    only_what_was_meant(watch)


def only_what_was_meant(watch) -> None:
    """The browser itself reports every page that was not to be had: 404 and 429."""
    assert [complaint for complaint in watch.complaints if not re.search("404|429", complaint)] == []
    watch.complaints.clear()


def add_files(page) -> None:
    """The page that takes files: empty, without one that is needed, with one refused, with two, with one taken away."""
    assert wrong(page) == []
    press(page, "Save and continue")
    page.get_by_role("alert").get_by_role("link", name="Choose a file for “Papers”").wait_for()
    assert wrong(page) == []
    choose = page.get_by_label("Papers", exact=True)
    choose.set_input_files({"name": "photo.png", "mimeType": "image/png", "buffer": picture()})
    press(page, "Add the file")
    page.get_by_role("alert").get_by_role("link", name="“photo.png” must be a PDF").wait_for()
    assert wrong(page) == []
    choose.set_input_files(
        [{"name": f"{name}.pdf", "mimeType": "", "buffer": PDF} for name in ("one", "a-longer-name")]
    )
    press(page, "Add the file")
    page.get_by_text("a-longer-name.pdf").first.wait_for()
    assert wrong(page) == []
    press(page, "Remove one.pdf")
    page.get_by_role("button", name="Add another file").wait_for()
    page.get_by_text("one.pdf").wait_for(state="detached")


@pytest.mark.parametrize("width", [320], indirect=True)
def test_a_link_is_stopped_and_another_closes_after_too_many_wrong_codes(open_page, page, form, server, watch):
    page.goto(form)
    press(page, "Start now")
    page.get_by_label("Ward").fill("Invented Ward")
    address = page.url
    link, code = save(page, server, "stopped@invented.example")
    page.goto(link)
    page.get_by_label("Your code").fill(code)
    press(page, "Continue")
    page.goto(address)
    press(page, "Save and come back later")
    assert wrong(page) == []
    press(page, "Stop this link working")
    page.get_by_role("heading", name="The link has stopped working").wait_for()
    assert wrong(page) == []
    page.goto(link)
    page.get_by_role("heading", name="This link no longer works").wait_for()

    page.goto(address)
    link, code = save(page, server, "locked@invented.example")
    page = open_page(320)
    page.goto(link)
    for _ in range(5):
        page.get_by_label("Your code").fill("WRONG1")
        press(page, "Continue")
    page.get_by_role("heading", name="Too many wrong codes").wait_for()
    assert wrong(page) == []
    only_what_was_meant(watch)


@pytest.mark.parametrize("width", [320], indirect=True)
def test_who_comes_back_to_a_newer_form_is_shown_what_changed(page, server):
    slug = "changed"
    publish_on(server, slug, "An invented change", *ASKED, unfinished="carry")
    page.goto(f"/{slug}/")
    press(page, "Start now")
    page.get_by_label("Ward").fill("Invented Ward")
    link, code = save(page, server, "changed@invented.example")
    publish_on(server, slug, "An invented change", *NEWER, unfinished="carry")
    page.goto(link)
    page.get_by_label("Your code").fill(code)
    press(page, "Continue")
    page.get_by_role("heading", name="This form has changed since you began").wait_for()
    page.get_by_text("Invented Ward").wait_for()
    page.get_by_text("Before: What happened").wait_for()
    assert wrong(page) == []
    press(page, "Continue")
    page.get_by_label("What you saw").wait_for()
