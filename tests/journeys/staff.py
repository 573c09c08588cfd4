"""What staff do in the admin, click by click."""

from playwright import sync_api

from tests.notifying import days_ago


def case_of(staff, reference: str) -> str:
    """The reference of the case that a notification became, found as a coordinator would: down the list."""
    staff.goto("/admin/cases/?state=notified")
    cases = staff.locator("td.title a").all_inner_texts()
    for case in cases:
        staff.goto(f"/admin/cases/{case.strip()}/")
        if reference in staff.content():
            return case.strip()
    raise AssertionError(f"Among {cases} none is from notification {reference}.")


def make(staff, case: str, move: str, **answers: str) -> None:
    """Make a move, answering what it asks."""
    act(staff, f"/admin/cases/{case}/", f"/admin/cases/{case}/move/{move}/", **answers)


def decide(staff, case: str, decision: str, **answers: str) -> None:
    """Record the scope or Joint Agency Response decision."""
    act(staff, f"/admin/cases/{case}/", f"/admin/cases/{case}/{decision}/", **answers)


def act(staff, home: str, address: str, **answers: str) -> None:
    """Fill in a form of the admin. By keyboard: the calendar of a date lies over the fields below it."""
    staff.goto(address)
    fill_in(staff, answers)
    staff.locator("main form button[type=submit]").first.press("Enter")
    staff.wait_for_url(f"**{home}" if home.startswith("/") else home)


def fill_in(staff, answers: dict[str, str]) -> None:
    """What is asked for, and whatever else must be answered."""
    for field in staff.locator("main form [name]:visible").all():
        name, kind = field.get_attribute("name"), field.get_attribute("type")
        wanted = answers.get(name)
        if kind == "radio":
            if wanted in (None, field.get_attribute("value")) and not _group_is_checked(staff, name):
                field.press("Space")
        elif kind == "checkbox":
            if field.get_attribute("required") is not None or wanted == (field.get_attribute("value") or "on"):
                field.press("Space")
        elif wanted is not None or (field.get_attribute("required") is not None and not field.input_value()):
            _enter(staff, field, wanted)


def _group_is_checked(staff, name: str) -> bool:
    return staff.locator(f"main [name={name}]:checked").count() > 0


def _enter(staff, field, wanted: str | None) -> None:
    if wanted and field.evaluate("field => field.tagName") == "SELECT":
        field.select_option(wanted)
        return
    is_date = "date" in (field.get_attribute("data-controller") or "")
    field.fill(wanted or (days_ago(0).isoformat() if is_date else "Invented"))


def open_part(block, title: str) -> None:
    """Unfold a part of a question in the form editor, which may be drawn anew while one presses its heading."""
    heading = block.get_by_role("heading", name=title).last
    part = heading.locator("xpath=ancestor::section[1]")
    for _ in range(5):
        if part.locator("[data-panel-toggle]").first.get_attribute("aria-expanded") == "false":
            heading.click()
        try:
            return part.locator(".w-panel__content").first.wait_for(timeout=5_000)
        except sync_api.TimeoutError:
            continue
    raise AssertionError(f"“{title}” never opened.")


def choose_kind(place, kind: str) -> None:
    """Add a question of a kind at the end of a page of the form editor.

    The list of kinds closes when the draft saves itself meanwhile: a person opens it again.
    """
    offered = place.page.get_by_role("option", name=kind, exact=True)
    for _ in range(5):
        place.locator(".c-sf-add-button").last.click()
        try:
            return offered.click(timeout=5_000)
        except sync_api.TimeoutError:
            continue
    raise AssertionError(f"“{kind}” was never offered.")
