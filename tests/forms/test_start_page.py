"""The page on which a form starts."""

import pytest
from bs4 import BeautifulSoup
from wagtail.models import Site

from content.models import AreaSettings
from content.shipping import load_pages
from forms.models import Draft, Form, FormPage
from forms.shipping import load
from tests.forms.making import page, publish

pytestmark = pytest.mark.django_db
START = "/report-a-child-death/"
QUESTION = {"kind": "short_text", "key": "colour", "label": "Colour"}


@pytest.fixture
def area(db) -> AreaSettings:
    return AreaSettings.for_site(Site.objects.get(is_default_site=True))


def read(client, address: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(address).content, "html.parser").main


def words(html: BeautifulSoup) -> str:
    return " ".join(html.text.split())


def test_danger_comes_first_and_the_start_button_before_the_ways_to_reach_us(client, notification_form):
    text = words(read(client, START))
    places = [text.index(part) for part in ("999", "about 20 minutes", "Start now", "If you cannot use this form")]
    assert places == sorted(places)


def test_it_says_by_when_as_the_area_has_set(client, notification_form, area):
    assert "Tell us as soon as you can" in words(read(client, START))
    area.notify_within_hours = 48
    area.save()
    assert "Tell us within 48 hours of the death" in words(read(client, START))


def test_it_leads_to_the_guidance_when_that_is_there(client, notification_form):
    assert read(client, START).find("a", href="/families/") is None
    FormPage.objects.all().delete()
    load_pages()
    load("notification")
    leads = {link["href"] for link in read(client, START).select("a[href^='/']")}
    assert leads == {"/families/", "/privacy/", "/professionals/notify-a-death/"}


def test_while_the_form_is_down_the_message_takes_the_place_of_the_button(client, notification_form, area):
    area.notification_down = "Phone the team on 01234 567 890."
    area.save()
    html = read(client, START)
    assert html.find("form") is None
    assert "Phone the team on 01234 567 890." in words(html)


def test_a_page_opened_before_the_form_went_down_starts_nothing(client, notification_form, area):
    area.notification_down = "Phone the team."
    area.save()
    answer = client.post(START)
    assert "Phone the team." in answer.content.decode()
    assert Draft.objects.count() == 0


def test_another_form_can_be_used_while_notifying_cannot(client, area):
    publish(page("one", QUESTION), slug="small")
    area.notification_down = "Phone the team."
    area.save()
    assert read(client, "/small/").find("button").text == "Start now"
    assert client.post("/small/").status_code == 302


def test_a_form_that_nobody_published_says_how_to_reach_us(client, area):
    publish(page("one", QUESTION), slug="small")
    Form.objects.update(live=False)
    area.phone, area.mailbox = "01234 567 890", "made-up@example.org"
    area.save()
    html = read(client, "/small/")
    assert html.find("form") is None
    assert "phone 01234 567 890, or email made-up@example.org" in words(html)
    assert client.post("/small/").status_code == 200
    assert Draft.objects.count() == 0


def test_what_an_editor_wrote_there_stays_when_the_form_is_loaded_again(client, notification_form):
    start = FormPage.objects.get()
    start.summary = "Written by an editor"
    start.save_revision().publish()
    load("notification", replace=True)
    assert FormPage.objects.get().summary == "Written by an editor"


def test_a_form_of_one_page_counts_none(client):
    publish(page("one", QUESTION), slug="small")
    assert "page 1" not in client.post("/small/", follow=True).content.decode()


def test_each_page_says_how_far_it_is(client):
    publish(page("one", QUESTION), page("two", QUESTION | {"key": "size", "label": "Size"}), slug="small")
    answer = client.post("/small/", follow=True)
    assert "An invented form – page 1 of 2" in words(BeautifulSoup(answer.content, "html.parser"))
    answer = client.post(answer.request["PATH_INFO"], {"colour": "red"}, follow=True)
    assert "An invented form – page 2 of 2" in words(BeautifulSoup(answer.content, "html.parser"))
