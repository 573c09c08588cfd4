"""A coordinator prepares the anonymised pack of a case by keyboard, and a panel member reads it."""

import pytest

from tests.journeys.accessibility import WAGTAILS_OWN, does_not_fit, violations

pytestmark = pytest.mark.journey


def problems(page) -> list[str]:
    return violations(page, within="main", ignore=WAGTAILS_OWN) + does_not_fit(page)


def before_the_panel(staff) -> str:
    staff.goto("/admin/cases/?state=panel_scheduled")
    return staff.locator("td.title a").first.inner_text().strip()


def test_a_pack_is_prepared_by_keyboard_and_read_by_the_panel(staff_page):
    coordinator = staff_page("coordinator")
    address = f"/admin/cases/{before_the_panel(coordinator)}/pack/"
    coordinator.goto(f"{address}prepare/")
    coordinator.get_by_role("button", name="Make the pack").press("Enter")
    coordinator.locator(".cdop-passage").first.wait_for()
    assert problems(coordinator) == []
    while (passage := coordinator.locator(".cdop-passage:not(.cdop-passage--decided)").first).count():
        passage.get_by_label("What the panel reads").fill("Read by the panel.")
        coordinator.keyboard.press("Tab")
        with coordinator.expect_navigation():
            coordinator.keyboard.press("Enter")
    coordinator.get_by_role("link", name="Finish the pack").press("Enter")
    with coordinator.expect_navigation():
        coordinator.get_by_role("button", name="Finish it").press("Enter")

    member = staff_page("panel-member", width=375)
    member.goto(address)
    assert "Read by the panel." in member.locator("main").inner_text()
    assert "Opened by Demo Panel member" in member.locator("main").inner_text()
    assert member.locator("main a[download]").count() == 0
    assert problems(member) == []


def test_preparing_fits_a_phone(staff_page):
    coordinator = staff_page("coordinator", width=375)
    coordinator.goto("/admin/cases/?state=ready_for_panel")
    case = coordinator.locator("td.title a").first.inner_text().strip()
    coordinator.goto(f"/admin/cases/{case}/pack/prepare/")
    coordinator.get_by_role("button", name="Make the pack").click()
    coordinator.locator(".cdop-passage").first.wait_for()
    assert problems(coordinator) == []
