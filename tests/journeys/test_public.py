"""What families and professionals read, in a real browser."""

import re

import pytest

from tests.journeys.accessibility import scrolls_sideways, violations

pytestmark = pytest.mark.journey


def addresses(page) -> list[str]:
    """Every published page, from the sitemap."""
    sitemap = page.request.get("/sitemap.xml").text()
    return [re.sub(r"^https?://[^/]+", "", found) for found in re.findall(r"<loc>([^<]+)</loc>", sitemap)]


def look(page, address: str) -> list[str]:
    page.goto(address)
    problems = violations(page)
    if scrolls_sideways(page):
        problems.append("scrolls sideways")
    if page.locator("h1").count() != 1:
        problems.append(f"{page.locator('h1').count()} headings of the first rank")
    return problems


def test_every_published_page_passes_axe_and_fits_the_screen(page):
    pages = addresses(page)
    assert "/" in pages
    found = {address: look(page, address) for address in [*pages, "/search/?q=support", "/search/?q=zzzz"]}
    assert {address: problems for address, problems in found.items() if problems} == {}


def test_a_page_that_is_not_there_says_where_to_go_next(page, watch):
    response = page.goto("/no-such-page/")
    assert response.status == 404
    assert violations(page) == []
    assert page.locator("main a[href='/']").count() >= 1
    # The browser itself reports the 404 of the page we asked for.
    assert [complaint for complaint in watch.complaints if "404" not in complaint] == []
    watch.complaints.clear()


def test_no_link_on_a_published_page_leads_nowhere(plain_page):
    followed, broken = set(), []
    for address in addresses(plain_page):
        plain_page.goto(address)
        links = plain_page.evaluate("[...document.querySelectorAll('a[href]')].map(link => link.getAttribute('href'))")
        for link in {link.split("#")[0] for link in links if link.startswith("/")} - followed:
            followed.add(link)
            if not plain_page.request.get(link).ok:
                broken.append(f"{address} → {link}")
    assert broken == []


def test_the_way_from_the_home_page_to_the_form_works_without_javascript(plain_page):
    plain_page.goto("/")
    for part in ("/professionals/", "notify", "report-a-child-death"):
        plain_page.locator(f"main a[href*='{part}']").first.click()
    assert plain_page.get_by_role("button", name="Start now").is_visible()
