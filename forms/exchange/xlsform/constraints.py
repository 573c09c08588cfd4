"""What an XLSForm constraint says: limits of the answer, and a rule that refuses it."""

from dataclasses import dataclass
from typing import Any

from forms.exchange.logic import xpath
from forms.exchange.logic.tree import Bracket, Call, Joined, Node, NotUnderstood, Number, Pair, Ref, parse
from forms.schema import Comparison, Condition, Test

NUMBERS = ("whole_number", "decimal_number")
OPPOSITES: dict[Comparison, Comparison] = {
    "is": "is_not",
    "is_not": "is",
    "answered": "not_answered",
    "not_answered": "answered",
    "at_least": "before",
    "before": "at_least",
    "at_most": "after",
    "after": "at_most",
    "age_at_least": "age_under",
    "age_under": "age_at_least",
}


@dataclass(frozen=True)
class Constraint:
    """`limits` are fields of the question; `refuse_if` is when a rule refuses the answer, None for no rule."""

    limits: dict[str, Any]
    refuse_if: Condition | None


def understand(expression: str, key: str, kinds: dict[str, str]) -> Constraint:
    """What a constraint of the question `key` says; NotUnderstood when part of it has no counterpart."""
    stripped = expression.strip()
    tree = parse(stripped)
    if isinstance(tree, Call) and tree.name == "not":
        return Constraint({}, xpath.read(stripped[4:-1], kinds, key))
    limits: dict[str, Any] = {}
    rest = [part for part in _parts(tree) if not _limit(part, kinds.get(key, ""), limits)]
    if not rest:
        return Constraint(limits, None)
    if limits:
        raise NotUnderstood("It mixes limits with other checks")
    return Constraint({}, _negated(xpath.read(stripped, kinds, key)))


def _parts(tree: Node) -> tuple[Node, ...]:
    if isinstance(tree, Bracket):
        return _parts(tree.inside)
    return tree.parts if isinstance(tree, Joined) and tree.word == "and" else (tree,)


def _limit(node: Node, kind: str, limits: dict[str, Any]) -> bool:
    """Whether the part is a limit; if so it is put into `limits`."""
    match node:
        case Bracket(inside):
            return _limit(inside, kind, limits)
        case Pair("<=", Call("string-length", (Ref("."),)), Number(text)) if text.isdigit() and int(text):
            limits["max_length"] = int(text)
        case Pair("<", Call("string-length", (Ref("."),)), Number(text)) if text.isdigit() and int(text) > 1:
            limits["max_length"] = int(text) - 1
        case Pair(">=", Ref("."), Number(text)) if kind in NUMBERS:
            limits["minimum"] = float(text)
        case Pair("<=", Ref("."), Number(text)) if kind in NUMBERS:
            limits["maximum"] = float(text)
        case Pair(">", Ref("."), Number(text)) if kind == "whole_number" and "." not in text:
            limits["minimum"] = float(text) + 1
        case Pair("<", Ref("."), Number(text)) if kind == "whole_number" and "." not in text:
            limits["maximum"] = float(text) - 1
        case _:
            return False
    return True


def _negated(condition: Condition) -> Condition:
    """When the condition does not hold: each test turned round, all for any and any for all."""
    tests = []
    for test in condition.tests:
        if test.comparison not in OPPOSITES:
            raise NotUnderstood("Its opposite cannot be stated as a rule")
        tests.append(Test(**(test.model_dump() | {"comparison": OPPOSITES[test.comparison]})))
    return Condition(join="any" if condition.join == "all" and len(tests) > 1 else "all", tests=tests)
