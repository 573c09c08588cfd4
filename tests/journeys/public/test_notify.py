"""A professional notifies a child's death, in a real browser."""

import re

import pytest

from cdop.settings import base
from tests.journeys.accessibility import does_not_fit, violations
from tests.journeys.keyboard import answer, focused_in_order, press_until, see_focus
from tests.journeys.walking import (
    CHECKED,
    DATES,
    SELECTED,
    TYPED,
    add_professional,
    begin,
    key_of,
    send,
    walk_to,
    walk_to_check,
)

pytestmark = [pytest.mark.journey, pytest.mark.any_database]

REFERENCE = r"[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}"


def test_every_page_from_start_to_receipt_passes_axe_and_never_scrolls_sideways(page):
    found: dict[str, list[str]] = {}

    def look(page):
        if problems := violations(page) + does_not_fit(page):
            found[key_of(page)] = problems

    page.goto("/report-a-child-death/")
    look(page)
    walk_to_check(page, look)
    look(page)
    reference = send(page)
    look(page)
    assert found == {}
    assert re.fullmatch(REFERENCE, reference)


def test_the_form_works_without_javascript(plain_page):
    walk_to_check(plain_page)
    assert re.fullmatch(REFERENCE, send(plain_page))


def test_an_error_is_in_the_title_has_the_focus_and_leads_to_its_question(page):
    begin(page)
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_selector(".nhsuk-error-summary")
    assert page.title().startswith("Error:")
    assert page.evaluate("document.activeElement.classList.contains('nhsuk-error-summary')")
    assert violations(page) == []
    page.locator(".nhsuk-error-summary a").first.click()
    assert page.evaluate("document.activeElement.name") == "sibling_concerns"


def test_a_long_list_is_searched_and_part_of_an_answer_is_enough(page):
    walk_to(page, "about-the-child")
    box = page.get_by_label("Ethnic group")
    box.fill("pakist")
    box.blur()
    assert box.input_value().endswith("Pakistani")
    assert page.locator("select[name=ethnicity]").input_value() == "asian_pakistani"
    box.fill("other")
    page.get_by_role("button", name="Save and continue").click()
    assert box.evaluate("box => box.validationMessage") == "Choose one of the suggestions"
    assert key_of(page) == "about-the-child"


def test_a_double_click_a_refresh_and_the_back_button_all_show_the_one_receipt(open_page):
    page = open_page()
    walk_to_check(page)
    page.check("[name=declaration]")
    page.wait_for_timeout(base.FORM_QUICKEST_SECONDS * 1000)  # who is quicker than anybody reads is asked again
    page.get_by_role("button", name="Send").dblclick()
    page.wait_for_selector(".cdop-reference")
    reference = page.locator(".cdop-reference").inner_text()
    page.reload()
    assert page.locator(".cdop-reference").inner_text() == reference
    page.go_back()
    assert page.locator(".cdop-reference").inner_text() == reference


def test_two_tabs_share_their_answers_and_the_second_send_gives_the_same_receipt(open_page):
    page = open_page()
    walk_to_check(page)
    other = page.context.new_page()
    other.goto(page.url)
    reference = send(page)
    assert send(other) == reference


def test_the_tab_key_goes_through_a_page_in_the_order_one_reads_it(open_page):
    page = open_page()
    begin(page)
    page.check("[name=sibling_concerns][value=no]")
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_url("**/you/")
    order = focused_in_order(page)
    assert order[0] == "Skip to main content"
    names = [name for name in order if name in TYPED["you"]]
    assert names == list(TYPED["you"])
    assert "Save and continue" in order[order.index("notifier_email") :]


def test_the_whole_notification_can_be_sent_from_the_keyboard(open_page):
    page = open_page()
    page.goto("/report-a-child-death/")
    press_until(page, "button:has-text('Start now')")
    see_focus(page)
    page.keyboard.press("Enter")
    page.wait_for_url("**/safety/")
    while (key := key_of(page)) != "check":
        if key == "professionals":
            add_professional(page)
        typed = TYPED.get(key, {}) | (DATES if key == "dates" else {})
        answer(page, typed, CHECKED.get(key, {}), SELECTED.get(key, {}))
        press_until(page, "main form button[type=submit]:not([name])")
        see_focus(page)
        page.keyboard.press("Enter")
        page.wait_for_function("key => !location.pathname.endsWith(`/${key}/`)", arg=key)
    press_until(page, "[name=declaration]")
    page.keyboard.press("Space")
    press_until(page, "button:has-text('Send')")
    page.keyboard.press("Enter")
    assert re.fullmatch(REFERENCE, page.locator(".cdop-reference").inner_text())
