"""The annual report as those read it who run it: the list, what is missing or has changed, and true numbers."""

import pytest

from tests.journeys.accessibility import WAGTAILS_OWN, does_not_fit, violations

pytestmark = [pytest.mark.journey, pytest.mark.any_database]


def problems(page) -> list[str]:
    return violations(page, within="main", ignore=WAGTAILS_OWN) + does_not_fit(page)


@pytest.mark.parametrize("width", [1280, 375])
def test_a_report_is_found_and_read_with_true_numbers(staff_page, width):
    page = staff_page("coordinator", width)
    page.goto("/admin/exports/reports/")
    assert problems(page) == []
    page.locator("main").get_by_role("link", name="invented").click()
    page.get_by_role("button", name="Freeze the figures again").wait_for()
    assert problems(page) == []
    page.get_by_role("link", name="Read it as partners do").click()
    page.get_by_role("heading", name="The children who died").wait_for()
    assert problems(page) == []
    assert "*" not in page.locator("main table").first.inner_text()
