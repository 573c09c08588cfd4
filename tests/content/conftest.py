"""The public site as it ships, asked for once."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from io import StringIO

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, Site

from content.models import GuidancePage
from tests.caches import empty_caches

NOTIFICATION_START = "/report-a-child-death/"


@dataclass(frozen=True)
class ShippedSite:
    """Every shipped page as a visitor gets it, by address, and what every address that they link to answers."""

    pages: dict[str, BeautifulSoup]
    answers: dict[str, int]


def links(html: BeautifulSoup) -> set[str]:
    """Addresses on this site that a page links to."""
    found = (link["href"].split("#")[0].split("?")[0] for link in html.select("a[href]"))
    return {address for address in found if address.startswith("/")}


@pytest.fixture(scope="session")
def shipped(django_db_setup, django_db_blocker) -> Iterator[ShippedSite]:
    client = Client()
    empty_caches()
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_pages", stdout=StringIO())
        call_command("load_forms", "notification", stdout=StringIO())
        addresses = [page.url for page in Page.objects.live().filter(depth__gt=1)]
        pages = {address: BeautifulSoup(client.get(address).content, "html.parser") for address in addresses}
        linked = set().union(*map(links, pages.values()))
        answers = {address: client.get(address).status_code for address in linked | {*addresses}}
        transaction.set_rollback(True)
    empty_caches()
    return ShippedSite(pages, answers)


@pytest.fixture
def site(db) -> Site:
    return Site.objects.select_related("root_page").get(is_default_site=True)


@pytest.fixture
def add_page(site):
    """`add_page(title=…)`: a published page below the home page."""

    def add(publish: bool = True, **fields) -> GuidancePage:
        page = site.root_page.specific.add_child(
            instance=GuidancePage(**{"title": "A page", "slug": "a-page"} | fields)
        )
        if publish:
            page.save_revision().publish()
        return page

    return add


@pytest.fixture
def queries() -> Callable[[], AbstractContextManager[list[str]]]:
    """`with queries() as asked`: what was asked of the database, leaving out the stamp of the content.

    Inside the transaction of a test the stamp is asked for every time; outside one, once in two seconds.
    """

    @contextmanager
    def listen() -> Iterator[list[str]]:
        asked: list[str] = []
        with CaptureQueriesContext(connection) as captured:
            yield asked
        asked += [query["sql"] for query in captured if "cdop_content_contentstamp" not in query["sql"]]

    return listen
