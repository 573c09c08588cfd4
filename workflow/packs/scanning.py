"""Where a text may say who the child, the family or a professional is. Plain text in, spans out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from workflow.packs.known import Known
from workflow.packs.names import find_names
from workflow.packs.ordinary import CAPITALS, GENERIC, ORDINARY, SHORT_STREETS
from workflow.packs.patterns import find_shapes
from workflow.packs.spans import Span, apart, pieces, replaced, suggested
from workflow.packs.tokens import ENDS_A_SENTENCE, Token, fold, tokens

__all__ = ["Known", "Span", "pieces", "replaced", "scan", "suggested"]

ADDRESS = "[address]"
LONG = 7
PLAIN = GENERIC | {word.removesuffix("s") for word in GENERIC}


def scan(text: str, known: Known) -> list[Span]:
    """Everything found, in order; no two overlap."""
    words_of = tokens(text)
    found = [*find_names(text, words_of, known), *find_shapes(text, known), *_places(words_of, text, known)]
    return [_as_it_begins(text, span) for span in apart(found)]


def _as_it_begins(text: str, span: Span) -> Span:
    """With a capital where a sentence begins."""
    begins = not text[: span.start].strip() or ENDS_A_SENTENCE.search(text, 0, span.start)
    return replace(span, instead=span.instead[0].upper() + span.instead[1:]) if begins else span


def _places(words_of: Sequence[Token], text: str, known: Known) -> Iterator[Span]:
    folded = [_plain(token.folded) for token in words_of]
    places = [("place", place.name, place.role) for place in known.places]
    for kind, name, instead in [*places, *(("address", line, ADDRESS) for line in known.addresses)]:
        whole = [_plain(fold(token.text)) for token in tokens(name)]
        for wanted in _ways_to_say(whole):
            yield from _phrase(wanted, words_of, folded, kind, instead, text)


def _ways_to_say(whole: list[str]) -> list[list[str]]:
    """By its whole name, and by what of it tells which one it is: “Addenbrooke’s” of a hospital."""
    telling = [word for word in whole if word not in PLAIN]
    ways = [whole, telling] if telling and any(len(word) > 3 for word in telling) else [whole]
    return [way for way in ways if way and not set(way) <= ORDINARY | PLAIN]


def _phrase(
    wanted: list[str], words_of: Sequence[Token], folded: list[str], kind: str, instead: str, text: str
) -> Iterator[Span]:
    for first in range(len(folded) - len(wanted) + 1):
        last = first + len(wanted) - 1
        if folded[first : last + 1] == wanted:
            capital = any(token.capital for token in words_of[first : last + 1])
            start, end = (
                _widened(text, words_of, first, last) if capital else (words_of[first].start, words_of[last].end)
            )
            start = _with_number(text, start) if kind == "address" else start
            yield Span(start, end, kind, instead, sure=capital or len(wanted) > 1 or len(wanted[0]) > LONG)


def _widened(text: str, words_of: Sequence[Token], first: int, last: int) -> tuple[int, int]:
    """“St Mary’s Primary School”, where only “Mary’s” was looked for."""
    while (
        first
        and _generic(words_of[first - 1])
        and text[words_of[first - 1].end : words_of[first].start].strip(". ") == ""
    ):
        first -= 1
    while (
        last + 1 < len(words_of)
        and _generic(words_of[last + 1])
        and text[words_of[last].end : words_of[last + 1].start] == " "
    ):
        last += 1
    return words_of[first].start, words_of[last].end


def _generic(token: Token) -> bool:
    return token.capital and token.folded in GENERIC and token.folded not in ORDINARY - CAPITALS


def _with_number(text: str, start: int) -> int:
    """Where the house number before a street begins."""
    number = re.search(r"(?<!\w)[0-9]{1,4}[a-zA-Z]?,?\s+$", text[max(0, start - 12) : start])
    return start - len(number.group()) if number else start


def _plain(word: str) -> str:
    """Without the plural or possessive s, and with “street” for “st”."""
    return SHORT_STREETS.get(word, word.removesuffix("s"))
