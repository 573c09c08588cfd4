"""Hidden values that are the same for everybody. One that a case, or what was sent before, may replace is none."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence

from forms.calculations import as_day
from forms.checks.calculating import as_number
from forms.checks.findings import Finding, asked, pages, warn
from forms.conditions import holds
from forms.dictionary import items
from forms.schema import Answers, FormSchema, Question, Test

BY_TODAY = ("age_at_least", "age_under")


def constants(schema: FormSchema, published: Sequence[FormSchema], elsewhere: Collection[str]) -> dict[str, list[str]]:
    """What each constant may be, by key: its value from the start, and "" where it is on the way only sometimes.

    `elsewhere` are the keys of other forms: a case may know answers under them.
    """
    replaced = {*items(), *elsewhere}
    return {
        question.key: [question.initial, ""] if sometimes else [question.initial]
        for question, sometimes in _hidden(schema)
        if question.initial and question.key not in replaced and not _was_another(question, published)
    }


def _hidden(schema: FormSchema) -> Iterator[tuple[Question, bool]]:
    """Every hidden value, and whether it is on the way only sometimes."""
    for _, page in pages(schema):
        for question in page.questions:
            if question.kind == "hidden":
                yield question, bool(page.show_if.tests or question.show_if.tests)


def _was_another(question: Question, published: Iterable[FormSchema]) -> bool:
    """Whether answers to a version may have another value: they are carried over, and amended."""
    before = (each for schema in published for each in schema.questions() if each.key == question.key)
    return any((each.kind, each.initial) != (question.kind, question.initial) for each in before)


def never_holds(test: Test, values: Sequence[str]) -> bool:
    """Whether a test of a constant that may be these never holds, on whatever day."""
    if test.other or test.value == "today" or test.comparison in BY_TODAY:
        return False
    any_day = dt.date(2000, 1, 1)
    return not any(holds(test, _answers(test.question, value), any_day) for value in values)


def _answers(key: str, value: str) -> Answers:
    return {key: value} if value else {}


def unfit(schema: FormSchema) -> Iterator[Finding]:
    """Calculations from a value from the start that is no number, or no date, as they need."""
    hidden = {question.key: question for question, _ in _hidden(schema)}
    for place, question in asked(schema):
        calculation = question.calculation
        for key in dict.fromkeys(calculation.of if calculation else []):
            initial = hidden[key].initial if key in hidden else ""
            if calculation and initial and not fits(calculation.operation, initial):
                what = "number" if calculation.operation == "sum" else "date"
                words = f"“{question.label}” is worked out from “{hidden[key].label}”"
                yield warn(f"{words}, whose value from the start, “{initial}”, is no {what}.", place)


def fits(operation: str, initial: str) -> bool:
    """Whether a value can be counted with; counts of a group name no hidden value."""
    if operation == "sum":
        return as_number(initial) is not None
    return operation == "count" or as_day(initial) is not None
