"""Values in conditions that no answer can have."""

from django.core.exceptions import ValidationError

from forms.calculations import as_day
from forms.checks.calculating import as_number
from forms.checks.findings import Depending
from forms.kinds import comparisons, kind_names, kind_of
from forms.schema import Question, Test

YES_NO = {"yes", "no", "not_known", "not_applicable"}
NUMBERS = ("whole_number", "decimal_number", "calculated")
DATES = ("date", "month_year", "date_time")
EQUAL = ("is", "is_not", "any_of")
AGES = ("age_at_least", "age_under")
ORDERED = ("at_least", "at_most", "before", "after")


def strange_values(depending: Depending) -> list[str]:
    """A sentence for each test that no answer to its question can meet as it is written."""
    tests = [(test, depending.known.get(test.question)) for test in depending.condition.tests]
    asked = [(test, question) for test, question in tests if question and question.kind in kind_names()]
    return [f"{depending.words}{strange}" for test, question in asked if (strange := _strange(test, question))]


def _strange(test: Test, question: Question) -> str:
    if test.comparison not in comparisons()[question.kind]:
        return f": answers to “{question.label}” cannot be compared in that way."
    if missing := [code for code in sorted(_named(test)) if not _offers(question, code)]:
        return f" depends on “{missing[0]}”, which “{question.label}” does not offer."
    if unreadable := _unreadable(test, question):
        return f" depends on “{test.value}”, which is no {unreadable}."
    if any(not _may_be(question, value) for value in _named(test)):
        return f" depends on “{test.value}”, which no answer to “{question.label}” can be."
    return ""


def _named(test: Test) -> set[str]:
    if test.other or test.comparison not in EQUAL:
        return set()
    values = set(test.values) if test.comparison == "any_of" else {test.value}
    return values - {""}


def _offers(question: Question, code: str) -> bool:
    """Whether an answer may have this code; anything may be written where nothing is chosen."""
    if question.kind == "yes_no":
        return code in YES_NO
    return not question.choices or code in {choice.code for choice in question.choices} | set(question.unknown)


def _unreadable(test: Test, question: Question) -> str:
    """What a value to compare with is not; a value left out is pointed out elsewhere."""
    if not test.value or (test.other and test.comparison not in AGES):
        return ""
    if test.comparison in AGES:
        return "number" if as_number(test.value) is None else ""
    if test.comparison in ORDERED and question.kind in DATES:
        return "date" if test.value != "today" and as_day(test.value) is None else ""
    return "number" if question.kind in NUMBERS and as_number(test.value) is None else ""


def _may_be(question: Question, value: str) -> bool:
    """Whether this, read as an answer, is an answer as it would be stored."""
    kind = kind_of(question)
    if not kind.typed or question.choices or question.kind == "yes_no":
        return True
    try:
        return str(kind.clean(question, kind.raw(question, value))) == value
    except (ValidationError, ValueError, TypeError, IndexError):
        return False
