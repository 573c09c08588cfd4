"""A question on its own, and what comes of answering it."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict

from forms.kinds import kind_of
from forms.schema import Choice, Question


def ask(kind: str, **options: Any) -> Question:
    """A question called “It”; `choices` may be given as codes."""
    if "choices" in options:
        options["choices"] = [Choice(code=code, label=code.title()) for code in options["choices"]]
    return Question(kind=kind, key="it", label="It", **options)


def posted(raw: dict[str, Any]) -> QueryDict:
    """What a browser's form would arrive as; lists are boxes ticked together."""
    query = QueryDict(mutable=True)
    for name, value in raw.items():
        query.setlist(name, value if isinstance(value, list) else [value])
    return query


def stored(question: Question, **raw: Any) -> Any:
    """The value that is kept of what was entered; `it` may be left out of the names: `day` for `it__day`."""
    return kind_of(question).clean(question, posted(_named(raw)))


def refusal(question: Question, **raw: Any) -> str:
    """The message that what was entered is met with."""
    with pytest.raises(ValidationError) as refused:
        stored(question, **raw)
    return " ".join(refused.value.messages)


def in_words(question: Question, value: Any) -> str:
    return kind_of(question).text(question, value)


def _named(raw: dict[str, Any]) -> dict[str, Any]:
    return {name if name == "it" else f"it__{name}": value for name, value in raw.items()}
