"""Under which keys a child is looked up: two notifications of one child share some, whichever field is wrong."""

import datetime as dt
from collections.abc import Iterator

import jellyfish

from workflow.matching.child import Child, Words

MOST_WORDS = 3


def number_key(nhs_number: str) -> str:
    return f"nhs_number:{nhs_number}"


def keys_of(child: Child) -> set[str]:
    """Every key of a child. They are readable: only their keyed hashes may be stored."""
    return set(_keys(child))


def _keys(child: Child) -> Iterator[str]:
    first, family = sounds(child.first_names), sounds(child.family_name)
    if child.nhs_number:
        yield number_key(child.nhs_number)
    if child.born and child.died:
        yield f"days:{day(child.born)}:{day(child.died)}"
    for one in first:
        for other in family:
            yield f"names:{':'.join(sorted((one, other)))}"  # in this order, they may change places
    for event, on, names in (("born", child.born, first | family), ("died", child.died, family)):
        if on:
            yield from (f"{event}:{day(on)}:{sound}" for sound in names)


def day(date: dt.date) -> str:
    """A date, written so that day and month may change places."""
    return f"{date.year}-{min(date.month, date.day):02}-{max(date.month, date.day):02}"


def sounds(name: Words) -> set[str]:
    """How a name sounds in English: its words, and all of them as one, so that “Mac Donald” is “MacDonald”."""
    return {sound(word) for word in (*name[:MOST_WORDS], "".join(name)) if word}


def sound(word: str) -> str:
    """The Metaphone code; the word itself where that has none, as in letters that are not Latin."""
    return jellyfish.metaphone(word).replace(" ", "") or word
