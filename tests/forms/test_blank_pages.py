"""A page on which nothing was entered is drawn once; what differs from one person to the next is put in."""

import re

import pytest
from django.test import Client
from wagtail.models import Site

from content.models import AreaSettings
from forms.blank import drawn
from tests.forms.making import page, publish
from tests.notifying import START, days_ago, pages

pytestmark = pytest.mark.django_db
NAME = {"kind": "full_name", "key": "name", "label": "Name", "sensitivity": "I", "required": "mandatory"}
AGE = {"kind": "whole_number", "key": "age", "label": "Age"}


@pytest.fixture
def first(client):
    publish(page("who", NAME), page("more", AGE))
    return client.post("/small/").headers["Location"]


def token(html: str) -> str:
    return re.search(r'name="csrfmiddlewaretoken" value="(\w{64})"', html)[1]


def test_it_is_drawn_once_for_everybody(client, first):
    client.get(first)
    before = drawn.cache_info()
    other = Client()
    other.get(other.post("/small/").headers["Location"])
    assert drawn.cache_info().misses == before.misses
    assert drawn.cache_info().hits == before.hits + 1


def test_each_person_has_a_token_of_their_own_and_it_is_accepted(client, first):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    one, two = strict.get(first).content.decode(), Client().get("/small/").content.decode()
    assert token(one) != token(two)
    assert strict.post(first, {"name": "Invented", "csrfmiddlewaretoken": token(one)}).status_code == 302


def test_each_person_goes_back_in_their_own_draft(client, first):
    second = first.replace("who", "more")
    assert f'href="{first}"' in client.get(second).content.decode()
    other = Client()
    theirs = other.post("/small/").headers["Location"]
    page = other.get(theirs.replace("who", "more")).content.decode()
    assert f'href="{theirs}"' in page
    assert first not in page


def test_the_first_page_leads_back_to_nowhere(client, first):
    assert "nhsuk-back-link" not in client.get(first).content.decode()


def test_it_is_the_same_page_as_one_drawn_anew(client, first):
    """But for its token, and for the error that makes the other one."""
    blank = client.get(first.replace("who", "more")).content.decode()
    client.post(first.replace("who", "more"), {"age": "7"})
    filled = client.get(first.replace("who", "more")).content.decode()

    def plain(html: str) -> list[str]:
        html = re.sub(r'value="\w{64}"', "", html).replace('value="7"', 'value=""')
        return [line.strip() for line in html.splitlines() if line.strip()]

    assert plain(blank) == plain(filled)


def test_a_change_of_the_site_shows_at_once(client, first):
    client.get(first)
    area = AreaSettings.for_site(Site.objects.get(is_default_site=True))
    area.banner = "Our phone does not work today."
    area.save()
    assert "Our phone does not work today." in client.get(first).content.decode()


def test_a_new_version_shows_its_own_page_and_the_old_one_stays_for_those_who_began_it(client, first):
    client.get(first)
    publish(page("who", NAME | {"label": "Name as it is now"}))
    other = Client()
    assert "Name as it is now" in other.get(other.post("/small/").headers["Location"]).content.decode()
    assert "Name as it is now" not in client.get(first).content.decode()


def test_questions_asked_for_some_children_only_are_drawn_for_them_only(client, notification_form):
    def birth_page(person: Client, born: int) -> str:
        safety = person.post(START).headers["Location"]
        person.post(safety.replace("safety", "dates"), pages(born=days_ago(born), died=days_ago(2))["dates"])
        return person.get(safety.replace("safety", "about-the-child")).content.decode()

    assert "gender identity" not in birth_page(client, 400)
    assert "gender identity" in birth_page(Client(), 5000)
    assert "gender identity" not in birth_page(Client(), 400)


def test_nothing_of_one_person_shows_to_another(client, first):
    client.post(first, {"name": "Invented Child"})
    other = Client()
    theirs = other.post("/small/").headers["Location"]
    assert "Invented Child" not in other.get(theirs).content.decode()
    assert client.get(first).headers["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
