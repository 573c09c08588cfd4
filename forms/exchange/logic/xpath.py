"""Conditions as XLSForm writes them: XPath with `${question}`."""

import re

from forms.exchange.logic.tree import Bracket, Call, Node, Number, Pair, Ref, Text
from forms.exchange.logic.understand import ISO_DATE, understand
from forms.schema import Condition, Question, Test

SIGNS = {"at_least": ">=", "at_most": "<=", "before": "<", "after": ">", "is": "=", "is_not": "!="}
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
TICKED = "OK"


class Inexpressible(ValueError):
    """The condition has no counterpart in this language."""


def write(condition: Condition, kinds: dict[str, str], self_key: str = "") -> str:
    """The expression; empty for a condition that always holds.

    `kinds` maps question keys to kinds; `self_key` is written as `.` (XLSForm wants that in constraints).

    Raises:
        Inexpressible: a test that XPath cannot state.
    """
    tests = [_test(test, kinds, self_key) for test in condition.tests]
    return (" and " if condition.join == "all" else " or ").join(tests)


def read(expression: str, kinds: dict[str, str], self_key: str = "") -> Condition:
    """The condition in an expression; `NotUnderstood` otherwise. `kinds` maps question keys to kinds."""
    condition = understand(expression, _age, self_key)
    tests = [
        test.model_copy(update={"value": "yes"})
        if kinds.get(test.question) == "declaration" and test.value == TICKED
        else test
        for test in condition.tests
    ]
    return Condition(join=condition.join, tests=tests)


def can_write(condition: Condition, kinds: dict[str, str]) -> bool:
    try:
        write(condition, kinds)
    except Inexpressible:
        return False
    return True


def kinds_of(questions: list[Question]) -> dict[str, str]:
    return {question.key: question.kind for question in questions}


def _ref(key: str, self_key: str) -> str:
    return "." if key == self_key else f"${{{key}}}"


def _test(test: Test, kinds: dict[str, str], self_key: str) -> str:
    ref = _ref(test.question, self_key)
    if test.comparison == "answered":
        return f"{ref} != ''"
    if test.comparison == "not_answered":
        return f"{ref} = ''"
    if test.comparison == "any_of":
        return f"({' or '.join(_chosen(ref, value, test.question, kinds) for value in test.values)})"
    if test.comparison in ("age_at_least", "age_under"):
        return _aged(test, ref, self_key)
    if test.other:
        return f"{ref} {SIGNS[test.comparison]} {_ref(test.other, self_key)}"
    if test.comparison in ("is", "is_not"):
        return _equal(test, ref, kinds)
    return f"{ref} {SIGNS[test.comparison]} {_operand(test.value)}"


def _equal(test: Test, ref: str, kinds: dict[str, str]) -> str:
    chosen = _chosen(ref, test.value, test.question, kinds)
    if test.comparison == "is":
        return chosen
    return f"not({chosen})" if chosen.startswith("selected") else chosen.replace(" = ", " != ", 1)


def _chosen(ref: str, value: str, key: str, kinds: dict[str, str]) -> str:
    if kinds.get(key) == "checkboxes":
        return f"selected({ref}, {_quoted(value)})"
    if kinds.get(key) == "declaration":
        value = {"yes": TICKED}.get(value, value)
    return f"{ref} = {_quoted(value)}"


def _quoted(value: str) -> str:
    if not value or ("'" in value and '"' in value):
        raise Inexpressible(value)
    return f'"{value}"' if "'" in value else f"'{value}'"


def _operand(value: str) -> str:
    if value == "today":
        return "today()"
    if ISO_DATE.fullmatch(value):
        return f"date('{value}')"
    if NUMBER.fullmatch(value):
        return value
    raise Inexpressible(value)


def _aged(test: Test, ref: str, self_key: str) -> str:
    """Exact in whole years: the calendar dates as numbers (20260301) differ by 10,000 for each birthday passed."""
    if not re.fullmatch(r"[0-9]+", test.value):
        raise Inexpressible(test.value)
    on = _ref(test.other, self_key) if test.other else "today()"
    sign = ">=" if test.comparison == "age_at_least" else "<"
    if test.unit == "days":
        return f"(decimal-date-time({on}) - decimal-date-time({ref})) {sign} {test.value}"
    return f"(format-date({on}, '%Y%m%d') - format-date({ref}, '%Y%m%d')) div 10000 {sign} {test.value}"


def _age(node: Node) -> tuple[Ref, Ref | None, str] | None:
    """An age as `_aged` writes it."""
    match node:
        case Bracket(Pair("-", Call("decimal-date-time", (on,)), Call("decimal-date-time", (Ref() as born,)))):
            return _since(born, on, "days")
        case Pair(
            "div",
            Bracket(
                Pair(
                    "-",
                    Call("format-date", (on, Text("%Y%m%d"))),
                    Call("format-date", (Ref() as born, Text("%Y%m%d"))),
                )
            ),
            Number("10000"),
        ):
            return _since(born, on, "years")
    return None


def _since(born: Ref, on: Node, unit: str) -> tuple[Ref, Ref | None, str] | None:
    if isinstance(on, Ref):
        return born, on, unit
    return (born, None, unit) if on == Call("today", ()) else None
