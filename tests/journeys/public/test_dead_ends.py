"""No way through the public pages ends in nothing."""

import re

import pytest

from tests.journeys.accessibility import violations

pytestmark = [pytest.mark.journey, pytest.mark.any_database]


def addresses(page) -> list[str]:
    """Every published page, from the sitemap."""
    sitemap = page.request.get("/sitemap.xml").text()
    return [re.sub(r"^https?://[^/]+", "", found) for found in re.findall(r"<loc>([^<]+)</loc>", sitemap)]


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
