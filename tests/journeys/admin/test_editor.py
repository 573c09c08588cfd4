"""An editor in a real browser: a question added, asked only sometimes, previewed and published without code."""

import re

import pytest

from tests.journeys.keyboard import see_focus
from tests.journeys.staff import case_of, choose_kind
from tests.journeys.walking import begin, fill, key_of, send, walk_to_check

pytestmark = [pytest.mark.journey, pytest.mark.any_database]

FORMS = "/admin/snippets/cdop_forms/form/"


@pytest.fixture
def editor(staff_page):
    return open_form(staff_page("form-editor"))


def open_form(page, title="Notify us"):
    page.goto(FORMS)
    page.get_by_role("link", name=re.compile(title)).first.click()
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


def test_what_is_moved_by_keyboard_keeps_the_focus_and_can_be_moved_on(editor):
    place = editor.locator("input[name=pages-0-order]")
    editor.get_by_role("button", name="Move down").first.focus()
    for pressed, expected, focused in (
        ("Enter", "1", "[data-streamfield-action=MOVE_DOWN]"),
        ("Enter", "2", "[data-streamfield-action=MOVE_DOWN]"),
        ("Shift+Tab", "2", "[data-streamfield-action=MOVE_UP]"),
        ("Enter", "1", "[data-streamfield-action=MOVE_UP]"),
        ("Enter", "0", "[data-panel-toggle]"),
    ):
        editor.keyboard.press(pressed)
        editor.locator(f"{focused}:focus").wait_for(timeout=5_000)
        see_focus(editor)
        assert place.input_value() == expected


def test_what_is_counted_is_chosen_from_the_questions_and_answers_of_the_group(staff_page):
    editor = open_form(staff_page("form-editor"), "Analysis form")
    page = opened(editor, "Modifiable factors")
    heading(editor, "modifiable_factors").click()
    counted = page.locator("select[name*='-calculation-of-']")
    assert counted.evaluate("list => list.selectedOptions[0].text") == "Factors"
    heading(page, "Count only those for which").click()

    asked = page.locator("select[name$='-calculation-where-tests-0-value-question']")
    assert asked.evaluate("list => list.selectedOptions[0].text") == "How much may it have contributed?"
    answers = page.locator(".cdop-answers:visible").first
    chosen = answers.locator("label:has(:checked)")
    assert [words.strip() for words in chosen.all_inner_texts()] == [
        "2 – May have contributed",
        "3 – Complete and sufficient explanation",
    ]
    asked.focus()
    assert asked.evaluate("list => [...list.options].map(({ text }) => text)") == [
        "–",
        "Domain",
        "Factor",
        "Description",
        "How much may it have contributed?",
        "Could it be changed, to lower the risk for other children?",
        "Evidence",
    ]
    asked.select_option(label="Domain")
    page.locator(".cdop-answers:visible").first.get_by_label("D – Services").check()
    assert page.locator("input[name$='-calculation-where-tests-0-value-value']").input_value() == "D"


def test_what_is_worked_out_is_compared_as_a_number_with_any_number(staff_page):
    editor = open_form(staff_page("form-editor"), "Analysis form")
    rule = opened(editor, "No factor is graded 2")
    heading(rule, "Refuse when").click()
    chosen = rule.locator("select option:checked[value=modifiable_factors]").first
    test = chosen.locator("xpath=ancestor::*[contains(@class, 'cdop-test')][1]")
    offered = test.locator("select[name$='-comparison'] option").evaluate_all(
        "options => options.filter(({ hidden }) => !hidden).map(({ value }) => value)"
    )
    assert offered == ["is", "is_not", "answered", "not_answered", "at_least", "at_most"]
    test.locator("select[name$='-comparison']").select_option("at_most")
    test.locator("input[type=number]").fill("3")
    assert test.locator("input[name$='-value-value']").input_value() == "3"
    other = test.locator("select[name$='-other']")
    other.focus()
    numbers = other.locator("option").evaluate_all("options => options.map(({ value }) => value)")
    assert numbers == ["", "age_at_death", "modifiable_factors"]


def add_question(editor, page_title, words):
    page = opened(editor, page_title)
    page.locator("input[name$='-title']").wait_for()
    choose_kind(page, "Short text")
    page.locator("input[name$='-label']:visible").last.fill(words)


def asks(visitor, words) -> bool:
    """Whether a person who starts the form now is asked this on the page about the child."""
    begin(visitor)
    while key_of(visitor) != "child":
        fill(visitor, key_of(visitor))
        visitor.get_by_role("button", name="Save and continue").click()
    visitor.wait_for_load_state()
    return visitor.get_by_label(words).count() == 1


def test_an_editor_adds_a_question_and_what_was_sent_before_reads_as_it_was_answered(editor, plain_page, staff_page):
    walk_to_check(plain_page)
    before, coordinator = send(plain_page), staff_page("coordinator")
    case = case_of(coordinator, before)

    add_question(editor, "The child", "Favourite colour")
    editor.get_by_role("button", name="Toggle preview").click()
    editor.frame_locator("iframe").first.get_by_label("Favourite colour").wait_for()
    assert not asks(plain_page, "Favourite colour")

    editor.get_by_role("button", name="More actions").click()
    editor.get_by_role("button", name="Publish").click()
    editor.wait_for_url(f"**{FORMS}")
    assert asks(plain_page, "Favourite colour")

    coordinator.goto(f"/admin/cases/{case}/")
    assert coordinator.get_by_text("on version 1 of the form").count() == 1
    assert "Favourite colour" not in coordinator.content()
    coordinator.get_by_text("Journey Madeup").first.wait_for()
