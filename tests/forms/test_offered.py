"""Answers that are offered only sometimes, and questions that stand inside an answer."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup

from forms.api.answers import check
from forms.checks import problems
from forms.comparing import changes
from forms.models import Submission
from forms.schema import FormSchema
from tests.forms.making import page, publish

BABY = {"tests": [{"question": "age", "value": "baby"}]}
AGE = {
    "kind": "radios",
    "key": "age",
    "label": "Age",
    "required": "mandatory",
    "choices": [{"code": "baby", "label": "Baby"}, {"code": "child", "label": "Child"}],
}
PLACE = {
    "kind": "radios",
    "key": "place",
    "label": "Place",
    "required": "mandatory",
    "choices": [
        {"code": "home", "label": "Home"},
        {"code": "school", "label": "School"},
        {"code": "cot", "label": "Cot", "show_if": BABY},
    ],
}
WHICH = {
    "kind": "short_text",
    "key": "which",
    "label": "Which school?",
    "required": "mandatory",
    "inside": True,
    "show_if": {"tests": [{"question": "place", "value": "school"}]},
}


def schema(*pages, **more):
    return FormSchema.model_validate({"slug": "small", "title": "Small", "pages": list(pages)} | more)


@pytest.fixture
def form(db):
    return publish(page("age", AGE), page("place", PLACE, WHICH), slug="small")


@pytest.fixture
def answer(client, form):
    """`answer(age)`: begins a form and answers its first page; the address of the second."""

    def begin(age):
        first = client.post("/small/").headers["Location"]
        return client.post(first, {"age": age}).headers["Location"]

    return begin


def read(client, address):
    return BeautifulSoup(client.get(address).content, "html.parser").main


def offered(html):
    return [radio["value"] for radio in html.select("input[name=place]")]


def test_an_answer_is_offered_to_those_it_is_for(client, answer):
    assert offered(read(client, answer("baby"))) == ["home", "school", "cot"]
    assert offered(read(client, answer("child"))) == ["home", "school"]


def test_an_answer_that_was_not_offered_is_refused(client, answer):
    html = client.post(answer("child"), {"place": "cot"}).content.decode()
    assert "Choose one of the answers offered to “Place”" in html


def test_an_answer_that_is_not_offered_any_more_must_be_given_again(client, answer):
    place = answer("baby")
    client.post(place, {"place": "cot"})
    client.post(place.replace("/place/", "/age/"), {"age": "child"})
    assert "Cot" not in read(client, place.replace("/place/", "/check/")).text
    check = client.post(place.replace("/place/", "/check/"), {"declaration": "yes"}).content.decode()
    assert "Choose an answer to “Place”" in check
    assert Submission.objects.count() == 0
    client.post(place, {"place": "home"})
    client.post(place.replace("/place/", "/check/"), {"declaration": "yes"})
    assert Submission.objects.get().all_answers() == {"age": "child", "place": "home"}


def test_a_question_inside_an_answer_stands_right_below_it(client, answer):
    html = read(client, answer("child"))
    inside = html.select_one(".nhsuk-radios__conditional")
    assert inside.find("input")["name"] == "which"
    assert inside.find_previous("input")["value"] == "school"
    assert len(html.select("input[name=which]")) == 1


def test_its_error_is_listed_and_what_was_entered_stays(client, answer):
    place = answer("child")
    html = BeautifulSoup(client.post(place, {"place": "school"}).content, "html.parser")
    assert html.select_one(".nhsuk-error-summary a")["href"] == "#id_which"
    assert html.select_one(".nhsuk-radios__conditional .nhsuk-error-message")
    assert html.select_one("input[value=school]").has_attr("checked")


def test_it_is_asked_only_with_its_answer(client, answer):
    place = answer("child")
    assert client.post(place, {"place": "home", "which": "Invented school"}).status_code == 302
    client.post(place.replace("/place/", "/check/"), {"declaration": "yes"})
    assert Submission.objects.get().all_answers() == {"age": "child", "place": "home"}


@pytest.mark.parametrize(
    "condition",
    [
        {},
        {"tests": [{"question": "age", "value": "baby"}]},
        {"tests": [{"question": "place", "comparison": "any_of", "value": "school, home"}]},
        {"tests": [{"question": "place", "value": "school"}, {"question": "age", "value": "baby"}]},
    ],
    ids=["always", "an earlier page", "several answers", "several tests"],
)
def test_a_question_with_no_answer_to_stand_in_is_not_published(condition):
    found = problems(schema(page("age", AGE), page("place", PLACE, WHICH | {"show_if": condition})))
    assert [message[:51] for message in found] == ["“Which school?” cannot be shown inside an answer: a"]


def test_a_question_may_stand_inside_an_answer_of_a_repeat_group():
    group = {"kind": "repeat", "key": "places", "label": "Places", "item_title": "Place", "questions": [PLACE, WHICH]}
    group["questions"][0] = PLACE | {"choices": PLACE["choices"][:2]}
    assert problems(schema(page("places", group))) == []


def test_a_condition_names_an_answer():
    nothing = {"tests": [{"question": "age", "value": ""}]}
    cot = {"code": "cot", "label": "Cot", "show_if": nothing}
    places = PLACE | {"choices": [*PLACE["choices"][:2], cot], "show_if": nothing}
    assert problems(schema(page("age", AGE), page("place", places, show_if=nothing))) == [
        "Page “Place” depends on “Age”, but not on which answer. Choose one.",
        "“Place” depends on “Age”, but not on which answer. Choose one.",
        "The answer “Cot” to “Place” depends on “Age”, but not on which answer. Choose one.",
    ]


def test_an_answer_depends_on_earlier_pages_only():
    expected = "The answer “Cot” to “Place” depends on “age”, which is not asked on an earlier page."
    assert problems(schema(page("one", AGE, PLACE))) == [expected]
    assert problems(schema(page("one", PLACE), page("two", AGE))) == [expected]


def test_comparing_says_when_an_answer_is_offered_otherwise():
    always = PLACE | {"choices": [*PLACE["choices"][:2], {"code": "cot", "label": "Cot"}]}
    before, after = schema(page("age", AGE), page("place", always)), schema(page("age", AGE), page("place", PLACE))
    assert [change.message for change in changes(before, after)] == ["The answer “Cot” to “Place”: “Age” is Baby"]
    assert [change.message for change in changes(after, before)] == ["The answer “Cot” to “Place”: always"]


def test_an_answer_that_is_not_offered_is_refused_over_the_api_too():
    pages = [{"key": "one", "title": "One", "questions": [AGE]}, {"key": "two", "title": "Two", "questions": [PLACE]}]
    schema = FormSchema.model_validate({"slug": "s", "title": "S", "pages": pages})
    assert check(schema, {"age": "baby", "place": "cot"}, dt.date(2026, 1, 1)).problems == []
    (problem,) = check(schema, {"age": "child", "place": "cot"}, dt.date(2026, 1, 1)).problems
    assert problem.message == "Choose one of the answers offered to “Place”"


PLACES = {"kind": "repeat", "key": "places", "label": "Places", "item_title": "Place", "questions": [PLACE]}
IN_A_GROUP = page("age", AGE), page("places", PLACES)


@pytest.fixture
def add(client):
    """`add(age, place)`: begins a form and adds an item; the address of the group's page, and the response."""

    def added(age, place):
        first = client.post("/small/").headers["Location"]
        group = client.post(first, {"age": age}).headers["Location"]
        return group, client.post(f"{group}new/", {"place": place, "token": "abc1"})

    publish(*IN_A_GROUP, slug="small")
    return added


@pytest.mark.django_db
def test_an_item_is_asked_with_the_answers_that_earlier_pages_call_for(client, add):
    for age, places in (("baby", ["home", "school", "cot"]), ("child", ["home", "school"])):
        group, _ = add(age, "home")
        assert offered(read(client, f"{group}new/")) == places
    assert "Choose one of the answers offered to “Place”" in add("child", "cot")[1].content.decode()


@pytest.mark.django_db
def test_an_answer_of_an_item_that_is_not_offered_any_more_must_be_given_again(client, add):
    group, _ = add("baby", "cot")
    check_page = group.replace("/places/", "/check/")
    client.post(group.replace("/places/", "/age/"), {"age": "child"})
    refused = client.post(check_page, {"declaration": "yes"}).content.decode()
    assert "Finish or remove “Place 1”: it is not filled in completely" in refused
    assert Submission.objects.count() == 0
    client.post(f"{group}abc1/", {"place": "home"})
    client.post(check_page, {"declaration": "yes"})
    assert Submission.objects.get().all_answers() == {"age": "child", "places": [{"place": "home"}]}


def test_an_answer_of_an_item_that_is_not_offered_is_refused_over_the_api_too():
    given = {"places": [{"place": "cot"}, {"place": "home"}]}
    assert check(schema(*IN_A_GROUP), given | {"age": "baby"}, dt.date(2026, 1, 1)).problems == []
    (problem,) = check(schema(*IN_A_GROUP), given | {"age": "child"}, dt.date(2026, 1, 1)).problems
    assert problem.pointer == "#/answers/places/0/place"
