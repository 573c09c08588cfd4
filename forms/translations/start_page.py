"""The page on which a form starts, in other words: what an editor composed of blocks, text by text."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext, gettext_noop
from wagtail import blocks

from forms.models import Form, FormPage
from forms.stream import plain_html
from forms.translations.texts import Place, Text

KEY = "_start"  # no page of a form can have it
BUTTON = gettext_noop("Start now")
STREAMS = ("body", "below")
LINES = ("title", "summary")
Change = Callable[[Text, str], str]


def start_places(form: Form, places: list[Place]) -> list[Place]:
    """The texts of the form's public start pages that none of these places has yet, and of the button on them."""
    met = {text.english for place in places for text in place.texts}
    found: dict[str, Text] = {}

    def note(text: Text, given: str) -> str:
        found.setdefault(text.english, text)
        return given

    for page in FormPage.objects.live().filter(form=form):
        _reword(page, note)
    found |= {BUTTON: Text(BUTTON, rich=False)} if found else {}
    texts = tuple(text for english, text in found.items() if english and english not in met)
    return [Place(KEY, "Start page", texts)] if texts else []


def say_in(page: FormPage, words: Mapping[str, str]) -> str:
    """Put the page into these words, as it stands in memory; what has none stays. Gives the words of its button."""
    _reword(page, lambda text, given: words.get(text.english) or given)
    return words.get(BUTTON) or gettext(BUTTON)


def _reword(page: FormPage, change: Change) -> None:
    for name in LINES:
        given = getattr(page, name)
        setattr(page, name, change(Text(given, rich=False), given))
    for name in STREAMS:
        stream = getattr(page, name)
        data = _reworded(stream.stream_block, stream.get_prep_value(), change)
        setattr(page, name, stream.stream_block.to_python(data))


def _reworded(block: blocks.Block, data: Any, change: Change) -> Any:
    """The stored value of a block, each text in it changed; codes, numbers, links and pictures are no texts."""
    if isinstance(block, blocks.RichTextBlock):
        return change(Text(plain_html(data), rich=True), data)
    if isinstance(block, blocks.CharBlock | blocks.TextBlock):
        return change(Text(data, rich=False), data)
    if isinstance(block, blocks.StreamBlock):
        return [each | {"value": _reworded(block.child_blocks[each["type"]], each["value"], change)} for each in data]
    if isinstance(block, blocks.ListBlock):
        return [each | {"value": _reworded(block.child_block, each["value"], change)} for each in data]
    if isinstance(block, blocks.StructBlock):
        parts = {name: block.child_blocks[name] for name in data.keys() & block.child_blocks.keys()}
        return {name: _reworded(part, data[name], change) for name, part in parts.items()}
    return data
