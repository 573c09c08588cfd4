"""Your exports in the Wagtail admin."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exports.models import PreparedExport
from exports.prepared import services
from exports.prepared.views import FetchView
from exports.views import dataset as dataset_views
from tests.exports.prepared.preparing import asked, made, now, streamed
from tests.exports.test_admin import asked as posted
from tests.exports.test_admin import body, one_connection

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_vault")]

LIST, NOTIFICATIONS = "/admin/exports/prepared/", "/admin/exports/datasets/notifications/"


@pytest.fixture
def analyst(client, person):
    user = person("Analyst")
    client.force_login(user)
    return user


@pytest.fixture
def large(many, monkeypatch):
    monkeypatch.setattr(dataset_views, "AT_ONCE", 20)
    return many


def page(client) -> str:
    return client.get(LIST).content.decode()


def test_a_list_with_nothing_in_it_says_what_comes_there(client, analyst):
    assert "You have asked for no large export yet" in page(client)


def test_a_large_dataset_is_made_in_the_background_and_its_page_says_so(client, analyst, large):
    assert "Have the file made" in client.get(NOTIFICATIONS).content.decode()
    response = client.post(NOTIFICATIONS, posted())
    assert response.headers["Location"] == LIST
    prepared = PreparedExport.objects.get()
    assert (prepared.log.by, prepared.log.why, prepared.rows) == (analyst, "Yearly return", large)


def test_a_small_dataset_comes_at_once(client, analyst, large, monkeypatch):
    monkeypatch.setattr(dataset_views, "AT_ONCE", large)
    assert "Have the file made" not in client.get(NOTIFICATIONS).content.decode()
    assert body(client.post(NOTIFICATIONS, posted())).count(b"\n") == large + 1
    assert not PreparedExport.objects.exists()


def test_what_was_chosen_is_what_is_made(client, analyst, large):
    client.post(NOTIFICATIONS, posted(format="json", packaged="on"))
    log = PreparedExport.objects.get().log
    assert (log.format, log.packaged, log.identity) == ("json", True, False)


def test_too_many_at_a_time_are_refused_in_words_on_the_page(client, analyst, large):
    for _ in range(5):
        asked(analyst)
    response = client.post(NOTIFICATIONS, posted())
    assert "You have 5 exports that you have not fetched" in response.content.decode()


def test_the_list_says_how_far_each_is(client, analyst, many):
    prepared = asked(analyst)
    assert "Waits for its turn" in page(client)
    assert "<progress" not in page(client)
    services.work(prepared, seconds=-1)
    assert "5 of 23 rows" in page(client)
    assert 'value="21"' in page(client)
    assert "Look again" in page(client)
    services.work(prepared)
    assert "23 rows, to be fetched by" in page(client)
    assert "Look again" not in page(client)


def test_the_file_is_downloaded_by_a_button_and_then_gone(client, analyst, many):
    prepared = made(analyst)
    assert f"{LIST}{prepared.pk}/fetch/" in page(client)
    response = client.post(f"{LIST}{prepared.pk}/fetch/")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"].startswith('attachment; filename="notifications-20')
    assert "no-store" in response.headers["Cache-Control"]
    assert body(response) == streamed(analyst)
    again = client.post(f"{LIST}{prepared.pk}/fetch/", follow=True).content.decode()
    assert "This file is not there to be fetched" in again
    assert "Downloaded" in again
    assert now(prepared).log.end.checksum in again


def test_a_download_that_is_broken_off_leaves_the_button(client, analyst, many, rf):
    prepared = made(analyst)
    request = rf.post(f"{LIST}{prepared.pk}/fetch/")
    request.user = analyst
    with one_connection():
        response = FetchView.as_view()(request, pk=prepared.pk)
        next(iter(response.streaming_content))
        response.close()
    assert f"{LIST}{prepared.pk}/fetch/" in page(client)


def test_reading_the_list_or_a_link_fetches_nothing(client, analyst, many):
    prepared = made(analyst)
    page(client)
    assert client.get(f"{LIST}{prepared.pk}/fetch/").status_code == 405
    assert client.get(f"{LIST}{prepared.pk}/give-up/").status_code == 405
    assert now(prepared).state == "ready"


def test_it_is_given_up_by_a_button(client, analyst, many):
    prepared = asked(analyst)
    said = client.post(f"{LIST}{prepared.pk}/give-up/", follow=True).content.decode()
    assert "Given up. What was made of it is deleted." in said
    assert "Ask again" in said


def test_nobody_sees_or_fetches_what_another_person_asked_for(client, analyst, many, person):
    prepared = made(analyst)
    for other in (person("Administrator"), person("Analyst", number=2)):
        client.force_login(other)
        assert "You have asked for no large export yet" in page(client)
        assert client.post(f"{LIST}{prepared.pk}/fetch/").status_code == 404
        assert client.post(f"{LIST}{prepared.pk}/give-up/").status_code == 404
    assert now(prepared).state == "ready"


def test_why_it_could_not_be_made_is_said(client, analyst, many):
    prepared = asked(analyst)
    PreparedExport.objects.update(version="older")
    services.work(prepared)
    assert "The columns of this dataset have changed since. Ask for it again." in page(client)


def test_every_button_says_to_a_screen_reader_what_it_is_about(client, analyst, many):
    made(analyst), asked(analyst, kind="json")
    buttons = re.findall(r'<button type="submit" class="button button-small.*?</button>', page(client))
    assert len(buttons) == 3
    assert all("Notifications" in button for button in buttons)


def test_the_export_log_says_what_has_not_been_fetched(client, analyst, many):
    prepared = made(analyst)
    assert "Not finished" in client.get("/admin/exports/log/").content.decode()
    services.give_up(prepared)
    assert "Broken off after 23 rows" in client.get("/admin/exports/log/").content.decode()


def test_the_list_takes_the_same_queries_for_few_exports_and_for_many(client, analyst, many):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            page(client)
        return len(captured)

    made(analyst)
    queries()
    few = queries()
    for _ in range(4):
        made(analyst, kind="json")
    assert queries() == few
