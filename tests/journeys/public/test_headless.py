"""The example of a front end of one's own: a page of plain HTML that asks any published form over the API."""

import datetime as dt
import json
import re
from itertools import product

import pytest

from forms.api.answers import check
from forms.conditions import holds, worked_out
from forms.definitions import read
from forms.schema import Calculation, Condition, FormSchema, Test
from tests.forms.kinds.test_round_trip import QUESTIONS
from tests.forms.test_uploads import PDF
from tests.journeys.accessibility import does_not_fit, violations
from tests.journeys.answering import answer_all, place_of
from tests.journeys.publishing import publish_on
from tests.notifying import invented_answers
from tests.processes import ROOT

pytestmark = [pytest.mark.journey, pytest.mark.any_database]
EXAMPLE = (ROOT / "docs/examples/form.html").read_text()
ONLY_NO = {"tests": [{"question": "first", "value": "no"}]}
AT_SCHOOL = {"tests": [{"question": "age", "comparison": "at_least", "value": "4"}]}
AGE = {"operation": "age_in_years", "of": ["born", "died"]}
SOMETIMES = [{"code": "always", "label": "Always"}, {"code": "rare", "label": "Rarely", "show_if": ONLY_NO}]
PARTS = [{"kind": "short_text", "key": key, "label": key.title()} for key in ("colour", "age")]
PARTS += [{"kind": "select", "key": "mood", "label": "Mood", "choices": SOMETIMES}]
TESTS = [{"question": "colour", "value": "red"}, {"question": "age", "comparison": "at_least", "value": "9"}]
RED_OR_OLD = {"operation": "count", "of": ["things"], "where": {"join": "any", "tests": TESTS}}
NONE = {"tests": [{"question": "many", "value": "0"}]}
IN_THE_EAST = {"tests": [{"question": "area", "value": "east"}]}
COMES_AND_GOES = [
    {
        "key": "one",
        "title": "One",
        "questions": [
            {"kind": "yes_no", "key": "first", "label": "First"},
            {"kind": "short_text", "key": "why", "label": "Why", "show_if": ONLY_NO},
            {"kind": "date", "key": "born", "label": "Born"},
            {"kind": "date", "key": "died", "label": "Died"},
            {"kind": "calculated", "key": "age", "label": "Age", "calculation": AGE},
            {"kind": "short_text", "key": "school", "label": "School", "show_if": AT_SCHOOL},
        ],
    },
    {
        "key": "two",
        "title": "Two",
        "questions": [{"kind": "select", "key": "pick", "label": "Pick", "choices": SOMETIMES}],
    },
    {
        "key": "three",
        "title": "Three",
        "questions": [{"kind": "email", "key": "email", "label": "E-mail"}],
        "show_if": ONLY_NO,
    },
    {
        "key": "four",
        "title": "Four",
        "questions": [
            {"kind": "repeat", "key": "things", "label": "Things", "item_title": "Thing", "questions": PARTS}
        ],
    },
    {
        "key": "five",
        "title": "Five",
        "questions": [
            {"kind": "calculated", "key": "many", "label": "Many", "calculation": RED_OR_OLD},
            {"kind": "short_text", "key": "none", "label": "None", "show_if": NONE},
            {"kind": "hidden", "key": "area", "label": "Area", "initial": "east"},
            {"kind": "short_text", "key": "local", "label": "Local", "show_if": IN_THE_EAST},
        ],
    },
]
VALUES = {
    "address": {"line1": "1 Made Up Street", "town": "Nowhere"},
    "calculated": None,
    "checkboxes": ["red", "green"],
    "date": "2026-03",
    "date_time": "2026-03-01T14:05",
    "decimal_number": "0.10",
    "declaration": "yes",
    "email": "a@invented.example",
    "full_name": "Invented Registrar",
    "grid": {"one": "red"},
    "heading": None,
    "hidden": None,
    "information": None,
    "long_text": "One line\nand another",
    "lookup": "green",
    "month_year": "2026-03",
    "nhs_number": "9990000018",
    "phone": "01632 960 001",
    "postcode": "ZZ99 3WZ",
    "radios": "red",
    "repeat": [{"it": "First"}, {"it": "Second"}],
    "select": "green",
    "short_text": "not_applicable",
    "time": "14:05",
    "upload": None,
    "whole_number": 7,
    "yes_no": "not_applicable",
}


@pytest.fixture
def front_end(page, server):
    """The example, served beside the product."""
    page.route("**/form.html", lambda route: route.fulfill(body=EXAMPLE, content_type="text/html"))
    page.goto("/form.html")
    return page


@pytest.fixture(scope="module")
def token(server) -> str:
    return server.manage("api_token", "Example front end", "--scope", "submit")


def wrong(page) -> list[str]:
    return violations(page) + does_not_fit(page)


def test_a_notification_is_sent_from_a_page_of_ones_own(front_end, token, watch):
    schema, answers = FormSchema.model_validate(read("notification")), invented_answers()
    front_end.get_by_label("Token").fill(token)
    front_end.get_by_role("button", name="List the forms").click()
    front_end.get_by_role("button", name=schema.title).click()
    front_end.get_by_role("heading", name=schema.title, level=1).wait_for()
    assert wrong(front_end) == []

    front_end.get_by_role("button", name="Send").click()
    summary = front_end.get_by_role("alert")
    summary.get_by_role("link", name="Enter your full name").click()
    name = place_of(front_end, "notifier_name").get_by_role("textbox")
    assert name.evaluate("input => input === document.activeElement")
    assert name.get_attribute("aria-invalid") == "true"
    assert place_of(front_end, "notifier_name").locator(".error").inner_text().strip() == "Enter your full name"
    assert wrong(front_end) == []
    # The browser itself reports that the server refused what was sent.
    assert [complaint for complaint in watch.complaints if "422" not in complaint] == []
    watch.complaints.clear()

    answer_all(front_end, schema, answers)
    if schema.declaration:
        front_end.get_by_label(schema.declaration, exact=True).check()
    assert json.loads(front_end.evaluate("body()"))["answers"] == answers
    front_end.get_by_role("button", name="Send").click()
    reference = front_end.locator("#reference").inner_text()
    assert re.fullmatch(r"[A-Z0-9]{4}(-[A-Z0-9]{4}){2}", reference)
    assert wrong(front_end) == []
    assert front_end.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


@pytest.mark.parametrize("width", [320], indirect=True)
def test_a_file_that_is_needed_is_sent_from_a_page_of_ones_own(front_end, server, token, watch):
    asked = {"kind": "upload", "key": "papers", "label": "Papers", "file_types": ["pdf"], "required": "mandatory"}
    publish_on(server, "papers-wanted", "Papers wanted", {"key": "p", "title": "Papers", "questions": [asked]})
    front_end.get_by_label("Token").fill(token)
    front_end.get_by_role("button", name="List the forms").click()
    front_end.get_by_role("button", name="Papers wanted").click()
    choose = front_end.get_by_label("Papers", exact=True)
    send = front_end.get_by_role("button", name="Send")

    choose.set_input_files({"name": "notes.txt", "mimeType": "application/pdf", "buffer": b"No PDF"})
    send.click()
    front_end.get_by_role("alert").get_by_role("link", name="“notes.txt” must be a PDF").wait_for()
    assert choose.get_attribute("aria-invalid") == "true"
    assert wrong(front_end) == []

    choose.set_input_files([{"name": name, "mimeType": "", "buffer": PDF} for name in ("one.pdf", "two.pdf")])
    send.click()
    front_end.locator("#reference").wait_for()
    assert [complaint for complaint in watch.complaints if "422" not in complaint] == []
    watch.complaints.clear()


def test_every_kind_of_question_is_answered_in_the_form_in_which_it_is_stored(front_end):
    questions = [question.model_dump() | {"key": kind} for kind, question in QUESTIONS.items()]
    page = {"key": "p", "title": "Every kind", "questions": questions}
    schema = FormSchema.model_validate({"slug": "every", "title": "Every kind of question", "pages": [page]})
    front_end.evaluate("form => present(form)", schema.model_dump(mode="json"))
    answer_all(front_end, schema, VALUES)
    assert wrong(front_end) == []
    assert set(VALUES) == set(QUESTIONS)
    given = json.loads(front_end.evaluate("body()"))["answers"]
    told = check(schema, given, dt.date(2026, 11, 24))
    assert told.problems == []
    assert told.answers == {kind: value for kind, value in VALUES.items() if value is not None}


@pytest.mark.parametrize("width", [1280], indirect=True)
def test_a_comparison_holds_in_the_browser_when_it_holds_here(front_end):
    stored = [None, "yes", "2", 2, "2.50", "2024-02-29", "2025-02-28", "2025-03-01T09:00", "2025-02", ["yes", "no"]]
    values = ["", "yes", "2", "3", "yes, 2", "today", "2024-02-29"]
    comparisons = ["is", "is_not", "any_of", "answered", "not_answered", "at_least", "at_most", "before", "after"]
    tests = [Test(question="q", comparison=how, value=value) for how, value in product(comparisons, values)]
    tests += [Test(question="q", comparison=how, other="o") for how in comparisons]
    tests += [
        Test(question="q", comparison=how, value=value, unit=unit, other=other)
        for how, value, unit, other in product(
            ["age_at_least", "age_under"], ["1", "365", "x"], ["", "days", "years"], ["", "o"]
        )
    ]
    cases = [(test, {"q": q, "o": o}) for test, q, o in product(tests, stored, stored)]
    asked = [[test.model_dump(), answers] for test, answers in cases]
    there = front_end.evaluate("cases => cases.map(([test, answers]) => holds(test, answers))", asked)
    day = dt.date.fromisoformat(front_end.evaluate("today()"))
    here = [holds(test, answers, day) for test, answers in cases]
    assert [case for case, one, other in zip(cases, here, there, strict=True) if one != other] == []


@pytest.mark.parametrize("width", [1280], indirect=True)
def test_questions_and_answers_come_and_go_with_what_they_depend_on(front_end):
    schema = FormSchema.model_validate({"slug": "s", "title": "Comes and goes", "pages": COMES_AND_GOES})
    front_end.evaluate("form => present(form)", schema.model_dump(mode="json"))
    shown = {"why": False, "school": False, "none": True, "area": False, "local": True}
    assert {key: place_of(front_end, key).is_visible() for key in shown} == shown
    assert not front_end.get_by_role("heading", name="Three").is_visible()

    answers = {"first": "no", "why": "Because", "born": "2019-01-01", "died": "2026-01-01", "pick": "rare"}
    answers |= {
        "school": "Invented school",
        "things": [{"colour": "blue", "age": "3"}, {"colour": "red", "mood": "rare"}],
    }
    answer_all(front_end, schema, answers)
    assert front_end.get_by_role("heading", name="Three").is_visible()
    assert place_of(front_end, "age").locator("output").inner_text() == "7"
    assert place_of(front_end, "many").locator("output").inner_text() == "1"
    assert not place_of(front_end, "none").is_visible()
    assert json.loads(front_end.evaluate("body()"))["answers"] == answers

    place_of(front_end, "first").get_by_label("Yes", exact=True).check()
    assert not place_of(front_end, "why").is_visible()
    given = json.loads(front_end.evaluate("body()"))["answers"]
    assert not {"why", "pick"} & set(given)
    assert given["things"] == [{"colour": "blue", "age": "3"}, {"colour": "red"}]


@pytest.mark.parametrize("width", [1280], indirect=True)
def test_what_is_counted_in_the_browser_is_what_is_counted_here(front_end):
    items = [{}, {"colour": "red"}, {"colour": "blue", "age": "9"}, {"colour": "red", "age": "10"}, {"age": "x"}]
    calculations = [
        Calculation(operation="count", of=["things"], where=Condition(join=join, tests=TESTS[:number]))
        for join, number in product(["all", "any"], [0, 1, 2])
    ]
    cases = [(each, {"things": items[:number]}) for each, number in product(calculations, range(len(items) + 1))]
    cases += [(each, {}) for each in calculations]
    asked = [[calculation.model_dump(), answers] for calculation, answers in cases]
    there = front_end.evaluate(
        "cases => cases.map(([calculation, answers]) => calculated(calculation, answers))", asked
    )
    assert there == [worked_out(calculation, answers, dt.date.today()) for calculation, answers in cases]


@pytest.mark.parametrize("width", [1280], indirect=True)
def test_words_of_an_editor_bring_no_script_into_the_page(front_end):
    words = "<p>Read <b>this</b> <a href='javascript:alert(1)' onclick='alert(2)'>link</a><img src='/x.png'></p>"
    shown = front_end.evaluate("html => make('div', {}, ...rich(html)).innerHTML", words)
    assert shown == "<p>Read <b>this</b> <a>link</a></p>"
