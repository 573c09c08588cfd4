"""The check before publishing: hidden values that are the same for everybody, and what reads them."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.checking import check
from forms.checks import findings
from forms.checks.constants import constants
from forms.checks.reaching import reaching
from forms.conditions import visible
from forms.models import Form
from forms.schema import Rule
from tests.forms.answers import answers_to
from tests.forms.making import page, publish
from tests.forms.schemas import schemas
from tests.forms.test_checks import BORN, COLOUR, YES_NO, asked, form, warnings, when

AREA = {"kind": "hidden", "key": "area", "label": "Area", "initial": "east"}
TEXT = {"kind": "short_text", "key": "note", "label": "Note"}
WEST, EAST, KNOWN = ("area", "is", "west"), ("area", "is", "east"), ("known", "is", "yes")
ALWAYS = "it depends on “Area”, which is always “east”. Change the condition."


def said(*tests, area=AREA, join="all", known=(), published=()):
    schema = form(YES_NO, area, last=(when(*tests, join=join), BORN))
    return [each.message for each in findings(schema, published, (), known) if not each.blocks]


@pytest.mark.parametrize(
    "tests",
    [[WEST], [("area", "is_not", "east")], [("area", "not_answered")], [KNOWN, WEST], [WEST, ("area", "is", "north")]],
)
def test_a_page_that_asks_another_value_of_a_constant_is_pointed_out(tests):
    assert said(*tests) == [f"Page “last” is never shown: {ALWAYS}"]


@pytest.mark.parametrize("tests", [[EAST], [("area", "is_not", "west")], [("area", "answered")], [KNOWN, EAST]])
def test_what_a_constant_meets_is_let_be(tests):
    assert said(*tests) == []


def test_what_may_hold_for_another_reason_is_let_be():
    assert said(WEST, KNOWN, join="any") == []
    assert said(WEST, ("area", "is", "north"), join="any") == [f"Page “last” is never shown: {ALWAYS}"]


def test_a_constant_that_is_there_only_sometimes_may_have_no_answer():
    sometimes = AREA | {"show_if": when(KNOWN)}
    assert said(("area", "not_answered"), area=sometimes) == []
    assert said(("area", "is_not", "east"), area=sometimes) == []
    assert said(WEST, area=sometimes) == [f"Page “last” is never shown: {ALWAYS}"]


def test_a_value_that_a_case_may_know_is_no_constant():
    assert said(WEST, known={"area"}) == []
    assert not any("never" in each for each in said(("sex", "is", "west"), area=AREA | {"key": "sex"}))


def test_a_value_that_was_another_in_a_published_version_is_no_constant():
    for before in (AREA | {"initial": "west"}, TEXT | {"key": "area"}):
        assert said(WEST, published=[form(YES_NO, before), form(YES_NO, AREA)]) == []
    assert said(WEST, published=[form(YES_NO, AREA)]) != []


def test_what_is_compared_with_another_answer_or_with_today_is_let_be():
    assert said(("area", "before", "today"), area=AREA | {"initial": "2026-01-01"}) == [
        "Page “last”: answers to “Area” cannot be compared in that way."
    ]
    other = {"tests": [{"question": "area", "comparison": "is", "other": "known"}]}
    assert warnings(form(YES_NO, AREA, asked("Why?", other))) == []


def test_a_question_of_a_group_with_the_same_key_is_another():
    group = {"kind": "repeat", "key": "each", "label": "Each"}
    parts = [COLOUR | {"key": "area"}, asked("Why?", when(("area", "is", "red")))]
    assert warnings(form(AREA, then=(when(), group | {"questions": parts}))) == []


def test_a_rule_that_reads_a_constant_which_never_meets_it_is_pointed_out():
    rule = Rule(question="known", message="Look again", refuse_if=when(WEST))
    schema = form(YES_NO, AREA).model_copy(update={"rules": [rule]})
    assert warnings(schema) == [f"The rule “Look again” never refuses anything: {ALWAYS}"]


def calculated(operation, *of):
    return {"kind": "calculated", "key": "total", "label": "Total", "calculation": {"operation": operation, "of": of}}


@pytest.mark.parametrize(
    ("initial", "operation", "what"),
    [("east", "sum", "number"), ("3", "days_between", "date"), ("2026-01", "age_in_years", "date")],
)
def test_what_is_worked_out_from_a_value_that_cannot_be_counted_with_is_pointed_out(initial, operation, what):
    of = ["area"] if operation == "sum" else ["born", "area"]
    after = [calculated(operation, *of), asked("Why?", when(("total", "answered")))]
    schema = form(BORN, AREA | {"initial": initial}, *after)
    assert warnings(schema) == [
        "“Why?” is never shown: it depends on “Total”, which nobody can answer. Change the condition.",
        f"“Total” is worked out from “Area”, whose value from the start, “{initial}”, is no {what}.",
    ]


def test_what_is_worked_out_from_a_value_of_its_kind_is_let_be():
    assert warnings(form(BORN, AREA | {"initial": "1.5"}, calculated("sum", "area"))) == []
    assert warnings(form(BORN, AREA | {"initial": "2026-01-01"}, calculated("days_between", "born", "area"))) == []


def test_a_hidden_value_fits_a_data_item_of_one_answer_whose_codes_it_is_among():
    sex = AREA | {"key": "sex", "label": "Sex"}
    assert warnings(form(YES_NO, sex | {"initial": "female"})) == []
    assert warnings(form(YES_NO, sex)) == ["“Sex” is “east”, which the data item “sex” does not have."]


@pytest.mark.django_db
def test_another_form_that_asks_under_the_same_key_is_thought_of():
    reads = {"show_if": when(WEST)}
    publish(page("one", YES_NO, AREA), page("two", BORN, **reads))
    small = Form.objects.get(slug="small")
    assert [each.message for each in check(small)] == [f"Page “Two” is never shown: {ALWAYS}"]
    publish(page("one", TEXT | {"key": "area"}), slug="other")
    assert check(small) == []


@settings(max_examples=20)
@given(schemas(), st.data())
def test_nothing_that_anybody_is_shown_is_never_shown_for_a_constant(schema, data):
    answers = data.draw(answers_to(schema))
    hidden = {question.key for question in schema.questions() if question.kind == "hidden" and question.initial}
    answers = {key: value for key, value in answers.items() if key not in hidden}
    said = {finding.place for finding in reaching(schema, (), constants(schema, (), ()))}
    walk = visible(schema, answers, dt.date(2026, 11, 24))
    shown = {each.key for _, questions in walk for each in questions}
    for number, each in enumerate(schema.pages):
        for index, question in enumerate(each.questions):
            assert ("pages", number, "questions", index) not in said or question.key not in shown
