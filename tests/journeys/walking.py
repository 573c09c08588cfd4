"""The notification form in a browser: what a professional would type on each page."""

import re

from cdop.settings import base
from tests.notifying import date_parts, days_ago

TYPED = {
    "you": {
        "notifier_name": "Invented Registrar",
        "notifier_role": "Paediatric registrar",
        "notifier_agency": "Invented Hospital",
        "notifier_email": "registrar@invented.example",
    },
    "child": {"child_first_names": "Journey", "child_family_name": "Madeup", "nhs_number": "999 000 0018"},
    "home": {"address__line1": "1 Made Up Street", "address__town": "Nowhere", "postcode": "ZZ99 3WZ"},
    "place": {"place_of_death_name": "Invented Hospital"},
    "coroner": {"coroner_area": "Invented area"},
    "circumstances": {"circumstances": "Invented events, for a test."},
}
CHECKED = {
    "safety": {"sibling_concerns": "no"},
    "about-the-child": {"sex": "female"},
    "home": {"normally_resident_here": "yes"},
    "circumstances": {"expected": "unexpected"},
    "coroner": {"coroner_informed": "yes", "post_mortem": "pending"},
    "jar": {"jar_required": "no"},
}
SELECTED = {"about-the-child": {"ethnicity": "not_known"}, "place": {"place_of_death_type": "intensive_care"}}
BORN, DIED = days_ago(6 * 365), days_ago(2)
DATES = date_parts("date_of_birth", BORN) | date_parts("date_of_death", DIED)


def begin(page) -> None:
    page.goto("/report-a-child-death/")
    page.get_by_role("button", name="Start now").click()


def key_of(page) -> str:
    return page.url.split("?")[0].rstrip("/").rsplit("/", 1)[-1]


def fill(page, key: str) -> None:
    """Answer one page as a person would."""
    for name, code in CHECKED.get(key, {}).items():
        page.check(f"input[name={name}][value={code}]")
    for name, code in SELECTED.get(key, {}).items():
        choose(page, name, code)
    for name, value in (TYPED.get(key, {}) | (DATES if key == "dates" else {})).items():
        page.fill(f"[name={name}]", value)
    if key == "professionals":
        add_professional(page)


def choose(page, name: str, code: str) -> None:
    """In the list, or typed where the list has become a box to type in."""
    page.wait_for_load_state()
    listed = page.locator(f"select[name={name}]")
    if listed.is_visible():
        listed.select_option(code)
    else:
        page.fill(f"#id_{name}", listed.locator(f"option[value={code}]").text_content())


def add_professional(page) -> None:
    page.get_by_role("button", name="Add professional").or_(page.get_by_role("link", name="Add professional")).click()
    page.select_option("[name=agency_type]", "gp")
    page.fill("[name=org]", "Invented Surgery")
    page.get_by_role("button", name="Save", exact=True).click()


def walk_to_check(page, look=lambda page: None) -> None:
    """From the start page to "check your answers", looking at every page on the way."""
    walk_to(page, "check", look)


def walk_to(page, wanted: str, look=lambda page: None) -> None:
    begin(page)
    for _ in range(40):
        key = key_of(page)
        if key == wanted:
            return
        look(page)
        fill(page, key)
        page.get_by_role("button", name=re.compile("continue", re.I)).click()
        assert key_of(page) != key, page.locator(".nhsuk-error-summary").all_inner_texts()
    raise AssertionError(f"The journey never reached {wanted}.")


def send(page) -> str:
    """Declare and send; the reference on the receipt."""
    page.check("[name=declaration]")
    return press_send(page)


def press_send(page) -> str:
    """Who was quicker than anybody reads is asked to send again."""
    receipt, doubted = page.locator(".cdop-reference"), page.get_by_text("Please press Send once more")
    for _ in range(2):
        page.get_by_role("button", name="Send").click()
        receipt.or_(doubted).first.wait_for()
        if receipt.count():
            break
        page.wait_for_timeout(base.FORM_QUICKEST_SECONDS * 1000)
    return receipt.inner_text()
