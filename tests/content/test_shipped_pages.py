"""Every page that ships: reachable, whole, readable, and calling nobody else."""

import itertools
import re
from urllib.parse import urlsplit

import pytest

from content.definitions import read_pages

pytestmark = pytest.mark.django_db
KEYS = [definition.key for definition in read_pages()]
ADDRESSES = [*("/" if key == "home" else f"/{key}/" for key in KEYS), "/report-a-child-death/"]
# One word or two of each function and requirement that no other holds (public-content.md §1).
FUNCTIONS = [
    "collects",
    "analyses",
    "recommendations",
    "abuse or neglect",
    "database",
    "annual report",
    "wider learning",
]
REQUIREMENTS = ["families", "responsible", "which deaths", "join together", "analysed", "review is for", "told"]

pages = pytest.mark.parametrize("address", ADDRESSES)


@pages
def test_it_is_published_at_its_address(shipped, address):
    assert shipped.answers[address] == 200


def test_nothing_else_is_published(shipped):
    assert set(shipped.pages) == set(ADDRESSES)


def test_every_link_inside_the_site_leads_somewhere(shipped):
    assert {address: status for address, status in shipped.answers.items() if status != 200} == {}


@pages
def test_it_can_be_reached_from_the_home_page_in_three_clicks(shipped, address):
    from tests.content.conftest import links

    reached = {"/"}
    for _ in range(3):
        reached |= set().union(*(links(shipped.pages[page]) for page in reached if page in shipped.pages))
    assert address in reached


@pages
def test_no_other_host_is_asked_for_anything(shipped, address):
    html = shipped.pages[address]
    asked = [
        tag.get("src") or tag.get("href") for tag in html.select("script, img, iframe, link, source, video, audio")
    ]
    assert [url for url in asked if url and urlsplit(url).netloc] == []


@pages
def test_no_style_or_script_stands_in_the_page(shipped, address):
    html = shipped.pages[address]
    assert html.select("style, [style], [onclick], [onload], script:not([src])") == []


@pages
def test_it_has_one_first_heading_and_leaves_out_no_level(shipped, address):
    levels = [int(heading.name[1]) for heading in shipped.pages[address].select("main h1, main h2, main h3, main h4")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


@pages
def test_it_says_who_looks_after_it_and_when_it_was_reviewed(shipped, address):
    text = " ".join(shipped.pages[address].main.text.split())
    assert re.search(r"Page last reviewed: \d+ \w+ 20\d\d", text)
    assert re.search(r"Looked after by: \w+", text)


@pages
def test_it_has_a_title_and_a_description(shipped, address):
    html = shipped.pages[address]
    assert html.title.text.endswith("Child death reviews – Cambridgeshire and Peterborough")
    assert len(html.find("meta", attrs={"name": "description"})["content"]) > 30


@pages
def test_every_word_in_brackets_is_one_the_area_settings_know(shipped, address):
    assert re.findall(r"\[[a-z ]+\]", shipped.pages[address].text) == []


@pages
def test_its_words_are_kind_to_families(shipped, address):
    text = shipped.pages[address].main.text.lower()
    for word in ("!", " case ", " cases ", "passed away", "committed suicide", "fatalities"):
        assert word not in text


def statutory(shipped, name: str) -> list[str]:
    """The texts of the numbered functions or requirements, wherever they are published."""
    return [
        " ".join(item.text.split()).lower()
        for html in shipped.pages.values()
        for item in html.select(f"li[id^={name}-]")
    ]


@pytest.mark.parametrize("number", range(7))
def test_each_of_the_seven_functions_is_published(shipped, number):
    found = statutory(shipped, "function")
    assert len(found) == 7
    assert FUNCTIONS[number] in found[number]


@pytest.mark.parametrize("number", range(7))
def test_each_of_the_seven_requirements_is_published(shipped, number):
    found = statutory(shipped, "requirement")
    assert len(found) == 7
    assert REQUIREMENTS[number] in found[number]


def test_the_facts_of_the_opening_are_on_the_home_page(shipped):
    text = " ".join(shipped.pages["/"].main.text.split())
    for fact in ("18th birthday", "stillborn", "prevent the deaths of other children", "116 123", "option 2", "999"):
        assert fact in text


def test_families_get_the_booklet_and_the_organisations(shipped):
    assert "When a child dies: a guide for parents and carers" in shipped.pages["/families/"].text
    support = shipped.pages["/families/support/"].text
    for name in ("Child Bereavement UK", "Lullaby Trust", "Sands", "Child Death Helpline", "Cruse", "SUDC UK", "EACH"):
        assert name in support


def test_no_phone_number_is_given_that_was_not_confirmed(shipped):
    dialled = {link["href"] for html in shipped.pages.values() for link in html.select("a[href^='tel:']")}
    assert dialled == {"tel:116123", "tel:111"}
    for html in shipped.pages.values():
        assert re.findall(r"\b0\d{2,4}[ ]?\d{3}", html.text) == []


def test_the_notification_is_offered_to_professionals_only(shipped):
    notify = shipped.pages["/professionals/notify-a-death/"]
    button = notify.select_one("a.nhsuk-button")
    assert button["href"] == "/report-a-child-death/"
    assert "professionals only" in button.text
    assert "999" in notify.select_one(".nhsuk-card--warning").text
    for address in ("/", "/families/", "/families/what-happens/"):
        assert shipped.pages[address].select("a[href='/report-a-child-death/']") == []


def test_the_cookies_page_says_how_long_a_log_in_really_lasts(shipped, settings):
    hours = settings.SESSION_COOKIE_AGE / 3600
    assert f"goes after {hours:.0f} hours" in shipped.pages["/cookies/"].text
