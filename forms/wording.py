"""Conditions and rules as an editor would say them."""

from forms.calculations import OPERATIONS
from forms.kinds import kind_of
from forms.schema import Calculation, Condition, FormSchema, Question, Test

COMPARED = {
    "is": "is",
    "is_not": "is not",
    "any_of": "is",
    "answered": "has an answer",
    "not_answered": "has no answer",
    "at_least": "is at least",
    "at_most": "is at most",
    "before": "is before",
    "after": "is after",
    "age_at_least": "shows an age of at least",
    "age_under": "shows an age under",
}


def condition_in_words(condition: Condition, schema: FormSchema) -> str:
    """“Sex” is Female and “Expected” is No; "" for what always holds."""
    known = {part.key: part for question in schema.questions() for part in (question, *question.questions)}
    return _joined(condition, known)


def calculation_in_words(calculation: Calculation | None, schema: FormSchema) -> str:
    """“how many were added to a repeat group, from “Factors” where “Grade” is 2”; "" for none."""
    if calculation is None:
        return ""
    known = {question.key: question for question in schema.questions()}
    of = ", ".join(_name(key, known) for key in calculation.of)
    parts = {part.key: part for key in calculation.of if key in known for part in known[key].questions}
    where = _joined(calculation.where, parts)
    return f"{OPERATIONS[calculation.operation]}, from {of}" + (f" where {where}" if where else "")


def _joined(condition: Condition, known: dict[str, Question]) -> str:
    join = " and " if condition.join == "all" else " or "
    return join.join(_test(test, known) for test in condition.tests)


def _test(test: Test, known: dict[str, Question]) -> str:
    question = known.get(test.question)
    words = [f"“{question.label if question else test.question}”", COMPARED[test.comparison]]
    if test.comparison in ("age_at_least", "age_under"):
        unit = test.unit or "years"
        words += [test.value, unit.removesuffix("s") if test.value == "1" else unit]
        words += ["on", _name(test.other, known)] if test.other else []
    elif test.other:
        words.append(_name(test.other, known))
    elif test.comparison not in ("answered", "not_answered"):
        words.append(" or ".join(_answer(code, question) for code in test.values))
    return " ".join(words)


def _name(key: str, known: dict[str, Question]) -> str:
    return f"“{known[key].label}”" if key in known else f"“{key}”"


def _answer(code: str, question: Question | None) -> str:
    if code == "today":
        return "the day it is answered"
    if question is None:
        return code
    labels = {choice.code: choice.label for choice in question.choices}
    return labels.get(code) or (kind_of(question).text(question, code) if question.kind == "yes_no" else code)
