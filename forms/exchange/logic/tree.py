"""An expression as a tree: and, or, comparisons, sums, calls, references, texts and numbers."""

import re
from dataclasses import dataclass

TOKEN = re.compile(
    r"""\s*(?:
        (?P<ref>\$\{\s*[^{}]+?\s*\}|\[[^\[\]]+\]|\.(?![\w.]))
      | (?P<text>'[^']*'|"[^"]*")
      | (?P<number>\d+(?:\.\d+)?)
      | (?P<sign><=|>=|!=|<>|[=<>()+\-*,/])
      | (?P<name>[A-Za-z_][\w.:-]*)
    )""",
    re.VERBOSE,
)
COMPARISONS = {"=": "=", "!=": "!=", "<>": "!=", "<": "<", ">": ">", "<=": "<=", ">=": ">="}
DEEPEST = 40


@dataclass(frozen=True)
class Ref:
    """The answer to a question; in REDCap, `code` is the box of a checkbox question."""

    name: str
    code: str = ""


@dataclass(frozen=True)
class Text:
    text: str


@dataclass(frozen=True)
class Number:
    text: str


@dataclass(frozen=True)
class Call:
    name: str
    arguments: tuple["Node", ...]


@dataclass(frozen=True)
class Pair:
    """Two sides of a comparison or of a sum."""

    sign: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True)
class Joined:
    """Two or more parts joined by `and` or `or`."""

    word: str
    parts: tuple["Node", ...]


@dataclass(frozen=True)
class Bracket:
    inside: "Node"


Node = Ref | Text | Number | Call | Pair | Joined | Bracket


class NotUnderstood(ValueError):
    """The expression is broken, or says something that a condition cannot."""


def parse(expression: str) -> Node:
    """The tree of an expression; NotUnderstood when it is not one."""
    reader = _Reader(_tokens(expression))
    node = reader.either(0)
    if reader.rest:
        raise NotUnderstood(f"“{reader.rest[0][1]}” was not expected")
    return node


def _tokens(expression: str) -> list[tuple[str, str]]:
    found, at, text = [], 0, expression.strip()
    while at < len(text):
        token = TOKEN.match(text, at)
        if token is None or token.lastgroup is None:
            raise NotUnderstood(f"“{text[at : at + 12]}” was not expected")
        found.append((token.lastgroup, token[token.lastgroup]))
        at = token.end()
    return found


class _Reader:
    """Reads from the loosest binding (`or`) to the tightest (a value)."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.rest = tokens

    def takes(self, *wanted: str) -> str:
        """The next token if it is one of these, else nothing."""
        if self.rest and self.rest[0][0] in ("sign", "name") and self.rest[0][1].lower() in wanted:
            return self.rest.pop(0)[1].lower()
        return ""

    def either(self, depth: int) -> Node:
        parts = [self.both(depth)]
        while self.takes("or"):
            parts.append(self.both(depth))
        return Joined("or", tuple(parts)) if len(parts) > 1 else parts[0]

    def both(self, depth: int) -> Node:
        parts = [self.compared(depth)]
        while self.takes("and"):
            parts.append(self.compared(depth))
        return Joined("and", tuple(parts)) if len(parts) > 1 else parts[0]

    def compared(self, depth: int) -> Node:
        left = self.summed(depth)
        if sign := self.takes(*COMPARISONS):
            return Pair(COMPARISONS[sign], left, self.summed(depth))
        return left

    def summed(self, depth: int) -> Node:
        node = self.value(depth)
        while sign := self.takes("+", "-", "*", "div", "/", "mod"):
            node = Pair(sign, node, self.value(depth))
        return node

    def value(self, depth: int) -> Node:
        if depth > DEEPEST:
            raise NotUnderstood("It is nested too deeply")
        if self.takes("("):
            inside = self.either(depth + 1)
            self._close()
            return Bracket(inside)
        if self.takes("-"):
            kind, text = self._next()
            if kind == "number":
                return Number(f"-{text}")
            raise NotUnderstood("A minus sign needs a number after it")
        kind, text = self._next()
        if kind == "name":
            return self._call(text, depth + 1)
        return _leaf(kind, text)

    def _call(self, name: str, depth: int) -> Node:
        if not self.takes("("):
            if name.lower() in ("true", "false"):
                return Text(name.lower())
            raise NotUnderstood(f"“{name}” was not expected")
        arguments: list[Node] = []
        while not self.takes(")"):
            arguments.append(self.either(depth))
            if not self.takes(","):
                self._close()
                break
        return Call(name.lower(), tuple(arguments))

    def _close(self) -> None:
        if not self.takes(")"):
            raise NotUnderstood("A bracket is not closed")

    def _next(self) -> tuple[str, str]:
        if not self.rest:
            raise NotUnderstood("It ends too early")
        return self.rest.pop(0)


def _leaf(kind: str, text: str) -> Node:
    if kind == "text":
        return Text(text[1:-1])
    if kind == "number":
        return Number(text)
    if kind == "ref":
        return _ref(text)
    raise NotUnderstood(f"“{text}” was not expected")


def _ref(text: str) -> Ref:
    if text == ".":
        return Ref(".")
    name, _, code = text.strip("${}[]").strip().partition("(")
    return Ref(name, code.rstrip(")"))
