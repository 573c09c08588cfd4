"""Does a condition hold for these answers? Pure functions; a test on something unanswered never holds,
except `not_answered` and `is_not`."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from forms.calculations import as_day as as_date
from forms.calculations import calculated, years_between
from forms.schema import Answers, Calculation, Condition, FormSchema, Page, Question, Test

UNKNOWN = ("not_known", "not_applicable")


def age_in(unit: str, born: dt.date, on: dt.date) -> int:
    """Whole days or years from `born` to `on`. A child born on 29 February turns a year older on 1 March."""
    if unit == "days":
        return (on - born).days
    return years_between(born, on)


def _number(value: Any) -> Decimal | None:
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


def _compared(test: Test, answers: Answers, today: dt.date) -> tuple[Any, Any]:
    """Both sides of a date or number comparison, of like type, or (None, None)."""
    left, right = answers.get(test.question), answers.get(test.other) if test.other else test.value
    if right == "today":
        right = today.isoformat()
    for read in (as_date, _number):
        pair = read(left), read(right)
        if None not in pair:
            return pair
    return None, None


def _equal(test: Test, answers: Answers) -> bool:
    wanted = answers.get(test.other) if test.other else test.value
    answer = answers.get(test.question)
    return wanted in answer if isinstance(answer, list) else _code(answer) == _code(wanted)


def _any_of(test: Test, answers: Answers) -> bool:
    answer = answers.get(test.question)
    given = answer if isinstance(answer, list) else [answer]
    return any(_code(value) in test.values for value in given)


def _code(answer: Any) -> Any:
    """An answer as an editor writes it in a condition: a whole number is stored as a number and written as text."""
    return str(answer) if isinstance(answer, int) else answer


def _ordered(test: Test, answers: Answers, today: dt.date) -> bool:
    left, right = _compared(test, answers, today)
    if left is None:
        return False
    orders: dict[str, Callable[[Any, Any], bool]] = {
        "at_least": lambda a, b: a >= b,
        "at_most": lambda a, b: a <= b,
        "before": lambda a, b: a < b,
        "after": lambda a, b: a > b,
    }
    return orders[test.comparison](left, right)


def _age(test: Test, answers: Answers, today: dt.date) -> bool:
    born, on = as_date(answers.get(test.question)), as_date(answers.get(test.other)) if test.other else today
    limit = _number(test.value)
    if born is None or on is None or limit is None:
        return False
    age = age_in(test.unit or "years", born, on)
    return age >= limit if test.comparison == "age_at_least" else age < limit


def holds(test: Test, answers: Answers, today: dt.date) -> bool:
    """Whether one test holds for the answers on the given day."""
    if test.comparison in ("answered", "not_answered"):
        return (answers.get(test.question) not in (None, "", [])) == (test.comparison == "answered")
    if test.comparison == "is":
        return _equal(test, answers)
    if test.comparison == "is_not":
        return not _equal(test, answers)
    if test.comparison == "any_of":
        return _any_of(test, answers)
    if test.comparison in ("age_at_least", "age_under"):
        return _age(test, answers, today)
    return _ordered(test, answers, today)


def met(condition: Condition, answers: Answers, today: dt.date) -> bool:
    """Whether a condition holds; one without tests always does."""
    if not condition.tests:
        return True
    return (all if condition.join == "all" else any)(holds(test, answers, today) for test in condition.tests)


def worked_out(calculation: Calculation, answers: Answers, today: dt.date) -> Any:
    """The value of a calculation; None while there is none. Where nothing was added, a count is 0."""
    if calculation.operation != "count":
        return calculated(calculation, answers)
    given = [answers.get(key) for key in calculation.of]
    items = given[0] if len(given) == 1 and isinstance(given[0], list) else []
    return sum(isinstance(item, dict) and met(calculation.where, item, today) for item in items)


def unasked(question: Question, answers: Answers, today: dt.date) -> Any:
    """The answer that nobody gives: worked out from others, or there from the start. None where there is none."""
    if question.calculation:
        return worked_out(question.calculation, answers, today)
    return question.initial or None


def reads(condition: Condition) -> set[str]:
    """Keys of the questions whose answers a condition looks at."""
    return {key for test in condition.tests for key in (test.question, test.other) if key}


def offers_by_condition(question: Question) -> bool:
    """Whether some of a question's answers are offered only sometimes."""
    return any(choice.show_if.tests for choice in question.choices)


def offered(question: Question, answers: Answers, today: dt.date) -> Question:
    """The question with the choices that it offers to a person with these answers."""
    if not offers_by_condition(question):
        return question
    choices = [choice for choice in question.choices if met(choice.show_if, answers, today)]
    return question.model_copy(update={"choices": choices})


def _still_offered(question: Question, value: Any, answers: Answers, today: dt.date) -> Any:
    """What of a stored answer is offered to a person with these other answers; None when nothing is."""
    if not offers_by_condition(question):
        return value
    codes = {*question.unknown, *(choice.code for choice in offered(question, answers, today).choices)}
    if isinstance(value, list):
        return [code for code in value if code in codes] or None
    return value if value in codes else None


def _item_still_offered(group: Question, item: Answers, answers: Answers, today: dt.date) -> Answers:
    """An item without the answers that are not offered to a person with these answers to earlier pages."""
    parts = [part for part in group.questions if offers_by_condition(part) and part.key in item]
    offered_now = {part.key: _still_offered(part, item[part.key], answers, today) for part in parts}
    gone = {key for key, value in offered_now.items() if value is None and item[key] is not None}
    return {key: value for key, value in (item | offered_now).items() if key not in gone}


def visible(schema: FormSchema, answers: Answers, today: dt.date) -> list[tuple[Page, list[Question]]]:
    """The pages a person with these answers walks, each with the questions shown there."""
    return _walked(schema, answers, today)[0]


def _walked(schema: FormSchema, answers: Answers, today: dt.date) -> tuple[list[tuple[Page, list[Question]]], Answers]:
    """The pages and questions on the way, and the answers met there with what is worked out from them.

    Goes forward once; an answer to a question that is itself hidden never shows another.
    """
    seen: Answers = {}
    walk = []
    for page in schema.pages:
        if not met(page.show_if, seen, today):
            continue
        shown = []
        for question in page.questions:
            if met(question.show_if, seen, today):
                shown.append(question)
                value = _value(question, answers, seen, today)
                left_blank = answers.get(question.key, "") is None and not question.calculation
                if value is not None or left_blank:
                    seen[question.key] = value
        if shown or not page.questions:
            walk.append((page, shown))
    return walk, seen


def _value(question: Question, answers: Answers, seen: Answers, today: dt.date) -> Any:
    """What counts as the answer to a question on the way, where `seen` was met before."""
    value = answers.get(question.key)
    if question.calculation or (question.initial and value is None):
        return unasked(question, seen, today)
    if question.kind == "repeat" and isinstance(value, list):
        return [_item_still_offered(question, item, seen, today) for item in value]
    return _still_offered(question, value, seen, today)


def kept(schema: FormSchema, answers: Answers, today: dt.date) -> Answers:
    """The answers to questions that are shown, with what is worked out from them: what is submitted."""
    return _walked(schema, answers, today)[1]
