"""A form in other words: which texts it has, and the same form with each of them translated.

A translation is kept by the English words it stands for, so it serves every version in which they occur. What was
reworded since stands in English until it is translated again. Keys, codes and conditions stay what they are.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from forms.schema import FormSchema

RICH = frozenset({"intro", "body", "confirmation"})
TEXTS = RICH | {"title", "label", "hint", "help_text", "error", "item_title", "message", "declaration"}


@dataclass(frozen=True)
class Text:
    """Some English words, and whether they are rich text (HTML)."""

    english: str
    rich: bool


@dataclass(frozen=True)
class Place:
    """A page of the form, or (with an empty `key`) what belongs to none, and the texts that are first met there."""

    key: str
    title: str
    texts: tuple[Text, ...]

    def translated_in(self, words: Mapping[str, str]) -> int:
        return sum(bool(words.get(text.english)) for text in self.texts)


def places(schema: FormSchema) -> list[Place]:
    """Every text of a form, once, where a person who fills it in meets it first."""
    met: set[str] = set()
    found = []
    for page in schema.pages:
        found.append(Place(page.key, page.title, _new(page.model_dump(), met)))
    whole = schema.model_dump(exclude={"pages"})
    found.append(Place("", "The form as a whole", _new(whole, met)))
    return [place for place in found if place.texts]


def translated(schema: FormSchema, words: Mapping[str, str]) -> FormSchema:
    """The form in these words; English where there are none."""
    return FormSchema.model_validate(_reworded(schema.model_dump(exclude_defaults=True), words))


def _new(data: Any, met: set[str]) -> tuple[Text, ...]:
    found = []
    for text in _texts(data):
        if text.english not in met:
            met.add(text.english)
            found.append(text)
    return tuple(found)


def _texts(data: Any) -> Iterator[Text]:
    if isinstance(data, dict):
        for name, value in data.items():
            if name in TEXTS and isinstance(value, str):
                if value:
                    yield Text(value, name in RICH)
            else:
                yield from _texts(value)
    elif isinstance(data, list):
        for item in data:
            yield from _texts(item)


def _reworded(data: Any, words: Mapping[str, str]) -> Any:
    if isinstance(data, dict):
        return {
            name: words.get(value) or value if name in TEXTS and isinstance(value, str) else _reworded(value, words)
            for name, value in data.items()
        }
    return [_reworded(item, words) for item in data] if isinstance(data, list) else data
