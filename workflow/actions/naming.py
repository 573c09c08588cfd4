"""Whether words name a child. Plain Python."""

import re
from collections.abc import Mapping

from workflow.matching.child import child_of, words

# Names that are words of many sentences too: they count only where they begin with a capital letter.
ORDINARY = {
    "an", "april", "august", "can", "do", "grace", "hope", "in", "joy", "june", "long", "may", "more", "my", "no", "on",
    "so", "the", "to", "will", "young",
}  # fmt: skip


def named_in(text: str, details: Mapping[str, str | None]) -> list[str]:
    """What of a child's identity stands in a text, in words for whoever wrote it."""
    child = child_of(details)
    names = {name for name in (*child.first_names, *child.family_name) if len(name) > 1 and not name.isdigit()}
    found = ["the child’s name"] if names & _words_of(text) else []
    if child.nhs_number and child.nhs_number in re.sub(r"(?<=\d)[\s.-]+(?=\d)", "", text):
        found.append("the child’s NHS number")
    postcode = _together(details.get("postcode") or "")
    if postcode and postcode in _together(text):
        found.append("the child’s postcode")
    return found


def _words_of(text: str) -> set[str]:
    """Every word as names are compared, and without the s of “Amelia’s”."""
    found: set[str] = set()
    for written in text.split():
        folded = {form for word in words(written) for form in (word, word.removesuffix("s"))}
        found |= folded if written.lstrip("“‘\"'(")[:1].isupper() else folded - ORDINARY
    return found


def _together(text: str) -> str:
    return re.sub(r"\s", "", text).upper()
