"""The check before publishing: settings that leave a form with nothing to answer or nothing to compare."""

import pytest

from forms.checks import findings, problems
from tests.forms.test_checks import BORN, COLOUR, YES_NO, asked, form, when

EMAIL = {"kind": "email", "key": "email", "label": "Email"}
WEEKS = {"kind": "whole_number", "key": "weeks", "label": "Weeks"}
GRID = {"kind": "grid", "key": "grid", "label": "Grid", "rows": COLOUR["choices"], "choices": COLOUR["choices"]}
SILENT = [
    {"kind": "heading", "key": "top", "label": "Top"},
    {"kind": "information", "key": "read", "body": "Words"},
    {"kind": "hidden", "key": "area", "label": "Area"},
]


def group(*questions, **options):
    return {"kind": "repeat", "key": "each", "label": "Each", "questions": list(questions)} | options


def nothing(comparison):
    return when(("born", comparison))


@pytest.mark.parametrize("comparison", ["is", "is_not", "any_of", "at_least", "before", "age_under"])
def test_a_rule_or_a_trigger_that_compares_with_nothing_stops_the_form(comparison):
    rule = {"question": "born", "message": "Check it", "refuse_if": nothing(comparison)}
    schema = form(BORN).model_validate(
        form(BORN).model_dump() | {"rules": [rule], "triggers": [when(("sex", "answered")), nothing(comparison)]}
    )
    which = "age. Enter one" if comparison == "age_under" else "answer. Choose one"
    found = [(each.message, each.place) for each in findings(schema)]
    assert (f"The rule “Check it” depends on “Born”, but not on which {which}.", ("rules", 0)) in found
    # A trigger reads answers to other forms, which are not known here.
    assert (f"Trigger 2 depends on “born”, but not on which {which}.", ("triggers", 1)) in found
    assert {place for _, place in found} == {("rules", 0), ("triggers", 1)}


def test_an_age_on_the_day_of_another_answer_still_needs_a_number():
    age = {"question": "born", "comparison": "age_under", "other": "died"}
    died = BORN | {"key": "died", "label": "Died"}
    assert problems(form(BORN, died, asked("Why?", {"tests": [age]}))) == [
        "“Why?” depends on “Born”, but not on which age. Enter one."
    ]
    assert problems(form(BORN, died, asked("Why?", {"tests": [age | {"value": "18"}]}))) == []


@pytest.mark.parametrize(
    ("acknowledge", "expected"),
    [
        ("", []),
        ("email", []),
        ("phone", ["The receipt is sent to “phone”, which is not in this form. Choose one, or send none."]),
        ("colour", ["The receipt is sent to “colour”, which is no email question. Choose one, or send none."]),
    ],
)
def test_a_receipt_goes_to_an_email_question(acknowledge, expected):
    assert problems(form(COLOUR, EMAIL).model_copy(update={"acknowledge": acknowledge})) == expected


@pytest.mark.parametrize(
    ("question", "message"),
    [
        (
            WEEKS | {"minimum": 42, "maximum": 20.5},
            "“Weeks” takes no number: it must be at least 42 and at most 20.5. Change one of them.",
        ),
        (
            group(WEEKS, min_items=3, max_items=2),
            "“Each” takes no items: there must be at least 3 and at most 2. Change one of them.",
        ),
        (GRID | {"rows": []}, "“Grid” is a grid without rows. Add a row for each question."),
        (GRID | {"choices": []}, "“Grid” is a grid without answers. Add the answers to choose from."),
        (group(*SILENT), "“Each” repeats nothing. Add a question to the group."),
    ],
)
def test_a_question_that_takes_no_answer_stops_the_form(question, message):
    assert problems(form(question)) == [message]


@pytest.mark.parametrize("question", [WEEKS | {"minimum": 20, "maximum": 20}, GRID, group(WEEKS, min_items=2)])
def test_settings_that_can_be_met_are_let_be(question):
    assert problems(form(question)) == []


def test_a_form_that_a_person_can_only_read_asks_nothing():
    total = {"kind": "calculated", "key": "total", "label": "Total", "calculation": {"of": ["area"]}}
    expected = ["The form asks nothing. Add a page with at least one question that a person can answer."]
    assert problems(form(*SILENT, total)) == expected
    assert problems(form(*SILENT, total, YES_NO)) == []


HIDDEN = {"kind": "hidden", "key": "ward", "label": "Ward"}


def hints(*questions):
    return [each.message for each in findings(form(*questions)) if not each.blocks]


def test_a_hidden_value_that_may_stay_blank_is_pointed_out():
    blank = "“Ward” is hidden and has no value from the start. It stays blank unless the case knows “ward”."
    assert hints(YES_NO, HIDDEN) == [blank]
    assert hints(YES_NO, HIDDEN | {"initial": "East"}) == []
    assert not [hint for hint in hints(YES_NO, HIDDEN | {"key": "sex"}) if "blank" in hint]


def test_a_hidden_value_in_a_group_is_pointed_out():
    blank = "“Ward” in “Each” is hidden, and nothing is filled in inside a group. Put it on a page."
    assert blank in hints(group(WEEKS, HIDDEN | {"initial": "East"}))
