"""Labels and hints as XLSForm has them: other software reads them as HTML (and Markdown), here they are plain words."""

import re
from html import unescape

# A sign that stands alone is one everywhere: “a < b & c” is left as it is.
OPENS = re.compile(r"<(?!\s)")
REFERENCE = re.compile(r"&[#\w]+;?")
NAMED = re.compile(r"&#?\w+;")
TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--.*?-->", re.DOTALL)


def literal(text: str) -> str:
    """The words so that nothing in them is taken for HTML."""
    return OPENS.sub("&lt;", REFERENCE.sub(_spelt_out, text))


def _spelt_out(found: re.Match[str]) -> str:
    reference = found[0]
    return reference if unescape(reference) == reference else f"&amp;{reference[1:]}"


def words(text: str) -> str:
    """The words that HTML says; of what `literal` wrote, exactly those."""
    return NAMED.sub(lambda found: unescape(found[0]), TAG.sub("", text))


def is_styled(text: str) -> bool:
    return bool(TAG.search(text))
