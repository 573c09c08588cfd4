"""How much a factor may have contributed: the grade, read by the scheme under which it was given.

Analyses since 2018 use `v2018` (0, 1, 2); older ones used `legacy` (0, 1, 1*, 2, 3). What is stored stays
as it was given.
"""

from typing import Literal

Scheme = Literal["v2018", "legacy"]

WORDS: dict[Scheme, dict[str, str]] = {
    "v2018": {
        "0": "Information not available",
        "1": "No influence, or unlikely to have contributed",
        "2": "May have contributed",
    },
    "legacy": {
        "0": "Information not available",
        "1": "No factor, or unlikely to have contributed",
        "1*": "A factor, unlikely to have contributed",
        "2": "May have contributed",
        "3": "Complete and sufficient explanation",
    },
}
NEAREST = {"1*": "1", "3": "2"}


def in_words(level: str, scheme: Scheme = "v2018") -> str:
    """The meaning of a grade. KeyError for a grade that the scheme does not know."""
    return WORDS[scheme][level]


def as_current(level: str, scheme: Scheme = "v2018") -> str:
    """The nearest grade of today's scheme; 1* and 3 lose what only the older scheme said. KeyError as above."""
    in_words(level, scheme)
    return NEAREST.get(level, level)
