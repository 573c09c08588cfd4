"""The condition that an expression states, if it is one an editor could have made."""

import re
from collections.abc import Callable
from typing import Any, Literal

from forms.exchange.logic.tree import Bracket, Call, Joined, Node, NotUnderstood, Number, Pair, Ref, Text, parse
from forms.schema import Comparison, Condition, Test

ORDERS: dict[str, Comparison] = {"<": "before", ">": "after", "<=": "at_most", ">=": "at_least"}
TURNED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "=": "=", "!=": "!="}
ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
Rewrite = Callable[[Node], Node]
Age = Callable[[Node], "tuple[Ref, Ref | None, str] | None"]


def understand(expression: str, age: Age, self_key: str = "", rewrite: Rewrite = lambda node: node) -> Condition:
    """The condition in an expression.

    `age` finds an age in a dialect's way: (born, on or None for today, unit), or None. `self_key` is what `.` means.
    `rewrite` puts a comparison of the dialect in the common way.

    Raises:
        NotUnderstood: with a sentence for the person who imports the file.
    """
    tree = mapped(parse(expression), rewrite)
    if isinstance(tree, Bracket) and _any_of(tree) is None:
        tree = tree.inside
    if isinstance(tree, Joined):
        join: Literal["all", "any"] = "all" if tree.word == "and" else "any"
        condition = Condition(join=join, tests=[_test(part, age) for part in tree.parts])
    else:
        condition = Condition(tests=[_test(tree, age)])
    return _named(condition, self_key)


def mapped(node: Node, change: Rewrite) -> Node:
    """The tree with every comparison that stands on its own changed."""
    match node:
        case Joined(word, parts):
            return Joined(word, tuple(mapped(part, change) for part in parts))
        case Bracket(inside):
            return Bracket(mapped(inside, change))
    return change(node)


def _named(condition: Condition, self_key: str) -> Condition:
    tests = [
        test.model_copy(
            update={
                "question": self_key if test.question == "." else test.question,
                "other": self_key if test.other == "." else test.other,
            }
        )
        for test in condition.tests
    ]
    return Condition(join=condition.join, tests=tests)


def _test(node: Node, age: Age) -> Test:
    if (several := _any_of(node)) is not None:
        return several
    if isinstance(node, Bracket):
        return _test(node.inside, age)
    if isinstance(node, Call):
        return _called(node)
    if isinstance(node, Pair) and node.sign in TURNED:
        return _compared(node, age)
    raise NotUnderstood("It says more than a condition of ours can")


def _any_of(node: Node) -> Test | None:
    """`(q = 'a' or q = 'b')` in brackets, about one question, is “any of”."""
    if not isinstance(node, Bracket):
        return None
    parts = node.inside.parts if isinstance(node.inside, Joined) and node.inside.word == "or" else (node.inside,)
    found = [_choice(part) for part in parts]
    names = {each[0] for each in found if each}
    if len(names) != 1 or None in found:
        return None
    return Test(question=names.pop(), comparison="any_of", value=",".join(each[1] for each in found if each))


def _choice(node: Node) -> tuple[str, str] | None:
    """The question and the code in `q = 'a'`, `selected(q, 'a')` or `[q(a)] = '1'`."""
    match node:
        case Call("selected", (Ref(name), Text(code))):
            return name, code
        case Pair("=", Ref(name, code), Text("1") | Number("1")) if code:
            return name, code
        case Pair("=", Ref(name, ""), Text(code)) if code:
            return name, code
    return None


def _called(node: Call) -> Test:
    if choice := _choice(node):
        return Test(question=choice[0], comparison="is", value=choice[1])
    if node.name == "not" and len(node.arguments) == 1 and (choice := _choice(node.arguments[0])):
        return Test(question=choice[0], comparison="is_not", value=choice[1])
    raise NotUnderstood(f"It uses “{node.name}”, which has no counterpart here")


def _compared(node: Pair, age: Age) -> Test:
    if isinstance(node.left, (Text, Number)) and not isinstance(node.right, (Text, Number)):
        node = Pair(TURNED[node.sign], node.right, node.left)
    if found := age(node.left):
        return _aged(found, node)
    if not isinstance(node.left, Ref):
        raise NotUnderstood("It computes something that a condition of ours cannot")
    return _of_ref(node.left, node.sign, node.right)


def _of_ref(left: Ref, sign: str, right: Node) -> Test:
    if left.code:
        ticked = (sign == "=") == (getattr(right, "text", "") == "1")
        return Test(question=left.name, comparison="is" if ticked else "is_not", value=left.code)
    if sign in ORDERS:
        return Test(question=left.name, comparison=ORDERS[sign], **_operand(right))
    if isinstance(right, Text) and right.text == "":
        return Test(question=left.name, comparison="not_answered" if sign == "=" else "answered")
    return Test(question=left.name, comparison="is" if sign == "=" else "is_not", **_operand(right))


def _operand(node: Node) -> dict[str, Any]:
    match node:
        case Ref(name, ""):
            return {"other": name}
        case Text(text) | Number(text):
            return {"value": text}
        case Call("today", ()):
            return {"value": "today"}
        case Call("date", (Text(text),)) if ISO_DATE.fullmatch(text):
            return {"value": text}
    raise NotUnderstood("It compares with something that is no answer, number or date")


def _aged(found: tuple[Ref, Ref | None, str], node: Pair) -> Test:
    born, on, unit = found
    comparison = {">=": "age_at_least", "<": "age_under"}.get(node.sign)
    if comparison is None or not isinstance(node.right, Number):
        raise NotUnderstood("An age can be “at least” or “under” a whole number")
    other = on.name if on else ""
    fields = {"question": born.name, "comparison": comparison, "value": node.right.text, "other": other, "unit": unit}
    return Test.model_validate(fields)
