"""Families and professionals read the public pages, on a computer and on a phone."""

import re
import time
import urllib.request

import pytest

from tests.journeys.accessibility import does_not_fit, violations

pytestmark = [pytest.mark.journey, pytest.mark.any_database]
BANNER = "Invented banner: the phones are down."


def addresses(page) -> list[str]:
    """Every public page, as the sitemap lists them."""
    text = page.request.get("/sitemap.xml").text()
    return [re.sub(r"^https?://[^/]+", "", found) for found in re.findall(r"<loc>([^<]+)</loc>", text)]


def test_every_page_is_accessible_and_fits_the_screen(page):
    found = {}
    for address in [*addresses(page), "/search/", "/search/?q=coroner", "/search/?q=zzzz"]:
        page.goto(address)
        found[address] = violations(page) + does_not_fit(page)
    assert len(found) > 20
    assert {address: wrong for address, wrong in found.items() if wrong} == {}


def test_reading_leaves_no_cookie(page):
    """But for pages on which a form starts: sending it needs one."""
    setting = []
    for address in addresses(page):
        page.goto(address)
        if page.context.cookies() and page.get_by_role("button", name="Start now").count() == 0:
            setting.append(address)
        page.context.clear_cookies()
    assert setting == []


def test_the_first_key_skips_to_the_content(page):
    page.goto("/families/support/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    page.keyboard.press("Enter")
    page.wait_for_url("**/#maincontent")


def test_a_phone_opens_the_rest_of_the_menu(open_page):
    page = open_page(375)
    page.goto("/")
    page.get_by_role("button", name="More").click()
    page.get_by_role("link", name="Contact us").first.click()
    assert page.title().startswith("Contact us")


def test_a_bereaved_parent_finds_support_in_two_clicks(page):
    page.goto("/")
    page.get_by_role("link", name="I am bereaved").click()
    page.get_by_role("link", name="Support for you and your family").click()
    assert page.get_by_role("link", name="116 123").first.get_attribute("href") == "tel:116123"


def test_everything_can_be_read_and_searched_without_javascript(plain_page):
    plain_page.goto("/")
    plain_page.get_by_label("Search this website").fill("funeral")
    plain_page.keyboard.press("Enter")
    plain_page.get_by_role("link", name="Practical matters").click()
    plain_page.get_by_role("link", name="For professionals").first.click()
    plain_page.get_by_role("link", name="How to notify us of a child’s death").click()
    plain_page.get_by_role("button", name="Notify us of a child’s death").click()
    assert plain_page.url.endswith("/report-a-child-death/")


def test_an_editor_reads_a_page_with_the_bar(staff_page, watch):
    page = staff_page("site-editor")
    watch.complaints.clear()  # what the admin itself complains of is not what this journey is about
    page.goto("/families/")
    page.get_by_role("button", name="View Wagtail quick actions").wait_for()


def test_a_banner_shows_in_every_process_within_seconds(staff_page, server, watch):
    def shown() -> list[bool]:
        pages = [urllib.request.urlopen(f"{server.url}/families/").read().decode() for _ in range(12)]
        return [BANNER in page for page in pages]

    assert not any(shown())
    page = staff_page("coordinator")
    for text in (BANNER, ""):
        page.goto("/admin/settings/cdop_content/areasettings/")
        page.fill("#id_banner", text)
        page.get_by_role("button", name="Save").click()
        page.wait_for_selector(".messages .success")
        time.sleep(3)
        assert all(shown()) if text else not any(shown())
    watch.complaints.clear()
