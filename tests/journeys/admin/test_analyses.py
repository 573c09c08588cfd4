"""A final analysis is changed, signed by the chair of its panel, and laid beside the draft."""

import pytest

from tests.journeys.accessibility import WAGTAILS_OWN, does_not_fit, violations

pytestmark = [pytest.mark.journey, pytest.mark.any_database]
PAGES = 30
ONWARD = "main button[type=submit]:not([name])"


def problems(page) -> list[str]:
    return violations(page, within="main", ignore=WAGTAILS_OWN) + does_not_fit(page)


def a_signed_case(staff) -> str:
    """A case of the demo that a panel reviewed with a signed analysis."""
    staff.goto("/admin/cases/?state=panel_reviewed")
    cases = [case.strip() for case in staff.locator("td.title a").all_inner_texts()]
    for case in cases:
        staff.goto(f"/admin/cases/{case}/")
        if staff.get_by_role("link", name="Change the final analysis").count():
            return case
    raise AssertionError(f"Among {cases} none has a signed analysis.")


def walk(staff) -> None:
    """Through the form as it was copied, to the check page, and send it."""
    for _ in range(PAGES):
        if staff.url.endswith("/check/"):
            break
        here = staff.url
        staff.locator(ONWARD).click()
        staff.wait_for_url(lambda url, here=here: url != here)
    staff.check("[name=declaration]")
    staff.locator(ONWARD).click()
    staff.wait_for_url("**/sent/")


def test_a_final_analysis_is_changed_and_signed_again(staff_page):
    coordinator, chair = staff_page("coordinator"), staff_page("panel-chair", width=375)
    case = a_signed_case(coordinator)
    assert problems(coordinator) == []
    coordinator.get_by_role("link", name="Change the final analysis").press("Enter")
    coordinator.fill("[name=reason]", "A late result")
    assert problems(coordinator) == []
    coordinator.get_by_role("button", name="Go to the form").press("Enter")
    coordinator.wait_for_url("**/answer/**")
    walk(coordinator)
    coordinator.get_by_role("button", name="Back", exact=True).press("Enter")
    coordinator.get_by_text("Waits for the chair’s signature").first.wait_for()

    chair.goto(f"/admin/cases/{case}/")
    chair.get_by_role("link", name="Read and sign it").press("Enter")
    chair.locator("[name=agreed]").press("Space")
    assert problems(chair) == []
    chair.get_by_role("button", name="Sign it").press("Enter")
    chair.get_by_text("Signed. The panel’s findings are recorded.").wait_for()
    chair.goto(f"/admin/cases/{case}/analyses/compare/")
    assert problems(chair) == []
    assert "What is different in Final 2" in chair.locator("main").inner_text()
    chair.locator("main thead a").last.press("Enter")
    chair.get_by_text("Why it was changed").wait_for()
    assert problems(chair) == []
