"""A professional notifies a child's death, in a real browser."""

import pytest

from tests.journeys.walking import begin, send, walk_to_check

pytestmark = pytest.mark.journey


def test_the_form_works_without_javascript(plain_page):
    walk_to_check(plain_page)
    assert send(plain_page)


def test_a_link_in_the_error_summary_leads_to_the_question(page):
    begin(page)
    page.get_by_role("button", name="Save and continue").click()
    assert page.title().startswith("Error:")
    page.locator(".nhsuk-error-summary a").first.click()
    assert page.evaluate("document.activeElement.name") == "sibling_concerns"


def test_a_double_click_on_send_leaves_one_receipt(page):
    walk_to_check(page)
    page.check("[name=declaration]")
    page.get_by_role("button", name="Send").dblclick()
    page.wait_for_selector(".cdop-reference")
    assert page.locator(".cdop-reference").count() == 1
