"""The check before publishing: values that no answer can have, in conditions, rules and triggers."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.checking import shown
from forms.checks import findings
from forms.checks.constants import constants
from forms.checks.findings import deciding
from forms.checks.values import strange_values
from forms.conditions import holds, kept, met, visible
from forms.definitions import names, read
from forms.kinds import comparisons
from forms.models import Form
from forms.schema import Condition, FormSchema, Rule
from forms.stream import stream_pages, stream_triggers
from tests.forms.answers import answers_to
from tests.forms.making import page, publish
from tests.forms.schemas import schemas
from tests.forms.test_checks import BORN, COLOUR, YES_NO, asked, form, warnings, when

WEEKS = {"kind": "whole_number", "key": "weeks", "label": "Weeks", "maximum": 44}
WEIGHT = {"kind": "decimal_number", "key": "weight", "label": "Weight"}
MONTH = {"kind": "month_year", "key": "month", "label": "Month"}
CODE = {"kind": "postcode", "key": "code", "label": "Postcode"}
ASKED = (YES_NO, COLOUR, BORN, WEEKS, WEIGHT, MONTH, CODE)
STRANGE = [
    (("colour", "is", "mauve"), "mauve”, which “Colour” does not offer."),
    (("known", "any_of", "yes, perhaps"), "perhaps”, which “Known?” does not offer."),
    (("weeks", "at_least", "many"), "many”, which is no number."),
    (("weeks", "is", "2.5"), "2.5”, which no answer to “Weeks” can be."),
    (("weeks", "is", "45"), "45”, which no answer to “Weeks” can be."),
    (("weight", "at_most", "NaN"), "NaN”, which is no number."),
    (("born", "before", "31.2.2020"), "31.2.2020”, which is no date."),
    (("born", "after", "2020-02-31"), "2020-02-31”, which is no date."),
    (("born", "is", "today"), "today”, which no answer to “Born” can be."),
    (("born", "age_under", "five"), "five”, which is no number."),
    (("month", "is", "2020-13"), "2020-13”, which no answer to “Month” can be."),
    (("code", "is", "nowhere"), "nowhere”, which no answer to “Postcode” can be."),
]
PLAIN = [
    ("colour", "any_of", "red, blue"),
    ("known", "is", "not_known"),
    ("weeks", "at_least", "36.5"),
    ("weeks", "is", "44"),
    ("weight", "is_not", "2.50"),
    ("born", "before", "today"),
    ("born", "is", "2020-02-29"),
    ("born", "age_at_least", "18"),
    ("month", "is", "2020-12"),
    ("code", "is", "ZZ99 3WZ"),
]


def in_a_condition(test):
    return warnings(form(*ASKED, asked("Why?", when(test))))


def in_a_rule(test):
    rule = Rule(question="known", message="Look again", refuse_if=Condition.model_validate(when(test)))
    return warnings(form(*ASKED).model_copy(update={"rules": [rule]}))


def in_a_trigger(test):
    schema = form(YES_NO).model_copy(update={"triggers": [Condition.model_validate(when(test))]})
    return [each.message for each in findings(schema, (), [form(*ASKED)]) if not each.blocks]


PLACES = {"“Why?”": in_a_condition, "The rule “Look again”": in_a_rule, "Trigger 1": in_a_trigger}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("test", "message"), STRANGE)
def test_a_value_that_no_answer_can_have_is_pointed_out(place, test, message):
    assert PLACES[place](test) == [f"{place} depends on “{message}"]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("test", PLAIN)
def test_a_value_that_an_answer_can_have_is_let_be(place, test):
    assert PLACES[place](test) == []


def test_what_a_trigger_reads_of_forms_that_are_not_known_here_is_let_be():
    schema = form(YES_NO).model_copy(update={"triggers": [Condition.model_validate(when(("colour", "is", "mauve")))]})
    assert warnings(schema) == []


@pytest.mark.parametrize("name", names())
def test_no_condition_rule_or_trigger_that_ships_is_pointed_out(name):
    shipped = [FormSchema.model_validate(read(each)) for each in ("notification", "reporting")]
    found = findings(FormSchema.model_validate(read(name)), (), shipped)
    assert [each.message for each in found if "depends on" in each.message or "never" in each.message] == []


@given(schemas(), st.data())
def test_a_rule_that_is_said_to_refuse_nothing_refuses_nobody_who_is_asked_its_question(schema, data):
    today = dt.date(2026, 11, 24)
    silent = {each.place for each in findings(schema) if "never refuses anything" in each.message}
    always = constants(schema, (), ())
    given_by_people = {key: value for key, value in data.draw(answers_to(schema)).items() if key not in always}
    answers = kept(schema, given_by_people, today)
    on_the_way = {question.key for _, questions in visible(schema, given_by_people, today) for question in questions}
    for number, rule in enumerate(schema.rules):
        refuses = rule.question in on_the_way and met(rule.refuse_if, answers, today)
        assert not (refuses and ("rules", number) in silent)


@given(schemas(), st.data())
def test_no_answer_meets_a_test_whose_value_no_answer_can_have(schema, data):
    """Compared as the editor offers it: that another comparison cannot be made is said of the comparison."""
    today = dt.date(2026, 11, 24)
    answers = data.draw(answers_to(schema))
    for each in deciding(schema):
        for test in each.condition.tests:
            alone = replace(each, condition=Condition(tests=[test]))
            question = each.known.get(test.question)
            offered = question is None or test.comparison in comparisons()[question.kind]
            if test.comparison != "is_not" and offered and strange_values(alone):
                assert not holds(test, answers, today), (test, answers)


@pytest.mark.django_db
def test_an_editor_is_told_what_the_other_forms_do_not_offer_and_led_to_the_trigger():
    publish(page("one", COLOUR), slug="notification")
    triggers = stream_triggers([when(("colour", "is", "red")), when(("colour", "is", "mauve"))])
    supplementary = Form.objects.create(
        slug="more", title="More", triggers=triggers, pages=stream_pages([page("one", YES_NO)])
    )
    (found,) = [each for each in shown(supplementary) if "mauve" in each.message]
    assert found.message == "Trigger 2 depends on “mauve”, which “Colour” does not offer."
    assert found.open == (supplementary.triggers[1].id,)
    assert not found.blocks
