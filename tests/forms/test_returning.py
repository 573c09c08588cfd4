"""Save and come back later: on any computer, with the link and the code, and in no other way."""

import datetime as dt
import re

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client
from django.utils import timezone

from forms.models import Draft, Form, ReturnPass, Submission
from forms.returning import MOST_FAILURES, warn_before_the_end
from tests.forms.making import page, publish

pytestmark = pytest.mark.django_db
NAME = {"kind": "full_name", "key": "name", "label": "Name", "required": "mandatory", "sensitivity": "I"}
AGE = {"kind": "whole_number", "key": "age", "label": "Age", "minimum": 0, "maximum": 17}
SEX = {
    "kind": "radios",
    "key": "sex",
    "label": "Sex",
    "choices": [{"code": "f", "label": "Female"}, {"code": "m", "label": "Male"}],
}


@pytest.fixture
def first_page(client):
    publish(page("who", NAME), page("more", AGE, SEX))
    return client.post("/small/").headers["Location"]


@pytest.fixture
def saved(client, first_page, django_capture_on_commit_callbacks):
    """The link that was e-mailed and the code that was shown, after entering a name."""
    later = client.post(first_page, {"name": "Invented Child", "later": "yes"}).headers["Location"]
    with django_capture_on_commit_callbacks(execute=True):
        shown = client.post(later, {"email": "nurse@invented.example"}, follow=True)
    return link_of(mail.outbox[-1]), shown.context["code"]


def link_of(message) -> str:
    return re.search(r"https?://[^/]+(/answer/return/\S+)", message.body)[1]


def let_days_pass(settings) -> None:
    """Until shortly before the unfinished answers are deleted."""
    soon = timezone.now() - dt.timedelta(days=settings.DRAFT_DAYS - settings.DRAFT_WARN_DAYS, minutes=1)
    Draft.objects.update(changed_at=soon)


def test_a_person_goes_on_in_another_browser(saved):
    link, code = saved
    elsewhere = Client()
    assert "Your code" in elsewhere.get(link).content.decode()
    resumed = elsewhere.post(link, {"code": code}, follow=True)
    assert resumed.redirect_chain[-1][0].endswith("/more/")
    back = resumed.redirect_chain[-1][0].replace("/more/", "/who/")
    assert "Invented Child" in elsewhere.get(back).content.decode()


def test_the_code_may_be_typed_in_any_way(saved):
    link, code = saved
    typed = f" {code[:3].lower()}-{code[3:].lower()} "
    assert Client().post(link, {"code": typed}).status_code == 302


def test_the_message_holds_neither_the_code_nor_anything_that_was_answered(saved):
    _, code = saved
    (message,) = mail.outbox
    assert message.to == ["nurse@invented.example"]
    assert code not in message.body
    assert "Invented Child" not in message.body + message.subject


def test_the_code_is_shown_once(client, saved):
    _, code = saved
    assert code not in client.get("/answer/saved/").content.decode()


def test_neither_code_nor_link_nor_address_is_stored_in_clear(saved):
    link, code = saved
    held = ReturnPass.objects.get()
    stored = f"{held.token_hash}{held.code_hash}{held.sealed}"
    assert code not in stored
    assert link.rstrip("/").rsplit("/", 1)[-1] not in stored
    assert "nurse" not in stored


def test_after_saving_this_browser_needs_the_link_too(client, first_page, saved):
    assert client.get(first_page).status_code == 404


def test_the_link_is_useless_without_the_code(saved):
    link, _ = saved
    wrong = Client().post(link, {"code": "WRONG1"})
    assert wrong.status_code == 200
    assert "That is not the code" in wrong.content.decode()


def test_wrong_codes_close_the_link_for_a_while_even_to_the_right_one(saved):
    link, code = saved
    visitor = Client()
    for _ in range(MOST_FAILURES - 1):
        assert visitor.post(link, {"code": "WRONG1"}).status_code == 200
    assert visitor.post(link, {"code": "WRONG1"}).status_code == 429
    assert visitor.post(link, {"code": code}).status_code == 429
    ReturnPass.objects.update(locked_until=timezone.now() - dt.timedelta(seconds=1))
    assert visitor.post(link, {"code": code}).status_code == 302


@pytest.mark.parametrize("token", ["nonsense", "x" * 400, "%00", "ünïcode"])
def test_a_made_up_link_opens_nothing(db, token):
    assert Client().get(f"/answer/return/{token}/").status_code == 404


def test_who_came_back_can_stop_the_link_and_goes_on(saved):
    link, code = saved
    visitor = Client()
    resumed = visitor.post(link, {"code": code}, follow=True).redirect_chain[-1][0]
    later = visitor.get(resumed.replace("/more/", "/later/"))
    assert "Stop this link working" in later.content.decode()
    stopped = visitor.post(later.context["stop"], follow=True)
    assert "The link has stopped working" in stopped.content.decode()
    assert Client().get(link).status_code == Client().post(link, {"code": code}).status_code == 404
    assert "Invented Child" in visitor.get(resumed.replace("/more/", "/who/")).content.decode()


def test_looking_at_the_address_that_stops_a_link_does_not_stop_it(saved):
    link, code = saved
    visitor = Client()
    visitor.post(link, {"code": code})
    stop = f"/answer/{Draft.objects.get().pk}/later/stop/"
    assert visitor.get(stop).headers["Location"].endswith("/later/")
    assert Client().get(link).status_code == 200


def test_nobody_else_stops_a_link(saved):
    link, _ = saved
    assert Client().post(f"/answer/{Draft.objects.get().pk}/later/stop/").status_code == 404
    assert Client().get(link).status_code == 200


def test_where_there_is_no_link_none_is_offered_to_be_stopped(client, first_page):
    assert "Stop this link" not in client.get(first_page.replace("/who/", "/later/")).content.decode()


def test_saving_again_makes_the_first_link_useless(saved, django_capture_on_commit_callbacks):
    link, code = saved
    again = Client()
    again.post(link, {"code": code})
    draft = Draft.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        again.post(f"/answer/{draft.pk}/later/", {"email": "nurse@invented.example"})
    assert Client().get(link).status_code == 404
    assert Client().get(link_of(mail.outbox[-1])).status_code == 200


def test_a_form_that_was_sent_has_no_way_back(saved):
    link, code = saved
    visitor = Client()
    visitor.post(link, {"code": code})
    draft = Draft.objects.get()
    visitor.post(f"/answer/{draft.pk}/check/")
    assert Submission.objects.count() == 1
    assert Client().get(link).status_code == 404


def test_answers_left_too_long_have_no_way_back(saved, settings):
    link, _ = saved
    Draft.objects.update(changed_at=timezone.now() - dt.timedelta(days=settings.DRAFT_DAYS, minutes=1))
    assert Client().get(link).status_code == 404


def test_the_person_is_warned_once_before_the_end(saved, settings):
    link, _ = saved
    assert warn_before_the_end() == 0
    let_days_pass(settings)
    assert warn_before_the_end() == 1
    assert warn_before_the_end() == 0
    assert "will be deleted" in mail.outbox[-1].body
    assert link_of(mail.outbox[-1]) == link


def test_who_worked_on_after_a_warning_is_warned_again(saved, settings):
    link, code = saved
    let_days_pass(settings)
    warn_before_the_end()
    visitor = Client()
    more = visitor.post(link, {"code": code}, follow=True).redirect_chain[-1][0]
    visitor.post(more, {"age": "7"})
    Draft.objects.update(warned_at=timezone.now() - dt.timedelta(days=settings.DRAFT_DAYS))
    let_days_pass(settings)
    assert warn_before_the_end() == 1
    assert link_of(mail.outbox[-1]) == link


def test_who_saved_to_an_account_is_warned_once_without_a_word_of_the_answers(client, settings):
    publish(page("who", NAME))
    client.force_login(User.objects.create_user("nurse", "nurse@invented.example"))
    client.post(client.post("/small/").headers["Location"], {"name": "Invented Child", "later": "yes"})
    let_days_pass(settings)
    assert (warn_before_the_end(), warn_before_the_end()) == (1, 0)
    (message,) = mail.outbox
    assert message.to == ["nurse@invented.example"]
    assert "/answer/mine/" in message.body
    assert "Invented Child" not in message.body + message.subject


@pytest.mark.parametrize("account", [{"email": ""}, {"is_active": False}])
def test_an_account_that_cannot_be_reached_is_not_written_to(client, settings, account):
    publish(page("who", NAME))
    client.force_login(User.objects.create_user("nurse", "nurse@invented.example"))
    client.post("/small/")
    User.objects.update(**account)
    let_days_pass(settings)
    assert warn_before_the_end() == len(mail.outbox) == 0


def test_half_a_page_is_kept_and_what_cannot_be_read_is_said(client, first_page):
    client.post(first_page, {"name": "Invented Child"})
    more = first_page.replace("/who/", "/more/")
    refused = client.post(more, {"age": "seven", "sex": "f", "later": "yes"})
    assert "must be a whole number" in refused.content.decode()
    assert Draft.objects.get().answers["sex"] == "f"
    assert client.post(more, {"age": "", "later": "yes"}).status_code == 302


def test_a_blank_page_can_be_saved(client, first_page):
    assert client.post(first_page, {"name": "", "later": "yes"}).headers["Location"].endswith("/later/")


@pytest.fixture
def people(client):
    """The page of a group of people with a mandatory name, an age and a sex."""
    group = {"kind": "repeat", "key": "people", "label": "People", "item_title": "Person", "max_items": 2}
    publish(page("people", group | {"questions": [NAME, AGE, SEX]}))
    return client.post("/small/").headers["Location"]


def test_a_half_filled_item_is_kept_and_finished_later(client, people):
    saved = client.post(f"{people}new/", {"age": "7", "token": "abc1", "later": "yes"})
    assert saved.headers["Location"].endswith("/later/")
    assert Draft.objects.get().answers == {"people": [{"id": "abc1", "age": 7}]}
    assert 'value="7"' in client.get(f"{people}abc1/").content.decode()
    client.post(f"{people}abc1/", {"name": "Invented Child", "age": "7"})
    assert client.post(people).headers["Location"].endswith("/check/")


def test_a_half_filled_item_is_not_sent(client, people):
    client.post(f"{people}new/", {"age": "7", "later": "yes"})
    assert "Finish or remove “Person 1”" in client.post(people).content.decode()
    assert "Finish or remove “Person 1”" in client.post(people.replace("/people/", "/check/")).content.decode()
    assert not Submission.objects.exists()


def test_an_empty_item_is_not_added(client, people):
    assert client.post(f"{people}new/", {"name": "", "later": "yes"}).headers["Location"].endswith("/later/")
    assert not Draft.objects.get().answers.get("people")


def test_what_cannot_be_read_of_an_item_is_said_and_the_rest_kept(client, people):
    client.post(f"{people}new/", {"name": "Invented Child", "age": "7", "token": "abc1"})
    refused = client.post(f"{people}abc1/", {"name": "Another", "age": "seven", "later": "yes"})
    assert "must be a whole number" in refused.content.decode()
    assert Draft.objects.get().answers["people"] == [{"id": "abc1", "name": "Another", "age": 7}]


def test_one_item_too_many_is_not_kept_either(client, people):
    for token in ("abc1", "abc2", "abc3"):
        answer = client.post(f"{people}new/", {"name": "Invented", "token": token, "later": "yes"})
    assert "the most this form takes" in answer.content.decode()
    assert len(Draft.objects.get().answers["people"]) == 2


def test_every_page_can_be_left_for_later(client, people):
    check = people.replace("/people/", "/check/")
    for address in (people, f"{people}new/", check):
        assert "Save and come back later" in client.get(address).content.decode()
    assert client.post(check, {"later": "yes"}).headers["Location"].endswith("/later/")
    assert not Submission.objects.exists()


@pytest.mark.parametrize("address", ["", "not an address", "a@b", "x" * 300 + "@invented.example"])
def test_a_link_is_sent_only_to_an_address(client, first_page, address):
    later = client.post(first_page, {"name": "Invented", "later": "yes"}).headers["Location"]
    response = client.post(later, {"email": address})
    assert "Error:" in response.content.decode()
    assert not ReturnPass.objects.exists()


def test_who_is_logged_in_finds_unfinished_forms_in_any_browser(client, django_assert_max_num_queries):
    publish(page("who", NAME))
    nurse = User.objects.create_user("nurse")
    client.force_login(nurse)
    first = client.post("/small/").headers["Location"]
    assert (
        client.post(first, {"name": "Invented", "later": "yes"}, follow=True).redirect_chain[-1][0] == "/answer/mine/"
    )
    elsewhere = Client()
    elsewhere.force_login(nurse)
    with django_assert_max_num_queries(12):
        listed = elsewhere.get("/answer/mine/")
    assert "An invented form" in listed.content.decode()
    assert elsewhere.get(f"/answer/{Draft.objects.get().pk}/resume/").status_code == 302


def test_another_account_does_not_see_them(client):
    publish(page("who", NAME))
    client.force_login(User.objects.create_user("nurse"))
    first = client.post("/small/").headers["Location"]
    other = Client()
    other.force_login(User.objects.create_user("other"))
    assert other.get(first).status_code == 404
    assert "no unfinished form" in other.get("/answer/mine/").content.decode()


def test_a_draft_finishes_on_the_version_it_was_begun_on(saved):
    link, code = saved
    publish(page("who", NAME), page("later", SEX))
    visitor = Client()
    assert visitor.post(link, {"code": code}, follow=True).redirect_chain[-1][0].endswith("/more/")


def test_or_is_carried_to_the_new_one_after_showing_what_changed(saved):
    link, code = saved
    Form.objects.update(unfinished="carry")
    version = publish(page("who", NAME | {"label": "Full name"}), page("new", SEX))
    visitor = Client()
    shown = visitor.post(link, {"code": code}, follow=True).content.decode()
    assert "This form has changed since you began" in shown
    assert "Before: Name" in shown
    resume = f"/answer/{Draft.objects.get().pk}/resume/"
    assert visitor.post(resume).headers["Location"].endswith("/new/")
    assert Draft.objects.get().version == version
    assert Draft.objects.get().answers["name"] == "Invented Child"


def test_an_answer_that_no_longer_fits_is_shown_and_left_behind(client, first_page):
    client.post(first_page, {"name": "Invented Child"})
    client.post(first_page.replace("/who/", "/more/"), {"age": "16", "sex": "f"})
    Form.objects.update(unfinished="carry")
    publish(page("who", NAME), page("more", AGE | {"maximum": 10}, SEX | {"kind": "checkboxes"}))
    resume = f"/answer/{Draft.objects.get().pk}/resume/"
    shown = client.get(resume).content.decode()
    assert "Answers that no longer fit" in shown
    client.post(resume)
    assert Draft.objects.get().answers == {"name": "Invented Child"}
