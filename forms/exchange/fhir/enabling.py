"""Conditions as FHIR's enableWhen, and back."""

import re
from typing import Any

from forms.exchange.canonical import canonical_condition
from forms.schema import Comparison, Condition, Test

ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
OPERATORS: dict[Comparison, str] = {
    "is": "=",
    "is_not": "!=",
    "at_least": ">=",
    "at_most": "<=",
    "before": "<",
    "after": ">",
}
COMPARISONS = {sign: comparison for comparison, sign in OPERATORS.items()}
ORDERED = {"whole_number": "answerInteger", "decimal_number": "answerDecimal", "date": "answerDate"}
CHOOSING = ("radios", "select", "checkboxes", "yes_no")
TEXTS = ("short_text", "long_text", "hidden")


class Inexpressible(ValueError):
    """R4’s enableWhen compares with one literal of the question’s own type, and no more."""


class NotUnderstood(ValueError):
    """This enableWhen has no counterpart here."""


def write(condition: Condition, kinds: dict[str, str], links: dict[str, str]) -> dict[str, Any]:
    """enableWhen and enableBehavior; empty for a condition that always holds.

    `kinds` and `links` map question keys to kinds and linkIds. Raises Inexpressible.
    """
    if not condition.tests:
        return {}
    when = [{"question": links[test.question]} | _test(test, kinds.get(test.question, "")) for test in condition.tests]
    return {"enableWhen": when} | ({"enableBehavior": condition.join} if len(when) > 1 else {})


def _test(test: Test, kind: str) -> dict[str, Any]:
    if test.comparison in ("answered", "not_answered"):
        return {"operator": "exists", "answerBoolean": test.comparison == "answered"}
    if test.other or test.comparison not in OPERATORS:
        raise Inexpressible(test.comparison)
    name, value = _answer(test, kind)
    return {"operator": OPERATORS[test.comparison], name: value}


def _answer(test: Test, kind: str) -> tuple[str, Any]:
    equal = test.comparison in ("is", "is_not")
    if equal and test.value:
        if kind in CHOOSING:
            return "answerCoding", {"code": test.value}
        if kind in TEXTS:
            return "answerString", test.value
        if kind == "declaration" and test.value == "yes":
            return "answerBoolean", True
    if kind == "date" and ISO_DATE.fullmatch(test.value):
        return ORDERED[kind], test.value
    if kind == "whole_number" and re.fullmatch(r"-?[1-9][0-9]{0,8}|0", test.value):
        return ORDERED[kind], int(test.value)
    if kind == "decimal_number" and re.fullmatch(r"-?(0|[1-9][0-9]{0,8})(\.[0-9]*[1-9])?", test.value):
        return ORDERED[kind], float(test.value)
    raise Inexpressible(test.value)


def can_write(condition: Condition, kinds: dict[str, str]) -> bool:
    try:
        write(condition, kinds, {test.question: test.question for test in condition.tests})
    except Inexpressible:
        return False
    return True


def read(item: dict[str, Any], keys: dict[str, str]) -> Condition:
    """The condition of an item. `keys` maps linkIds to question keys. Raises NotUnderstood."""
    tests = [_read(when, keys) for when in item.get("enableWhen") or []]
    return canonical_condition(Condition(join="any" if item.get("enableBehavior") == "any" else "all", tests=tests))


def _read(when: dict[str, Any], keys: dict[str, str]) -> Test:
    link, operator = when.get("question"), when.get("operator")
    if link not in keys:
        raise NotUnderstood(f"It reads “{link}”, which is no question of this form")
    answer = next((value for name, value in when.items() if name.startswith("answer")), None)
    if operator == "exists":
        return Test(question=keys[link], comparison="answered" if answer else "not_answered")
    if operator not in COMPARISONS:
        raise NotUnderstood(f"Its operator is “{operator}”")
    return Test(question=keys[link], comparison=COMPARISONS[operator], value=_value(answer))


def _value(answer: Any) -> str:
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    if isinstance(answer, dict):
        answer = answer.get("code") or answer.get("display")
    if isinstance(answer, float) and answer.is_integer():
        answer = int(answer)
    if not isinstance(answer, str | int | float):
        raise NotUnderstood("It compares with something that is no answer here")
    return str(answer)
