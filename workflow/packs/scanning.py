"""Where a text may say who the child, the family or a professional is. Plain text in, spans out."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from workflow.packs.known import Known
from workflow.packs.names import find_names
from workflow.packs.ordinary import CAPITALS, GENERIC, ORDINARY, SHORT_STREETS
from workflow.packs.patterns import find_shapes
from workflow.packs.spans import Span, apart, pieces, replaced, suggested
from workflow.packs.tokens import ENDS_A_SENTENCE, Token, tokens

__all__ = ["Known", "Span", "pieces", "replaced", "scan", "suggested"]

ADDRESS, PLACE = "[address]", "[place]"
SHORT, LONG = 3, 7
THE = re.compile(r"\bthe\s\Z", re.IGNORECASE)
PLAIN = GENERIC | {word.removesuffix("s") for word in GENERIC}


def scan(text: str, known: Known) -> list[Span]:
    """Everything found, in order; no two overlap."""
    words_of = tokens(text)
    found = [*find_names(text, words_of, known), *find_shapes(text, known), *_places(words_of, text, known)]
    return list(_in_its_sentence(text, apart(found)))


def _in_its_sentence(text: str, spans: list[Span]) -> Iterator[Span]:
    """With a capital where a sentence begins, and “the” only once."""
    end = 0
    for span in spans:
        start = span.start
        article = THE.search(text, end, start)
        if article and span.instead.startswith("the "):
            start = article.start()
        begins = not text[:start].strip() or ENDS_A_SENTENCE.search(text, max(0, start - 20), start)
        instead = span.instead[0].upper() + span.instead[1:] if begins else span.instead
        end = span.end
        yield replace(span, start=start, instead=instead)


def _places(words_of: Sequence[Token], text: str, known: Known) -> Iterator[Span]:
    """Each by its whole name, and after all of them by what tells which one it is: “Addenbrooke’s” of a hospital."""
    folded = [_plain(token.folded) for token in words_of]
    named = [("place", place.name, place.role) for place in known.places]
    named += [("address", line, ADDRESS) for line in known.addresses]
    wholes = [(kind, [_plain(token.folded) for token in tokens(name)], instead) for kind, name, instead in named]
    for kind, wanted, instead in wholes:
        yield from _phrase(wanted, words_of, folded, Span(0, 0, kind, instead), text)
    for part, (kind, instead) in _parts(wholes).items():
        yield from _phrase([*part], words_of, folded, Span(0, 0, kind, instead, kind == "place"), text)


def _parts(wholes: Iterable[tuple[str, list[str], str]]) -> dict[tuple[str, ...], tuple[str, str]]:
    """What tells each from others. “Mill” is not always Mill Road; what several are called by is none of them."""
    found: dict[tuple[str, ...], tuple[str, str]] = {}
    for kind, whole, instead in wholes:
        telling = tuple(_telling(whole))
        known = found.get(telling, (kind, instead))
        found[telling] = known if known == (kind, instead) else ("place", PLACE)
    return found


def _telling(whole: list[str]) -> list[str]:
    telling = [word for word in whole if word not in PLAIN]
    return telling if any(len(word) > SHORT for word in telling) else []


def _phrase(wanted: list[str], words_of: Sequence[Token], folded: list[str], found: Span, text: str) -> Iterator[Span]:
    if not wanted or set(wanted) <= ORDINARY | PLAIN:
        return
    for first in range(len(folded) - len(wanted) + 1):
        last = first + len(wanted) - 1
        if folded[first : last + 1] == wanted:
            capital = any(token.capital for token in words_of[first : last + 1])
            start, end = (
                _widened(text, words_of, first, last) if capital else (words_of[first].start, words_of[last].end)
            )
            start = _with_number(text, start) if found.kind == "address" else start
            sure = found.sure and (capital or len(wanted) > 1 or len(wanted[0]) > LONG)
            yield replace(found, start=start, end=end, sure=sure)


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
