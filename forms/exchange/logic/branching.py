"""Conditions as REDCap writes them: branching logic with `[question]` and `[checkbox(code)]`."""

import re

from forms.exchange.logic.tree import Call, Node, Number, Pair, Ref, Text
from forms.exchange.logic.understand import ISO_DATE, TURNED, understand
from forms.exchange.logic.xpath import NUMBER, SIGNS, Inexpressible
from forms.schema import Comparison, Condition, Test

# datediff(a, b) is b less a: `a` is before `b` when it is more than nothing.
DATED: dict[Comparison, str] = {"before": ">", "after": "<", "at_most": ">=", "at_least": "<="}
UNITS = {"days": "d", "years": "y"}


def write(condition: Condition, kinds: dict[str, str]) -> str:
    """The logic; empty for a condition that always holds. `kinds` maps question keys to kinds. Raises Inexpressible."""
    tests = [_test(test, kinds) for test in condition.tests]
    return (" and " if condition.join == "all" else " or ").join(tests)


def can_write(condition: Condition, kinds: dict[str, str]) -> bool:
    try:
        write(condition, kinds)
    except Inexpressible:
        return False
    return True


def read(logic: str) -> Condition:
    """The condition in branching logic; `NotUnderstood` otherwise."""
    return understand(logic, _age, rewrite=_order_of_days)


def _test(test: Test, kinds: dict[str, str]) -> str:
    kind = kinds.get(test.question, "")
    ref = f"[{test.question}]"
    if test.comparison == "any_of":
        return f"({' or '.join(_chosen(test.question, value, kind) for value in test.values)})"
    if test.comparison in ("is", "is_not") and not test.other:
        chosen = _chosen(test.question, test.value, kind)
        return chosen if test.comparison == "is" else chosen.replace(" = ", " <> ", 1)
    if kind == "checkboxes":
        raise Inexpressible(test.comparison)
    if test.comparison in ("answered", "not_answered"):
        return f"{ref} {'<>' if test.comparison == 'answered' else '='} ''"
    if test.comparison in ("age_at_least", "age_under"):
        return _aged(test, ref)
    return _ordered(test, ref, kind)


def _ordered(test: Test, ref: str, kind: str) -> str:
    if kind == "date" and test.comparison in DATED:
        return f"datediff({ref}, {_day(test)}, 'd', true) {DATED[test.comparison]} 0"
    sign = SIGNS[test.comparison].replace("!=", "<>")
    if test.other:
        return f"{ref} {sign} [{test.other}]"
    if not NUMBER.fullmatch(test.value):
        raise Inexpressible(test.value)
    return f"{ref} {sign} {test.value}"


def _chosen(key: str, value: str, kind: str) -> str:
    if not value or not value.isprintable() or set(value) & set("'\"[]()"):
        raise Inexpressible(value)
    return f"[{key}({value})] = '1'" if kind == "checkboxes" else f"[{key}] = '{value}'"


def _day(test: Test) -> str:
    if test.other:
        return f"[{test.other}]"
    if test.value == "today":
        return "'today'"
    if ISO_DATE.fullmatch(test.value):
        return f"'{test.value}'"
    raise Inexpressible(test.value)


def _aged(test: Test, ref: str) -> str:
    if not re.fullmatch(r"[0-9]+", test.value):
        raise Inexpressible(test.value)
    on = f"[{test.other}]" if test.other else "'today'"
    sign = ">=" if test.comparison == "age_at_least" else "<"
    return f"rounddown(datediff({ref}, {on}, '{UNITS[test.unit or 'years']}', true)) {sign} {test.value}"


def _age(node: Node) -> tuple[Ref, Ref | None, str] | None:
    match node:
        case Call("rounddown", (Call("datediff", (Ref() as born, on, Text("d" | "y" as unit), *_)), *_)):
            return born, on if isinstance(on, Ref) else None, {"d": "days", "y": "years"}[unit]
    return None


def _order_of_days(node: Node) -> Node:
    """`datediff([a], [b], 'd', true) > 0` as `[a] < [b]`."""
    match node:
        case Pair(sign, Call("datediff", (Ref() as first, second, Text("d"), *_)), Number("0")) if sign in TURNED:
            return Pair(TURNED[sign], first, second)
    return node
