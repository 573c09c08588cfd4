"""Going back and changing answers: nothing that was entered is lost, nothing that does not belong is sent."""

import pytest

from forms.models import Draft, Submission
from tests.notifying import PROFESSIONAL, START, days_ago, pages, walk

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _shipped(notification_form):
    return notification_form


@pytest.fixture
def begun(client):
    """`begun("child")`: the address of a page of a draft just begun."""
    first = client.post(START).headers["Location"]
    return lambda page: first.replace("safety", page)


def test_each_row_of_the_check_page_leads_to_its_question(client):
    check = walk(client)
    page = client.get(check).content.decode()
    for key, field in [("you", "notifier_name"), ("dates", "date_of_birth__day"), ("home", "address__line1")]:
        assert f'href="{check.replace("check", key)}?change=1#id_{field}"' in page


def test_a_change_that_asks_for_more_leads_on_to_it_and_then_back(client):
    check = walk(client)
    place = check.replace("check", "place") + "?change=1"
    dates = check.replace("check", "dates") + "?change=1"
    client.post(place, {"place_of_death_type": "home"})
    asked = client.post(dates, pages(born=days_ago(2), died=days_ago(2))["dates"]).headers["Location"]
    assert asked == check.replace("check", "birth-attended") + "?change=1"
    assert client.post(asked, {"suspected_stillbirth_at_home": "no"}).headers["Location"] == check


def test_a_person_who_skipped_ahead_is_led_through_what_is_missing(client, begun):
    check = begun("check")
    assert "Enter your full name" in client.get(check).content.decode()
    following = client.post(begun("safety") + "?change=1", {"sibling_concerns": "no"}).headers["Location"]
    assert following == begun("you") + "?change=1"


def test_an_answer_that_was_hidden_and_is_shown_again_is_still_there(client, begun):
    client.post(begun("safety"), {"sibling_concerns": "yes"})
    client.post(begun("act-now"), {"sibling_concerns_detail": "Kept words."})
    client.post(begun("safety"), {"sibling_concerns": "no"})
    client.post(begun("safety"), {"sibling_concerns": "yes"})
    assert "Kept words." in client.get(begun("act-now")).content.decode()


def test_an_answer_that_is_hidden_is_not_sent(client):
    check = walk(client)
    client.post(check.replace("check", "safety"), {"sibling_concerns": "yes"})
    client.post(check.replace("check", "act-now"), {"sibling_concerns_detail": "Withdrawn."})
    client.post(check.replace("check", "safety"), {"sibling_concerns": "no"})
    assert "Withdrawn." not in client.get(check).content.decode()
    client.post(check, {"declaration": "yes"})
    assert "sibling_concerns_detail" not in Submission.objects.get().all_answers()


def test_a_page_that_the_answers_no_longer_lead_to_leads_on(client, begun):
    client.post(begun("safety"), {"sibling_concerns": "no"})
    for method in (client.get, client.post):
        assert method(begun("act-now")).headers["Location"] == begun("you")


def test_a_page_that_the_form_never_had_is_not_found(client, begun):
    for key in ("nothing", "admin", "new"):
        assert client.get(begun(key)).status_code == 404
        assert client.post(begun(key)).status_code == 404
    assert client.get(begun("you") + "new/").status_code == 404


def test_a_question_hidden_by_an_answer_beside_it_is_neither_asked_nor_kept(client, begun):
    client.post(begun("alert"), {"ncmd_alert": "no", "ncmd_alert_reason": "Never asked."})
    assert "ncmd_alert_reason" not in Draft.objects.get().answers
    assert "Say what the National" in client.post(begun("alert"), {"ncmd_alert": "yes"}).content.decode()


class TestItems:
    """People and professionals, added one at a time."""

    def test_one_that_was_removed_in_another_tab_is_added_back_when_saved(self, client, begun):
        group = begun("professionals")
        client.post(f"{group}new/", PROFESSIONAL)
        client.post(f"{group}abc1/remove/")
        client.post(f"{group}abc1/", PROFESSIONAL | {"org": "Kept Surgery"})
        assert [item["org"] for item in Draft.objects.get().answers["professionals"]] == ["Kept Surgery"]

    def test_one_that_is_gone_leads_back_to_the_list(self, client, begun):
        group = begun("professionals")
        for address in (f"{group}nothing/", f"{group}nothing/remove/"):
            assert client.get(address).headers["Location"] == group
        assert client.post(f"{group}nothing/remove/").headers["Location"] == group

    @pytest.mark.parametrize("token", ["é", "new", "../../admin", "", "x" * 17, "\0abc"])
    def test_a_token_of_somebody_elses_making_does_no_harm(self, client, begun, token):
        group = begun("professionals")
        assert client.post(f"{group}new/", PROFESSIONAL | {"token": token}).headers["Location"] == group
        (item,) = Draft.objects.get().answers["professionals"]
        assert client.get(f"{group}{item['id']}/").status_code == 200
        assert "Invented Surgery" in client.get(group).content.decode()

    def test_more_than_the_form_takes_is_said_and_what_was_entered_stays(self, client, begun):
        draft = Draft.objects.get()
        draft.answers = {"family": [{"id": f"p{n}", "name": f"Person {n}", "relationship": "other"} for n in range(30)]}
        draft.save()
        group = begun("family")
        assert client.get(f"{group}new/").headers["Location"] == group
        response = client.post(f"{group}new/", {"name": "One Too Many", "relationship": "other"})
        assert "You have added 30, the most this form takes" in response.content.decode()
        assert "One Too Many" in response.content.decode()
        assert client.post(f"{group}p7/", {"name": "Renamed", "relationship": "other"}).headers["Location"] == group

    def test_an_item_with_an_error_keeps_what_was_entered_and_its_token(self, client, begun):
        response = client.post(begun("professionals") + "new/", {"agency_type": "gp", "token": "abc1"})
        page = response.content.decode()
        assert "Enter the organisation or team" in page
        assert 'value="abc1"' in page
        assert '<option value="gp" selected>' in page
