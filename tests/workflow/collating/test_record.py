"""The record of a case on screen: who said what, and what the coordinator settles on."""

import html
import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from forms.models import Submission
from forms.services import receive
from tests.forms.making import page, publish
from tests.workflow.asking import ask
from tests.workflow.reviewing import review
from workflow.collating import services
from workflow.collating.engine import Item, Standing
from workflow.collating.selectors import record_of
from workflow.models import AgreedValue, Case, InformationRequest, RequestedForm
from workflow.outbox.shipped import load_messages
from workflow.requests import services as requests
from workflow.requests.answering import form_came_back
from workflow.services import MoveRefused, confirm_scope, decide_scope, move

pytestmark = pytest.mark.django_db

ABOUT_YOU = {"kind": "full_name", "key": "respondent_name", "label": "Your name", "autocomplete": "name"}
SMOKED = {"kind": "yes_no", "key": "household_smoking", "label": "Did anybody smoke at home?", "sensitivity": "S"}
BORN = {"kind": "date", "key": "date_of_birth", "label": "Date of birth", "sensitivity": "I"}
WEIGHT = {"kind": "whole_number", "key": "birth_weight_g", "label": "Birth weight", "minimum": 200, "maximum": 7000}
WEIGHT |= {"sensitivity": "S"}
STORY = {"kind": "long_text", "key": "narrative", "label": "What do you know?"}


@pytest.fixture
def told(case, coordinator):
    """`told("Invented Surgery", household_smoking="yes")`: an agency was asked and sent this."""
    load_messages()
    publish(page("about-you", ABOUT_YOU), page("home", SMOKED, BORN, WEIGHT, STORY), slug="reporting")

    def send(agency: str, **answers: object) -> Submission:
        request = ask(case, coordinator, name=agency)
        form = request.forms.get()
        submission = receive(form.version, {"respondent_name": "Invented Doctor"} | answers)
        form_came_back(form, submission)
        return submission

    return send


@pytest.fixture
def desk(client, coordinator, case):
    """`desk()`: the coordinator reads the record; `desk(show="choose")` a part of it."""
    client.force_login(coordinator)

    def read(**query: str) -> str:
        return text(client.get(reverse("cases:record", args=[case.reference]), query))

    return read


def text(response) -> str:
    assert response.status_code == 200
    page = html.unescape(response.content.decode())
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page[page.index("<main") :]))


def item(case: Case, user, name: str) -> Item:
    return next(each for each in record_of(case, user) if each.name == name)


def smoking(submission: Submission) -> str:
    """Its answer to that question, as the screen names it."""
    return f"{submission.pk}:household_smoking"


def settle(client, case: Case, name: str, **posted: object):
    address = reverse("cases:agree", args=[case.reference, name])
    seen = re.search(r'name="seen" value="([^"]*)"', client.get(address).content.decode())[1]
    return client.post(address, {"seen": seen} | posted, follow=True)


def test_each_answer_stands_beside_its_source(told, desk):
    told("Invented Surgery", household_smoking="yes", narrative="Seen twice.")
    told("Invented Hospital", household_smoking="no")
    page = desk()
    assert "They differ" in page
    assert "Yes Invented Surgery" in page
    assert "No Invented Hospital" in page
    assert "What do you know? Seen twice." in page
    assert "Left blank Invented Hospital" in page
    assert "Invented Doctor" not in page


def test_the_notification_is_a_source_and_is_compared_with_the_agencies(told, case, coordinator):
    born = item(case, coordinator, "date_of_birth").told[0].value
    told("Invented Surgery", date_of_birth=born)
    assert item(case, coordinator, "date_of_birth").standing == Standing.TOLD
    told("Invented Hospital", date_of_birth="2019-01-01")
    assert item(case, coordinator, "date_of_birth").standing == Standing.DIFFERENT


def test_what_a_settled_answer_calls_for_can_be_settled_too(case, coordinator):
    def names() -> set[str]:
        return {each.name for each in record_of(case, coordinator)}

    def settled(name: str, value: str) -> None:
        seen = {told.submission for told in item(case, coordinator, name).told}
        services.agree(case, coordinator, name, seen, "Told by telephone.", value=value)

    before = names()
    assert "country" not in before
    settled("place_of_death_type", "abroad")
    assert names() == before | {"country"}
    assert item(case, coordinator, "country").standing == Standing.BLANK
    settled("country", "fr")
    assert item(case, coordinator, "country").words == "France"
    assert Case.objects.get(pk=case.pk).record["country"] == "fr"


def test_what_differs_is_found_in_one_step_from_the_case_and_settled(told, desk, client, case):
    told("Invented Surgery", household_smoking="yes")
    hospital = told("Invented Hospital", household_smoking="no")
    assert "1 waits to be settled" in text(client.get(reverse("cases:case", args=[case.reference])))
    assert "To settle 1" in desk(show="choose")
    page = text(
        settle(
            client,
            case,
            "household_smoking",
            answer=smoking(hospital),
            reason="They were at the house.",
        )
    )
    assert "Recorded." in page
    assert "No Agreed Coordinator No 1" in page
    assert "“They were at the house.”" in page
    assert "Nothing waits to be settled" in desk(show="choose")
    case.refresh_from_db()
    assert case.record["household_smoking"] == "no"


def test_settling_says_so_on_the_timeline_and_keeps_why_sealed(told, client, desk, case):
    surgery = told("Invented Surgery", household_smoking="yes")
    settle(client, case, "household_smoking", answer=smoking(surgery), reason="Invented reason")
    entry = case.timeline.first()
    assert (entry.text, entry.words) == (
        "Agreed what is recorded for “Did anybody smoke at home?”.",
        "Invented reason",
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM cdop_workflow_agreedvalue")
        assert "Invented" not in cursor.fetchone()[0]


def test_a_later_answer_opens_the_item_again_and_one_that_says_the_same_does_not(told, client, desk, case, coordinator):
    surgery = told("Invented Surgery", household_smoking="yes")
    settle(client, case, "household_smoking", answer=smoking(surgery), reason="")
    told("Invented Hospital", household_smoking="yes")
    assert item(case, coordinator, "household_smoking").standing == Standing.AGREED
    told("Invented School", household_smoking="no")
    assert item(case, coordinator, "household_smoking").standing == Standing.REOPENED
    assert "New answer since it was agreed" in desk(show="choose")


def test_a_form_that_comes_back_again_takes_the_place_of_the_first(told, case, coordinator):
    first = told("Invented Surgery", household_smoking="yes")
    form = RequestedForm.objects.get(pk=first.form_return.requested_id)
    form_came_back(form, receive(form.version, {"household_smoking": "no"}))
    assert [each.value for each in item(case, coordinator, "household_smoking").told] == ["no"]


def test_an_answer_of_ones_own_is_checked_as_the_question_would(told, client, desk, case, coordinator):
    told("Invented Surgery", birth_weight_g=3200)
    refused = text(settle(client, case, "birth_weight_g", answer="own", own="90000", reason="Typing error"))
    assert "“Birth weight” must be 7000 or less" in refused
    assert item(case, coordinator, "birth_weight_g").agreed is None
    settle(client, case, "birth_weight_g", answer="own", own="3100", reason="Read from the red book")
    assert item(case, coordinator, "birth_weight_g").agreed.value == 3100
    case.refresh_from_db()
    assert case.record["birth_weight_g"] == 3100


def test_an_answer_typed_beside_others_needs_no_second_choice(told, client, desk, case, coordinator):
    told("Invented Surgery", household_smoking="yes")
    settle(client, case, "household_smoking", own="no", reason="The health visitor rang")
    assert item(case, coordinator, "household_smoking").agreed.value == "no"


def test_what_was_left_blank_asks_for_the_answer_alone(told, client, desk, case, coordinator):
    told("Invented Surgery", household_smoking="yes")
    address = reverse("cases:agree", args=[case.reference, "birth_weight_g"])
    asked = client.get(address).content.decode()
    assert 'name="own"' in asked
    assert 'name="answer"' not in asked
    assert "This field is required" in text(settle(client, case, "birth_weight_g", reason="Red book"))
    settle(client, case, "birth_weight_g", own="3100", reason="Red book")
    assert item(case, coordinator, "birth_weight_g").agreed.value == 3100


def test_after_closing_an_answer_is_still_put_right(told, client, desk, case, coordinator, chair):
    told("Invented Surgery", household_smoking="yes")
    requests.move(InformationRequest.objects.get(), "waive", "staff", coordinator, "Invented.")
    review(case, coordinator, chair, until="close")
    assert "Correct Birth weight" in desk()
    settle(client, case, "birth_weight_g", own="3100", reason="NCMD asked")
    case.refresh_from_db()
    assert case.record["birth_weight_g"] == 3100


def test_of_a_child_who_is_not_reviewed_here_nothing_is_put_right(told, client, desk, case, coordinator, person):
    told("Invented Surgery", household_smoking="yes")
    decide_scope(case, coordinator, in_scope=False, reason_code="not_resident")
    confirm_scope(case, person("Designated doctor"))
    move(case, "rule_out", coordinator, reason="Invented.")
    assert "Correct Birth weight" not in desk()
    refused = settle(client, case, "birth_weight_g", own="3100", reason="NCMD asked")
    assert "Nothing more can be decided on it" in text(refused)
    assert not AgreedValue.objects.exists()


def test_a_day_of_ones_own_is_written_as_people_write_it(told, client, desk, case, coordinator):
    told("Invented Surgery", date_of_birth="2019-01-01")
    settle(client, case, "date_of_birth", answer="own", own="2 January 2019", reason="Birth certificate")
    assert item(case, coordinator, "date_of_birth").agreed.value == "2019-01-02"
    case.refresh_from_db()
    assert "date_of_birth" not in case.record


@pytest.mark.parametrize(
    ("posted", "told_why"),
    [
        ({}, "Choose the answer to go by"),
        ({"answer": "own", "reason": "Because"}, "Enter the answer to go by"),
        ({"answer": "own", "own": "yes"}, "Say why this is the answer to go by"),
        ({"answer": "999999", "reason": "Because"}, "Select a valid choice"),
    ],
)
def test_what_will_not_do_is_said_and_nothing_is_kept(told, client, desk, case, posted, told_why):
    told("Invented Surgery", household_smoking="yes")
    assert told_why in text(settle(client, case, "household_smoking", **posted))
    assert not AgreedValue.objects.exists()


def test_of_two_who_differ_none_is_taken_without_a_reason(told, client, desk, case):
    surgery = told("Invented Surgery", household_smoking="yes")
    told("Invented Hospital", household_smoking="no")
    assert "Say why" in text(settle(client, case, "household_smoking", answer=smoking(surgery), reason=" "))


@pytest.fixture
def twice(case, coordinator):
    """A form that asks for one item in two of its questions, and what came back."""
    load_messages()
    asks = {"label": "Did anybody smoke at the other home?", "key": "other_home", "item": "household_smoking"}
    publish(page("home", SMOKED, SMOKED | asks), slug="reporting")

    def send(first: str | None, second: str | None) -> Submission:
        form = ask(case, coordinator, name="Invented Surgery").forms.get()
        submission = receive(form.version, {"household_smoking": first, "other_home": second})
        form_came_back(form, submission)
        return submission

    return send


def test_a_form_that_answers_an_item_twice_and_not_alike_is_a_conflict_like_any_other(twice, case, coordinator, desk):
    twice("yes", "no")
    assert item(case, coordinator, "household_smoking").standing == Standing.DIFFERENT
    page = desk(show="choose")
    assert "Yes Invented Surgery" in page
    assert "“Did anybody smoke at home?”" in page
    assert "“Did anybody smoke at the other home?”" in page


@pytest.mark.parametrize(("question", "value"), [("household_smoking", "yes"), ("other_home", "no")])
def test_either_of_two_answers_of_one_form_can_be_chosen(twice, client, desk, case, coordinator, question, value):
    submission = twice("yes", "no")
    address = reverse("cases:agree", args=[case.reference, "household_smoking"])
    assert "Invented Surgery, “Did anybody smoke at the other home?”" in text(client.get(address))
    settle(client, case, "household_smoking", answer=f"{submission.pk}:{question}", reason="Told by the health visitor")
    assert item(case, coordinator, "household_smoking").agreed.value == value
    case.refresh_from_db()
    assert case.record["household_smoking"] == value
    assert re.search(rf'value="{submission.pk}:{question}"[^>]*checked', client.get(address).content.decode())


def test_of_two_unlike_answers_of_one_form_none_is_taken_unasked(twice, case, coordinator):
    submission = twice("yes", "no")
    with pytest.raises(MoveRefused, match="Choose one of the answers"):
        services.agree(case, coordinator, "household_smoking", {submission.pk}, "Because", submission=submission.pk)
    with pytest.raises(MoveRefused, match="Choose one of the answers"):
        services.agree(
            case, coordinator, "household_smoking", {submission.pk}, "Because", submission.pk, question="narrative"
        )


@pytest.mark.parametrize(("first", "second"), [("yes", "yes"), ("yes", None), (None, "yes")])
def test_two_answers_of_one_form_that_do_not_differ_are_one(twice, case, coordinator, first, second):
    submission = twice(first, second)
    assert item(case, coordinator, "household_smoking").standing == Standing.TOLD
    services.agree(case, coordinator, "household_smoking", {submission.pk}, "", submission=submission.pk)
    assert item(case, coordinator, "household_smoking").words == "Yes"


def test_an_answer_that_came_in_meanwhile_must_be_looked_at_first(told, case, coordinator):
    surgery = told("Invented Surgery", household_smoking="yes")
    told("Invented Hospital", household_smoking="no")
    with pytest.raises(MoveRefused, match="Another answer has come in"):
        services.agree(case, coordinator, "household_smoking", {surgery.pk}, "Because", submission=surgery.pk)


def test_having_looked_at_it_the_same_screen_takes_the_choice(told, client, desk, case):
    surgery = told("Invented Surgery", household_smoking="yes")
    address = reverse("cases:agree", args=[case.reference, "household_smoking"])
    chosen = {"answer": smoking(surgery), "reason": "They were at the house."}
    hospital = told("Invented Hospital", household_smoking="no")
    refused = client.post(address, chosen | {"seen": str(surgery.pk)})
    assert "Another answer has come in" in text(refused)
    seen = re.search(r'name="seen" value="([^"]*)"', refused.content.decode())[1]
    assert seen == f"{surgery.pk},{hospital.pk}"
    assert "Recorded." in text(client.post(address, chosen | {"seen": seen}, follow=True))


def test_what_was_agreed_can_be_changed_and_both_stay(told, client, desk, case, coordinator):
    surgery = told("Invented Surgery", household_smoking="yes")
    settle(client, case, "household_smoking", answer=smoking(surgery), reason="")
    settle(client, case, "household_smoking", answer="own", own="not_known", reason="They took it back")
    assert item(case, coordinator, "household_smoking").words == "Not known"
    assert AgreedValue.objects.count() == 2
    with pytest.raises(ValidationError):
        AgreedValue.objects.first().delete()


def test_who_may_not_know_the_child_reads_no_answer_that_identifies(told, case, person, client, coordinator):
    surgery = told("Invented Surgery", household_smoking="yes", date_of_birth="2019-01-02", narrative="A secret.")
    seen = {each.submission for each in item(case, coordinator, "date_of_birth").told}
    services.agree(case, coordinator, "date_of_birth", seen, "A secret reason", submission=surgery.pk)
    client.force_login(person("Panel chair"))
    page = text(client.get(reverse("cases:record", args=[case.reference])))
    assert "Did anybody smoke at home?" in page
    for secret in ("2 January 2019", "secret", "Date of birth", "Settle", "Correct"):
        assert secret not in page


@pytest.mark.parametrize("role", ["Panel chair", "Information governance"])
def test_only_those_who_work_on_it_and_know_the_child_settle(told, case, person, role):
    surgery = told("Invented Surgery", household_smoking="yes")
    with pytest.raises(PermissionDenied):
        services.agree(case, person(role), "household_smoking", {surgery.pk}, "Because", submission=surgery.pk)


def test_an_item_that_nobody_was_asked_is_not_there(told, client, desk, case, coordinator):
    assert client.get(reverse("cases:agree", args=[case.reference, "nothing"])).status_code == 404
    with pytest.raises(MoveRefused, match="Nobody was asked"):
        services.agree(case, coordinator, "nothing", set(), "Because", value="yes")


def test_the_record_is_searched_by_labels_and_by_what_was_said(told, desk):
    told("Invented Surgery", narrative="He liked trains.")
    assert "He liked trains." in desk(q="trains liked")
    assert "What do you know?" in desk(q="you know")
    assert "Nothing in this record speaks of “zebra”" in desk(q="zebra")


def test_it_says_how_much_is_answered_and_who_is_still_to_come(told, desk, case, coordinator):
    told("Invented Surgery", household_smoking="yes", narrative="Known.")
    ask(case, coordinator, name="Invented Police")
    page = desk()
    assert "Still to come:" in page
    assert "Invented Police" in page
    assert "2 of 3 answered" in page


def test_opening_the_record_is_remembered(told, desk, case):
    desk()
    assert case.views.count() == 1


def test_the_record_costs_the_same_for_one_agency_and_for_many(told, desk):
    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            desk()
        return len(queries)

    told("Invented Surgery", household_smoking="yes")
    desk()
    one = cost()
    for number in range(4):
        told(f"Invented Agency {number}", household_smoking="no", narrative="Known.")
    desk()
    assert cost() == one
