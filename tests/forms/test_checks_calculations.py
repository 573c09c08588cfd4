"""The check before publishing: what is worked out from other answers."""

import pytest

from forms.checks import findings, problems
from forms.schema import FormSchema
from tests.forms.making import page
from tests.forms.test_checks import BORN, COLOUR, form

DIED = {"kind": "date_time", "key": "died", "label": "Died"}
MONTH = {"kind": "month_year", "key": "month", "label": "Month"}
WEIGHT = {"kind": "decimal_number", "key": "weight", "label": "Weight"}
SCALE = COLOUR | {"key": "scale", "choices": [{"code": "0", "label": "Never"}, {"code": "1", "label": "Often"}]}


def worked(operation, *keys):
    calculation = {"operation": operation, "of": list(keys)}
    return {"kind": "calculated", "key": "result", "label": "Result", "calculation": calculation}


@pytest.mark.parametrize(
    "calculation",
    [
        worked("age_in_years", "born", "died"),
        worked("days_between", "born", "died"),
        worked("sum", "weight"),
        worked("sum", "weight", "scale"),
    ],
)
def test_what_is_worked_out_from_earlier_dates_or_numbers_may_go_live(calculation):
    assert problems(form(BORN, DIED, WEIGHT, SCALE, calculation)) == []


def test_a_sum_of_sums_may_go_live():
    total = worked("sum", "result", "weight") | {"key": "total"}
    assert problems(form(WEIGHT, worked("sum", "weight"), total)) == []


@pytest.mark.parametrize(
    ("calculation", "message"),
    [
        (worked("sum"), "nothing. Name the earlier questions to work it out from."),
        ({"kind": "calculated", "key": "result", "label": "Result"}, "nothing. Name the earlier questions to"),
        (worked("sum", "height"), "“height”, which is not in this form. Name an earlier question."),
        (worked("sum", "later"), "“later”, which is not asked before it. Name an earlier question."),
        (worked("sum", "result"), "“result”, which is not asked before it. Name an earlier question."),
        (worked("sum", "born"), "“born”, which is no number. Name another question."),
        (worked("sum", "colour"), "“colour”, which is no number. Name another question."),
        (worked("age_in_days", "born", "month"), "“month”, which is no whole date. Name another question."),
        (worked("age_in_years", "born"), "two dates. Name exactly two, the earlier one first."),
        (worked("days_between", "born", "died", "born"), "two dates. Name exactly two, the earlier one first."),
    ],
)
def test_what_cannot_be_worked_out_stops_the_form(calculation, message):
    later = WEIGHT | {"key": "later"}
    (found,) = problems(form(BORN, DIED, MONTH, COLOUR, WEIGHT, calculation, later))
    assert found.startswith(f"“Result” is worked out from {message}")


def test_nothing_is_worked_out_inside_a_repeat_group():
    group = {"kind": "repeat", "key": "people", "label": "People", "questions": [WEIGHT, worked("sum", "weight")]}
    assert problems(form(group)) == ["“Result” in “People” cannot be worked out in a repeat group. Take it out."]


NUMBER = {"kind": "whole_number", "key": "size", "label": "Size"}
SEEN = {"kind": "date", "key": "seen", "label": "Seen"}
NOBODY = [{"question": "born", "comparison": "answered"}]
NONE_COUNTED = {"question": "result", "value": "0"}
GROUP = {"kind": "repeat", "key": "things", "label": "Things", "questions": [COLOUR, NUMBER, SEEN]}


def counted(*tests, of=("things",), operation="count"):
    calculation = {"operation": operation, "of": list(of), "where": {"tests": list(tests)}}
    return {"kind": "calculated", "key": "result", "label": "Result", "calculation": calculation}


def two_pages(question):
    """The group on a page of its own, the count on the next."""
    return FormSchema(slug="s", title="S", pages=[page("one", BORN), page("two", GROUP), page("three", question)])


@pytest.mark.parametrize(
    "tests",
    [
        [],
        [{"question": "colour", "value": "red"}, {"question": "size", "comparison": "at_least", "value": "3"}],
        [{"question": "seen", "comparison": "after", "value": "2020-01-01"}],
    ],
)
def test_items_of_an_earlier_group_may_be_counted_by_what_the_group_asks(tests):
    assert findings(two_pages(counted(*tests))) == []


@pytest.mark.parametrize(
    ("count", "message"),
    [
        (counted(of=()), "“Result” is worked out from nothing. Name"),
        (counted(of=("things", "things")), "“Result” is worked out from one repeat group. Name exactly one."),
        (counted(of=("born",)), "“Result” is worked out from “born”, which is no repeat group. Name another question."),
        (counted(of=("result",)), "“Result” is worked out from “result”, which is not asked before it."),
        (counted(of=("gone",)), "“Result” is worked out from “gone”, which is not in this form."),
        (
            counted({"question": "born", "value": "2020-01-01"}),
            "“Result” counts by “born”, which “Things” does not ask.",
        ),
        (
            counted({"question": "seen", "comparison": "before", "other": "born"}),
            "“Result” counts by “born”, which “Things” does not ask.",
        ),
        (
            counted({"question": "seen", "comparison": "before", "value": "today"}),
            "“Result” would change from day to day. Count by something else than today.",
        ),
        (
            counted({"question": "seen", "comparison": "age_under", "value": "2"}),
            "“Result” would change from day to day. Count by something else than today.",
        ),
        (counted({"question": "colour"}), "“Result” depends on “Colour”, but not on which answer. Choose one."),
        (
            counted({"question": "colour", "value": "red"}, of=("born",), operation="sum"),
            "“Result” is no count, so it cannot be only of those for which something holds.",
        ),
    ],
)
def test_what_cannot_be_counted_stops_the_form(count, message):
    assert any(found.startswith(message) for found in problems(two_pages(count)))


@pytest.mark.parametrize(
    ("test", "message"),
    [
        ({"question": "colour", "value": "mauve"}, "“Result” depends on “mauve”, which “Colour” does not offer."),
        (
            {"question": "colour", "comparison": "before", "value": "2020-01-01"},
            "“Result”: answers to “Colour” cannot be compared in that way.",
        ),
    ],
)
def test_a_count_of_what_no_item_can_have_is_pointed_out(test, message):
    assert [str(found) for found in findings(two_pages(counted(test)))] == [message]


def test_a_question_that_depends_on_a_count_can_be_reached_though_nothing_is_ever_added():
    nobody = GROUP | {"show_if": {"tests": [{"question": "born", "comparison": "not_answered"}, *NOBODY]}}
    note = {"kind": "short_text", "key": "note", "label": "Note", "show_if": {"tests": [NONE_COUNTED]}}
    pages = [page("one", BORN), page("two", nobody), page("three", counted(), note)]
    messages = [str(found) for found in findings(FormSchema(slug="s", title="S", pages=pages))]
    assert not any("“Note” is never shown" in message for message in messages)


def test_an_answer_to_another_question_of_the_same_group_may_be_depended_on_but_must_be_offered():
    inner = NUMBER | {"show_if": {"tests": [{"question": "colour", "value": "mauve"}]}}
    group = GROUP | {"questions": [COLOUR, inner]}
    found = findings(FormSchema(slug="s", title="S", pages=[page("one", group)]))
    assert [str(each) for each in found] == ["“Size” depends on “mauve”, which “Colour” does not offer."]


@pytest.mark.parametrize(
    ("comparison", "warned"), [("is", 0), ("is_not", 0), ("at_least", 0), ("at_most", 0), ("before", 1), ("any_of", 1)]
)
def test_what_is_worked_out_is_compared_as_a_number(comparison, warned):
    depending = {"tests": [{"question": "result", "comparison": comparison, "value": "3"}]}
    note = {"kind": "short_text", "key": "note", "label": "Note", "show_if": depending}
    found = findings(form(WEIGHT, worked("sum", "weight"), note))
    assert [str(each) for each in found] == ["“Note”: answers to “Result” cannot be compared in that way."] * warned
