"""The anonymised pack on a small screen; how it is prepared and read is in test_review.py."""

import pytest

from tests.journeys.accessibility import WAGTAILS_OWN, does_not_fit, violations

pytestmark = [pytest.mark.journey, pytest.mark.any_database]


def problems(page) -> list[str]:
    return violations(page, within="main", ignore=WAGTAILS_OWN) + does_not_fit(page)


def test_preparing_fits_a_phone(staff_page):
    coordinator = staff_page("coordinator", width=375)
    coordinator.goto("/admin/cases/?state=ready_for_panel")
    case = coordinator.locator("td.title a").first.inner_text().strip()
    coordinator.goto(f"/admin/cases/{case}/pack/prepare/")
    coordinator.get_by_role("button", name="Make the pack").click()
    coordinator.locator(".cdop-passage").first.wait_for()
    assert problems(coordinator) == []
