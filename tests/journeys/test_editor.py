"""An editor in a real browser: a question added, asked only sometimes, previewed and published without code."""

import re

import pytest

pytestmark = pytest.mark.journey

FORMS = "/admin/snippets/cdop_forms/form/"


@pytest.fixture
def editor(staff_page):
    return open_form(staff_page("form-editor"))


def open_form(page):
    page.goto(FORMS)
    page.get_by_role("link", name=re.compile("Notify us")).first.click()
    page.locator("[data-folded]").nth(15).wait_for(state="attached")
    return page


def heading(page, text):
    return page.locator("h2[data-panel-heading]", has_text=text).first


def opened(page, title):
    """Open a page of the form; the part of the editor in which it is edited."""
    section = heading(page, title).locator("xpath=ancestor::section[1]").get_attribute("id")
    heading(page, title).click()
    return page.locator(f"#{section}")


def test_the_outline_of_a_long_form_is_seen_at_once_and_only_what_is_opened_is_drawn(editor):
    assert editor.locator("[data-streamfield-child] input[name$='-label']").count() == 0
    opened(editor, "The child")
    heading(editor, "child_first_names").click()
    assert editor.locator("input[name$='-label']").count() == 1


def test_opening_questions_changes_nothing(editor):
    opened(editor, "About you")
    heading(editor, "notifier_role").click()
    editor.wait_for_timeout(3_000)
    assert editor.locator("[data-w-unsaved-has-edits-value=true]").count() == 0
