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


def add_question(page, inside, kind, words):
    inside.locator("[data-contentpath=questions] .c-sf-add-button").last.click()
    page.get_by_role("option", name=kind, exact=True).click()
    box = page.locator("input[name$='-label']:visible").last
    box.fill(words)
    box.press("Tab")


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


def test_an_editor_adds_a_question_with_a_condition_and_publishes_it(editor):
    part = opened(editor, "The child")
    add_question(editor, part, "Yes, no or not known", "Was the child a twin?")
    heading(editor, "Stored as was_the_child_a_twin").wait_for()
    editor.locator("h2[data-panel-heading]:visible", has_text="Ask only if").last.click()
    editor.locator("[data-contentpath=tests]:visible .c-sf-add-button").last.click()
    question = editor.locator(".cdop-test select[name$='-question']:visible")
    question.focus()
    assert "Birth and death" not in question.inner_text()
    question.select_option(label="Has someone else already notified us of this death?")
    editor.locator(".cdop-test select[aria-label=Value]:visible").select_option(label="No")
    publish(editor)
    open_form(editor)
    opened(editor, "The child")
    heading(editor, "was_the_child_a_twin").click()
    shown = editor.locator("h2[data-panel-heading]:visible", has_text="Ask only if").last.inner_text()
    assert "“Has someone else already notified us of this death?” is No" in shown


def publish(page):
    page.get_by_role("button", name="More actions").click()
    with page.expect_navigation(wait_until="load"):
        page.get_by_role("button", name="Publish", exact=True).click()


def test_two_questions_with_one_key_are_refused_and_the_place_is_shown(editor):
    part = opened(editor, "The child")
    add_question(editor, part, "Short text", "Another")
    heading(editor, "Stored as another").click()
    editor.locator("input[name$='-key']:visible").last.fill("sex")
    publish(editor)
    assert "Two questions have the key “sex”" in editor.locator(".messages").inner_text()
    editor.locator(".cdop-checks li", has_text="Two questions have the key").get_by_role("link").click()
    editor.locator("input[name$='-key']:visible").first.wait_for()


def test_a_phone_is_wide_enough_to_edit_a_question(staff_page):
    page = open_form(staff_page("form-editor", width=375))
    opened(page, "The child")
    heading(page, "child_first_names").click()
    box = page.locator("input[name$='-label']:visible").bounding_box()
    assert box["x"] + box["width"] <= 375
