"""Can what is to be worked out be worked out? Only from dates, numbers or a group that are asked before."""

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal, InvalidOperation

from forms.checks.findings import Finding, asked
from forms.conditions import reads
from forms.schema import Calculation, FormSchema, Question

# What a hidden value holds is not known here: it comes from the case.
DATES = ("date", "date_time", "hidden")
NUMBERS = ("whole_number", "decimal_number", "calculated", "hidden")
# How many questions a calculation is made of where not any number will do.
EXACTLY = {"sum": None, "count": (1, "one repeat group. Name exactly one.")}
AGES = ("age_at_least", "age_under")
TWO_DATES = (2, "two dates. Name exactly two, the earlier one first.")


def calculating(schema: FormSchema) -> Iterator[Finding]:
    known = {question.key for question in schema.questions()}
    before: dict[str, Question] = {}
    for place, question in asked(schema):
        if _worked_out(question):
            yield from (Finding(message, place) for message in _calculation(question, before, known))
        for number, part in enumerate(question.questions):
            if _worked_out(part):
                message = f"“{part.label}” in “{question.label}” cannot be worked out in a repeat group. Take it out."
                yield Finding(message, (*place, "questions", number))
        before[question.key] = question


def _worked_out(question: Question) -> bool:
    return question.kind == "calculated" or question.calculation is not None


def _calculation(question: Question, before: Mapping[str, Question], known: Collection[str]) -> Iterator[str]:
    calculation = question.calculation or Calculation()
    words = f"“{question.label or question.key}” is worked out from"
    if not any(calculation.of):
        yield f"{words} nothing. Name the earlier questions to work it out from."
        return
    exactly = EXACTLY.get(calculation.operation, TWO_DATES)
    if exactly and len(calculation.of) != exactly[0]:
        yield f"{words} {exactly[1]}"
    for key in dict.fromkeys(calculation.of):
        if key not in before:
            why = "is not asked before it" if key in known else "is not in this form"
            yield f"{words} “{key}”, which {why}. Name an earlier question."
        elif unfit := _unfit(calculation.operation, before[key]):
            yield f"{words} “{key}”, which is no {unfit}. Name another question."
    yield from _counting(question, calculation, [before[key] for key in calculation.of if key in before])


def _unfit(operation: str, question: Question) -> str:
    """What the operation needs and the question is not; empty where it will do."""
    if operation == "count":
        return "" if question.kind == "repeat" else "repeat group"
    if operation == "sum":
        return "" if _adds_up(question) else "number"
    return "" if question.kind in DATES else "whole date"


def _counting(question: Question, calculation: Calculation, groups: list[Question]) -> Iterator[str]:
    """What is counted is told by an item's own answers, and not by the day."""
    tests = calculation.where.tests
    if calculation.operation != "count":
        if tests:
            yield f"“{question.label}” is no count, so it cannot be only of those for which something holds."
        return
    for group in groups:
        for key in sorted(reads(calculation.where) - {part.key for part in group.questions}):
            yield f"“{question.label}” counts by “{key}”, which “{group.label}” does not ask. Choose another question."
    if any(test.value == "today" or (test.comparison in AGES and not test.other) for test in tests):
        yield f"“{question.label}” would change from day to day. Count by something else than today."


def _adds_up(question: Question) -> bool:
    """Whether answers are numbers: also those of a scale, where each answer has a number for its code."""
    scale = question.kind in ("radios", "select", "lookup") and all(
        as_number(each.code) is not None for each in question.choices
    )
    return scale or question.kind in NUMBERS


def as_number(text: str) -> Decimal | None:
    try:
        return value if (value := Decimal(text)).is_finite() else None
    except InvalidOperation:
        return None
