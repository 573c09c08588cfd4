"""A text as a default: as it stands, or as an expression where others would work it out (`2026-03-01` is 2022)."""

import re

from forms.exchange.logic.tree import Call, Node, NotUnderstood, Text, parse

PLAIN = re.compile(r"(?!(?:div|mod)$)[A-Za-z0-9_]+")
APOSTROPHE = """, "'", """
WORKED_OUT = re.compile(r"[\w.-]\(|\$\{")


def write(text: str) -> str:
    """The default; empty for no text."""
    if not text or PLAIN.fullmatch(text):
        return text
    if "'" not in text:
        return f"string('{text}')"
    if '"' not in text:
        return f'string("{text}")'
    parts = (f"'{part}'" for part in text.split("'"))
    return f"concat({APOSTROPHE.join(parts)})"


def read(default: str) -> str:
    """The text that a default is.

    Raises:
        NotUnderstood: it is worked out from something.
    """
    if not WORKED_OUT.search(default):
        return default
    text = _text(parse(default))
    if text is None:
        raise NotUnderstood("it is worked out")
    return text


def _text(node: Node) -> str | None:
    match node:
        case Call("string" | "concat", arguments) if all(isinstance(each, Text) for each in arguments):
            return "".join(each.text for each in arguments if isinstance(each, Text))
    return None
