"""Rich text that came from outside, made safe; and rich text as plain lines, for formats that have no other."""

import re
from html import escape, unescape

from wagtail.whitelist import Whitelister, allow_without_attributes, attribute_rule, check_url

BLOCK_END = re.compile(r"</(p|h[1-6]|li|div|ul|ol)\s*>|<br\s*/?>", re.IGNORECASE)
BETWEEN = re.compile(r"(</(?:p|h[2-4]|li|ul|ol)>)\s+", re.IGNORECASE)
TAG = re.compile(r"<[^>]*>")
ALLOWED = ("[document]", "b", "br", "em", "h2", "h3", "h4", "i", "li", "ol", "p", "strong", "ul")


class FormText(Whitelister):
    """Keeps what the form editor's rich text can make, and nothing that could run."""

    element_rules = {name: allow_without_attributes for name in ALLOWED} | {"a": attribute_rule({"href": check_url})}


def safe(html: str) -> str:
    """The rich text with nothing in it that an editor could not have written, spaced as the editor spaces it."""
    return BETWEEN.sub(r"\1", FormText().clean(html)).strip() if html else ""


def plain(html: str) -> str:
    """The words of rich text, a line for each paragraph, heading or list item."""
    text = unescape(TAG.sub("", BLOCK_END.sub("\n", html)))
    return "\n".join(line for line in (" ".join(line.split()) for line in text.split("\n")) if line)


def paragraphs(text: str) -> str:
    """Plain lines as rich text: a paragraph each."""
    return "".join(f"<p>{escape(line, quote=False)}</p>" for line in plain(escape(text)).split("\n") if line)
