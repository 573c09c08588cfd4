"""Can what is to be worked out be worked out? Only from dates or numbers that are asked before."""

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal, InvalidOperation

from forms.checks.findings import Finding, asked
from forms.schema import Calculation, FormSchema, Question

# What a hidden value holds is not known here: it comes from the case.
DATES = ("date", "date_time", "hidden")
NUMBERS = ("whole_number", "decimal_number", "calculated", "hidden")


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
    is_sum = calculation.operation == "sum"
    if not is_sum and len(calculation.of) != 2:
        yield f"{words} two dates. Name exactly two, the earlier one first."
    for key in dict.fromkeys(calculation.of):
        if key not in before:
            why = "is not asked before it" if key in known else "is not in this form"
            yield f"{words} “{key}”, which {why}. Name an earlier question."
        elif not (_adds_up(before[key]) if is_sum else before[key].kind in DATES):
            yield f"{words} “{key}”, which is no {'number' if is_sum else 'whole date'}. Name another question."


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
