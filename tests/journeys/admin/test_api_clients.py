"""An administrator lets another system in, and shuts it out again."""

import pytest

from tests.journeys.accessibility import WAGTAILS_OWN, violations

pytestmark = [pytest.mark.journey, pytest.mark.any_database]
RECEIPT = "/api/v1/submissions/AAAA-BBBB-CCCC/receipt"


def status(page, token: str) -> int:
    return page.request.get(RECEIPT, headers={"Authorization": f"Bearer {token}"}).status


def test_a_token_is_made_copied_and_revoked(staff_page):
    page = staff_page("administrator")
    page.goto("/admin/snippets/cdop_forms/apiclient/")
    page.get_by_role("link", name="Add API client").first.click()
    page.get_by_role("textbox", name="Name").fill("Invented ward system")
    page.get_by_label("Send answers").check()
    assert violations(page, "main", WAGTAILS_OWN) == []
    page.locator("main").get_by_role("button", name="Save").press("Enter")
    token = page.get_by_label("Token", exact=True).input_value()
    assert violations(page, "main", WAGTAILS_OWN) == []
    assert status(page, token) == 404

    page.get_by_role("link", name="I have copied it").click()
    page.get_by_role("link", name="Invented ward system").click()
    assert violations(page, "main", WAGTAILS_OWN) == []
    page.get_by_role("textbox", name="Name").fill("Renamed ward system")
    page.get_by_role("textbox", name="Name").press("Enter")
    page.get_by_role("link", name="Renamed ward system").first.click()
    assert status(page, token) == 404

    page.get_by_role("button", name="Revoke the token").click()
    page.get_by_text("no longer works").first.wait_for()
    assert status(page, token) == 401
