"""Addresses that are not pages, and pages for when something went wrong."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

pytestmark = pytest.mark.django_db


def test_robots_may_read_the_pages_and_nothing_else(client):
    text = client.get("/robots.txt", headers={"host": "cdop.example"}).content.decode()
    assert "Disallow: /admin/\n" in text
    assert "Disallow: /requests/\n" in text
    assert "Disallow: /actions/\n" in text
    assert "Sitemap: http://cdop.example/sitemap.xml" in text


def test_the_sitemap_lists_public_pages_on_the_host_that_was_asked(client, add_page):
    add_page()
    add_page(publish=False, slug="draft", live=False)
    add_page(slug="private").view_restrictions.create(restriction_type="login")
    text = client.get("/sitemap.xml", headers={"host": "cdop.example"}).content.decode()
    assert "<loc>http://cdop.example/a-page/</loc>" in text
    assert "draft" not in text
    assert "private" not in text


def test_the_sitemap_costs_the_same_however_many_pages(client, add_page, queries):
    def cost() -> int:
        with queries() as asked:
            client.get("/sitemap.xml")
        return len(asked)

    add_page()
    cost()
    few = cost()
    for number in range(8):
        add_page(slug=f"page-{number}")
    assert cost() == few


def test_a_missing_page_helps_to_find_another(client):
    response = client.get("/nothing/here/")
    assert response.status_code == 404
    html = BeautifulSoup(response.content, "html.parser")
    assert html.h1.text == "Page not found"
    assert html.select_one("form#search[action='/search/']")
    assert html.main.select_one("a[href='/']")


def test_a_form_from_elsewhere_is_refused_in_plain_words(notification_form):
    response = Client(enforce_csrf_checks=True).post("/report-a-child-death/")
    assert response.status_code == 403
    html = BeautifulSoup(response.content, "html.parser")
    assert html.h1.text == "We could not accept that"
    assert "was not stored" in html.main.text


def test_what_cannot_be_read_is_refused_in_plain_words(client, settings):
    settings.ALLOWED_HOSTS = ["cdop.example"]
    response = client.get("/", headers={"host": "other.example"})
    assert response.status_code == 400
    assert "We could not read that" in response.content.decode()


def test_an_error_of_ours_says_so_and_asks_nothing_of_the_database(client, monkeypatch, django_assert_num_queries):
    def fall_over(request):
        raise RuntimeError("Invented failure with a name in it: Aster Example")

    monkeypatch.setattr("content.views.search.find_pages", fall_over)
    client.raise_request_exception = False
    with django_assert_num_queries(0):
        response = client.get("/search/?q=x")
    assert response.status_code == 500
    html = response.content.decode()
    assert "This is a problem with the website. You did nothing wrong." in html
    assert "Aster" not in html
    assert "Traceback" not in html


@pytest.mark.parametrize("path", ["/%00", "/\u202e/", "/a-page/" + "x/" * 300, "/" + "a" * 5000 + "/", "/%ff/"])
def test_no_address_breaks_it(client, path):
    assert client.get(path).status_code in (400, 404)


def test_a_page_with_a_password_asks_for_it_in_our_clothes(client, add_page):
    restriction = add_page(title="Shared draft").view_restrictions.create(restriction_type="password", password="open")
    asked = BeautifulSoup(client.get("/a-page/").content, "html.parser")
    assert asked.h1.text == "This page needs a password"
    address = asked.main.form["action"]
    wrong = client.post(address, {"password": "wrong", "return_url": "/a-page/"})
    assert "Error: This page needs a password" in wrong.content.decode()
    right = client.post(address, {"password": "open", "return_url": "/a-page/"})
    assert right.headers["Location"] == "/a-page/"
    assert "Shared draft" in client.get("/a-page/").content.decode()
    assert restriction.page.url == "/a-page/"


def test_a_page_for_staff_asks_them_to_log_in(client, add_page):
    add_page().view_restrictions.create(restriction_type="login")
    assert client.get("/a-page/").headers["Location"] == "/admin/login/?next=/a-page/"
