"""A person walks through the notification form, page by page, without JavaScript."""

import pytest
from django.core import mail
from django.test import Client

from content.models import AreaSettings
from forms.models import Draft, Submission
from tests.notifying import PROFESSIONAL, START, days_ago, notify, pages, walk

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture(autouse=True)
def _shipped(notification_form):
    return notification_form


def test_the_start_page_offers_the_form(client):
    response = client.get(START)
    assert response.status_code == 200
    assert "Start now" in response.content.decode()


def test_a_notification_is_stored_and_receipted(client):
    receipt = notify(client)
    submission = Submission.objects.get()
    page = client.get(receipt).content.decode()
    assert submission.reference in page
    assert submission.answers["sex"] == "female"
    assert submission.sealed_answers()["child_family_name"] == "Invented"


def test_the_receipt_and_the_acknowledgement_hold_no_personal_data(client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        receipt = notify(client)
    page = client.get(receipt).content.decode()
    (message,) = [sent for sent in mail.outbox if sent.to == ["registrar@invented.example"]]
    for text in (page, message.body, message.subject):
        assert "Invented" not in text
        assert "999000" not in text.replace(" ", "")


def test_the_acknowledgement_says_whom_to_ask_before_anybody_has_set_the_area_up(
    client, django_capture_on_commit_callbacks
):
    assert not AreaSettings.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        notify(client)
    (message,) = [sent for sent in mail.outbox if sent.to == ["registrar@invented.example"]]
    assert f"Questions: {AreaSettings().mailbox}" in message.body


def test_a_refreshed_receipt_sends_nothing_twice(client):
    receipt = notify(client)
    for _ in range(3):
        assert client.get(receipt).status_code == 200
    assert Submission.objects.count() == 1


def test_sending_twice_leaves_one_submission_and_the_same_receipt(client):
    check = walk(client)
    first = client.post(check, {"declaration": "yes"})
    second = client.post(check, {"declaration": "yes"})
    assert first.headers["Location"] == second.headers["Location"]
    assert Submission.objects.count() == 1


def test_after_sending_the_back_button_leads_to_the_receipt(client):
    check = walk(client)
    client.post(check, {"declaration": "yes"})
    for address in (check, check.replace("check", "you"), check.replace("check", "child")):
        assert client.get(address).headers["Location"].endswith("/sent/")
    late = client.post(check.replace("check", "you"), {"notifier_name": "Somebody Else"})
    assert late.headers["Location"].endswith("/sent/")
    assert Submission.objects.get().sealed_answers()["notifier_name"] == "Invented Registrar"


def test_what_was_answered_is_forgotten_in_the_draft_once_sent(client):
    notify(client)
    assert Draft.objects.get().sealed == ""


def test_nothing_is_sent_without_the_declaration(client):
    response = client.post(walk(client), {})
    assert "Tick the box to confirm" in response.content.decode()
    assert "<title>Error:" in " ".join(response.content.decode().split()).replace("<title> ", "<title>")
    assert Submission.objects.count() == 0


def test_missing_answers_are_listed_with_links_and_nothing_is_sent(client):
    start = client.post(START).headers["Location"]
    check = start.replace("safety", "check")
    response = client.post(check, {"declaration": "yes"})
    page = response.content.decode()
    assert "Enter your full name" in page
    assert start.replace("safety", "you") in page
    assert Submission.objects.count() == 0


def test_an_error_keeps_what_was_entered_and_says_what_to_do(client):
    start = client.post(START).headers["Location"]
    response = client.post(start.replace("safety", "you"), {"notifier_name": "Kept Name", "notifier_email": "wrong"})
    page = response.content.decode()
    assert "Kept Name" in page
    assert "Enter an email address in the correct format" in page
    assert 'href="#id_notifier_email"' in page
    assert "Error:" in page.split("</title>")[0]


def test_answers_come_back_when_a_page_is_opened_again(client):
    check = walk(client)
    page = client.get(check.replace("check", "dates")).content.decode()
    assert f'value="{days_ago(2).year}"' in page
    assert 'value="999 000 0018"' in client.get(check.replace("check", "child")).content.decode()


def test_changing_an_answer_leads_back_to_the_check_page(client):
    check = walk(client)
    address = check.replace("check", "about-the-child") + "?change=1"
    response = client.post(address, {"sex": "male", "ethnicity": "arab"})
    assert response.headers["Location"] == check
    assert "Male" in client.get(check).content.decode()


def test_two_tabs_on_different_pages_keep_both_answers(client):
    start = client.post(START).headers["Location"]
    you, child = start.replace("safety", "you"), start.replace("safety", "child")
    client.get(you), client.get(child)
    client.post(child, pages()["child"])
    client.post(you, pages()["you"])
    answers = Draft.objects.get().answers
    assert answers["child_family_name"] == "Invented"
    assert answers["notifier_name"] == "Invented Registrar"


def test_concern_for_another_child_shows_advice_before_anything_else(client):
    start = client.post(START).headers["Location"]
    advice = client.post(start, {"sibling_concerns": "yes"}).headers["Location"]
    assert advice.endswith("/act-now/")
    page = client.get(advice).content.decode()
    assert "999" in page
    assert "safeguarding referral" in page


def test_a_baby_is_asked_about_birth_and_an_older_child_is_not(client):
    younger = walk(client, pages(born=days_ago(5), died=days_ago(2)))
    assert "Gestation at birth" in client.get(younger).content.decode()
    older = walk(Client(), pages())
    assert "Gestation" not in client.get(older).content.decode()


def test_answers_to_questions_that_became_hidden_are_not_sent(client):
    check = walk(client, pages(born=days_ago(5), died=days_ago(2)) | {"infant": {"gestation_weeks": "38"}})
    dates = pages()["dates"]
    client.post(check.replace("check", "dates") + "?change=1", dates)
    client.post(check, {"declaration": "yes"})
    assert "gestation_weeks" not in Submission.objects.get().all_answers()


@pytest.mark.parametrize(
    ("born", "died", "message"),
    [
        (days_ago(1), days_ago(3), "must be the same as or after the date of birth"),
        (days_ago(3), days_ago(-2), "Date of death must be today or in the past"),
        (days_ago(19 * 366), days_ago(1), "before their 18th birthday"),
    ],
)
def test_dates_that_cannot_be_right_are_refused_on_their_page(client, born, died, message):
    start = client.post(START).headers["Location"]
    response = client.post(start.replace("safety", "dates"), pages(born=born, died=died)["dates"])
    assert message in response.content.decode()


def test_an_nhs_number_or_a_reason_is_needed(client):
    start = client.post(START).headers["Location"]
    child = start.replace("safety", "child")
    names = {"child_first_names": "Baby", "child_family_name": "Invented"}
    assert "Enter the NHS number, or say why there is none" in client.post(child, names).content.decode()
    wrong = client.post(child, names | {"nhs_number": "999 000 0019"}).content.decode()
    assert "Check each digit" in wrong
    assert "or say why there is none" not in wrong
    assert client.post(child, names | {"nhs_number_missing_reason": "not_currently_available"}).status_code == 302


def test_professionals_are_added_changed_and_removed(client):
    start = client.post(START).headers["Location"]
    group = start.replace("safety", "professionals")
    client.post(f"{group}new/", PROFESSIONAL)
    client.post(f"{group}new/", PROFESSIONAL | {"token": "abc2", "org": "Second Surgery"})
    client.post(f"{group}abc1/", PROFESSIONAL | {"org": "Renamed Surgery"})
    page = client.get(group).content.decode()
    assert "Renamed Surgery" in page
    assert "Second Surgery" in page
    client.post(f"{group}abc2/remove/")
    assert [item["org"] for item in Draft.objects.get().answers["professionals"]] == ["Renamed Surgery"]


def test_a_double_click_adds_one_professional(client):
    start = client.post(START).headers["Location"]
    group = start.replace("safety", "professionals")
    for _ in range(2):
        client.post(f"{group}new/", PROFESSIONAL)
    assert len(Draft.objects.get().answers["professionals"]) == 1


def test_at_least_one_professional_is_needed(client):
    start = client.post(START).headers["Location"]
    response = client.post(start.replace("safety", "professionals"))
    assert "Add at least one professional" in response.content.decode()


def test_another_browser_cannot_open_the_draft(client):
    start = client.post(START).headers["Location"]
    response = Client().get(start)
    assert response.status_code == 404
    assert "We cannot find your answers" in response.content.decode()
