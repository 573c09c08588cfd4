"""A notification becomes a case and goes through every state to the end; then its data leave."""

import csv

import pytest

from tests.forms.test_uploads import PDF
from tests.journeys.accessibility import WAGTAILS_OWN, does_not_fit, violations
from tests.journeys.staff import act, case_of, decide, make
from tests.journeys.walking import send, walk_to_check
from tests.notifying import days_ago

pytestmark = pytest.mark.journey


def shown_state(page) -> str:
    return page.locator("main .cdop-flags").text_content()


def test_a_case_goes_from_notification_to_closed_and_is_exported(plain_page, staff_page):
    walk_to_check(plain_page)
    reference = send(plain_page)
    coordinator, chair = staff_page("coordinator"), staff_page("panel-chair")
    case = case_of(coordinator, reference)
    coordinator.get_by_text("Journey Madeup").first.wait_for()
    assert violations(coordinator, within="main", ignore=WAGTAILS_OWN) == []

    decide(coordinator, case, "scope", in_scope="yes")
    decide(coordinator, case, "jar", required="no", decider_role="Designated doctor")

    today = days_ago(0).isoformat()
    make(coordinator, case, "accept")
    assert "Gathering information" in shown_state(coordinator)
    make(coordinator, case, "information_complete", returns="returned")
    make(coordinator, case, "schedule_cdrm", cdrm_on=today)
    attach_draft(coordinator, case)
    make(coordinator, case, "record_cdrm", cdrm_kind="cdrm", cdrm_held_on=today)
    make(staff_page("designated-doctor"), case, "check_quality")
    make(coordinator, case, "quality_checked")
    prepare_pack(coordinator, case)
    make(coordinator, case, "schedule_panel")
    read_pack(staff_page("panel-member", width=375), case)
    hold_todays_panel(coordinator, case)

    chair.goto(f"/admin/cases/{case}/")
    assert "Madeup" not in chair.content()
    make(chair, case, "record_panel", category="5", modifiability="none_identified")
    make(chair, case, "sign_off")
    make(coordinator, case, "finalise")
    make(coordinator, case, "close", ncmd_receipt="INVENTED-1")
    assert "Closed" in shown_state(coordinator)

    [exported] = [row for row in export(staff_page("analyst"), "cases") if case in row.values()]
    assert "Madeup" not in str(exported)


def attach_draft(coordinator, case: str) -> None:
    """The draft analysis, which was filled in elsewhere."""
    coordinator.goto(f"/admin/cases/{case}/attach/")
    coordinator.get_by_label("File").set_input_files(
        {"name": "draft.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    coordinator.get_by_label("What is it?").select_option("draft_analysis")
    coordinator.get_by_role("button", name="Attach it").press("Enter")
    coordinator.get_by_text("The file is in the case.").wait_for()
    assert "Draft analysis form" in coordinator.locator("main").inner_text()


def prepare_pack(coordinator, case: str) -> None:
    """The anonymised pack, passage by passage, by keyboard."""
    coordinator.goto(f"/admin/cases/{case}/pack/prepare/")
    coordinator.get_by_role("button", name="Make the pack").press("Enter")
    coordinator.locator(".cdop-passage").first.wait_for()
    assert violations(coordinator, within="main", ignore=WAGTAILS_OWN) + does_not_fit(coordinator) == []
    while (passage := coordinator.locator(".cdop-passage:not(.cdop-passage--decided)").first).count():
        passage.get_by_label("What the panel reads").fill("Read by the panel.")
        coordinator.keyboard.press("Tab")
        with coordinator.expect_navigation():
            coordinator.keyboard.press("Enter")
    coordinator.get_by_role("link", name="Finish the pack").press("Enter")
    with coordinator.expect_navigation():
        coordinator.get_by_role("button", name="Finish it").press("Enter")


def read_pack(member, case: str) -> None:
    """A panel member reads it on a phone, once it is on an agenda that was shared."""
    member.goto(f"/admin/cases/{case}/pack/")
    member.get_by_text("Read by the panel.").first.wait_for()
    assert "Opened by Demo Panel member" in member.locator("main").inner_text()
    assert member.locator("main a[download]").count() == 0
    assert violations(member, within="main", ignore=WAGTAILS_OWN) + does_not_fit(member) == []


def hold_todays_panel(coordinator, case: str) -> None:
    """The panel on whose agenda the case is meets today instead, and everybody comes."""
    coordinator.goto(f"/admin/cases/{case}/")
    coordinator.locator("#meetings-section a").last.click()
    coordinator.wait_for_url("**/admin/meetings/*/")
    meeting = coordinator.url
    assert violations(coordinator, within="main", ignore=WAGTAILS_OWN) == []
    act(coordinator, meeting, f"{meeting}change/", day=days_ago(0).isoformat())
    coordinator.goto(f"{meeting}move/hold/")
    for box in coordinator.locator("[name=attended]").all():
        box.press("Space")
    coordinator.get_by_role("button", name="Record that it was held").press("Enter")
    coordinator.wait_for_url(meeting)
    assert "Held" in shown_state(coordinator)


def export(analyst, dataset: str) -> list[dict[str, str]]:
    """Download a dataset as a person would; its rows."""
    analyst.goto(f"/admin/exports/datasets/{dataset}/")
    analyst.fill("main [name=why]", "To try the export")
    with analyst.expect_download() as download:
        analyst.get_by_role("button", name="Download", exact=True).click()
    with open(download.value.path(), newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


@pytest.mark.any_database
@pytest.mark.parametrize(
    "username",
    [
        "site-editor",
        "form-editor",
        "coordinator",
        "designated-doctor",
        "panel-chair",
        "panel-member",
        "analyst",
        "information-governance",
        "administrator",
    ],
)
def test_every_role_can_open_everything_in_its_menu(staff_page, username):
    staff = staff_page(username)
    addresses = staff.evaluate("[...document.querySelectorAll('nav a[href^=\"/admin/\"]')].map(link => link.href)")
    for address in sorted(set(addresses)):
        if "/logout" not in address:
            response = staff.goto(address)
            assert response.status == 200, address


@pytest.mark.any_database
def test_the_case_list_and_a_case_pass_axe(staff_page):
    staff = staff_page("coordinator")
    found = {}
    for address in ("/admin/", "/admin/cases/", "/admin/cases/new/", "/admin/exports/"):
        staff.goto(address)
        if problems := violations(staff, within="main", ignore=WAGTAILS_OWN):
            found[address] = problems
    assert found == {}


@pytest.mark.any_database
def test_a_child_who_was_notified_twice_is_one_case_and_two_again(plain_page, staff_page):
    references = []
    for _ in range(2):
        walk_to_check(plain_page)
        references.append(send(plain_page))
    staff = staff_page("coordinator")
    kept, merged = (case_of(staff, reference) for reference in references)
    staff.goto(f"/admin/cases/{merged}/compare/{kept}/")
    staff.set_viewport_size({"width": 375, "height": 800})
    assert violations(staff, within="main", ignore=WAGTAILS_OWN) == []
    assert does_not_fit(staff) == []
    staff.get_by_role("button", name=f"Same child: merge into {kept}").press("Enter")
    staff.wait_for_url(f"**/admin/cases/{kept}/")
    assert all(reference in staff.content() for reference in references)

    make(staff, merged, "undo_duplicate", reason="Invented: another child")
    assert "Notified" in shown_state(staff)
    assert references[1] in staff.content()
