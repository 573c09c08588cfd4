"""The check before publishing: what is worked out from other answers."""

import pytest

from forms.checks import problems
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
