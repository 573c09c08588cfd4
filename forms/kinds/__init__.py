"""The kinds of question an editor may choose, each a class in wagtailstreamforms' field registry."""

from functools import lru_cache

from wagtailstreamforms.fields import get_fields

from forms.kinds.base import Kind
from forms.schema import Question


@lru_cache(maxsize=1)
def _kinds() -> dict[str, Kind]:
    return {name: field_class() for name, field_class in get_fields().items()}


def kind_of(question: Question) -> Kind:
    """The kind of a question; KeyError for one that is not registered."""
    return _kinds()[question.kind]


def kind_names() -> set[str]:
    return set(_kinds())


def kind_label(name: str) -> str:
    """What an editor reads for a kind; the name itself of one that is not registered."""
    return str(_kinds()[name].label) if name in _kinds() else name


def comparisons() -> dict[str, list[str]]:
    """How answers of each kind can be compared in a condition, by the name of the kind."""
    return {name: list(kind.comparisons) for name, kind in _kinds().items()}
