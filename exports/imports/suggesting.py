"""What a value of another system may mean: a suggestion, which a person confirms. Plain Python."""

import re
from collections.abc import Iterable


def suggested(value: str, codes: Iterable[tuple[str, str]]) -> str:
    """The one code whose words begin with the value, or are all of its words among others; "" for none or several."""
    wanted = value.casefold().strip()
    words = _words(wanted)
    if not words:
        return ""
    labels = [(code, label.casefold()) for code, label in codes]
    begin = [code for code, label in labels if label.startswith(wanted)]
    among = [code for code, label in labels if words <= _words(label)]
    return next((found[0] for found in (begin, among) if len(found) == 1), "")


def _words(text: str) -> set[str]:
    return set(re.findall(r"[\w&]+", text))
