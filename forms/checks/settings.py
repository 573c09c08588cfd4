"""Settings of one question that no answer could ever meet."""

from collections.abc import Iterator

from forms.kinds.numbers import readable
from forms.schema import Question


def settings(question: Question) -> Iterator[str]:
    words = f"“{question.label}”"
    low, high = question.minimum, question.maximum
    if low is not None and high is not None and low > high:
        limits = f"at least {readable(low)} and at most {readable(high)}"
        yield f"{words} takes no number: it must be {limits}. Change one of them."
    if question.kind == "repeat" and question.min_items > question.max_items:
        fewest, most = question.min_items, question.max_items
        yield f"{words} takes no items: there must be at least {fewest} and at most {most}. Change one of them."
    if question.kind == "grid" and not question.rows:
        yield f"{words} is a grid without rows. Add a row for each question."
    if question.kind == "grid" and not question.choices:
        yield f"{words} is a grid without answers. Add the answers to choose from."
