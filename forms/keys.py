"""Keys for what an editor left unnamed: made from the words, once, and unlike any other."""

from collections.abc import Collection, Iterable
from itertools import count
from typing import Any

from django.utils.text import slugify

from forms.schema import NO_PAGE_KEYS

LONGEST = 60


def fill_keys(pages: Iterable[Any]) -> None:
    """Give every page, question and answer of the editor's StreamField that has none a key of its own."""
    everywhere = [page.value for page in pages]
    _name(everywhere, "title", "key", "-", "page", NO_PAGE_KEYS)
    questions = [child.value for page in everywhere for child in page["questions"]]
    _name(questions, "label", "key", "_", "q")
    for question in questions:
        inner = [child.value for child in question.get("questions") or []]
        _name(inner, "label", "key", "_", "q")
        for each in (question, *inner):
            _name(each.get("choices") or [], "label", "code", "_", "a")


def key_from(text: str, join: str, first: str) -> str:
    """ "Date of birth" as "date_of_birth". What does not start with a letter is put behind `first`."""
    slug = slugify(text).replace("_", "-").strip("-").replace("-", join)[: LONGEST - 4].strip(join)
    if slug and slug[0].isalpha():
        return slug
    return f"{first}{join}{slug}" if slug else ""


def _name(values: list[Any], words: str, name: str, join: str, first: str, never: frozenset[str] = frozenset()) -> None:
    taken = {value[name] for value in values if value[name]} | never
    for value in values:
        key = key_from(value.get(words) or "", join, first)
        if value[name] or not key:
            continue
        value[name] = _free(key, taken, join)
        taken.add(value[name])


def free_key(words: str, taken: Collection[str]) -> str:
    """A code made from these words, unlike those taken; empty when none can be made."""
    key = key_from(words, "_", "a")
    return key and _free(key, taken, "_")


def _free(key: str, taken: Collection[str], join: str) -> str:
    return next(made for number in count(1) if (made := _numbered(key, number, join)) not in taken)


def _numbered(key: str, number: int, join: str) -> str:
    return key if number == 1 else f"{key}{join}{number}"
