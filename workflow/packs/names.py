"""Names in a text: as they are known, shortened, misspelt, as initials, behind a title; and what looks like one."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import jellyfish

from workflow.matching.child import STEMS, given, words
from workflow.matching.keys import sound
from workflow.packs.known import Known, Named
from workflow.packs.ordinary import (
    ALSO_NAMES,
    CAPITALS,
    ENDINGS,
    MEANT_BY,
    NICKNAMES,
    ORDINARY,
    PARTICLES,
    SOMEBODY,
    TITLES,
)
from workflow.packs.spans import Span
from workflow.packs.tokens import Token

SHORT, LONG = 3, 6
LETTERS_ALIKE = 0.6
BETWEEN_NAMES = re.compile(r"[\s.\-–‐‑'’_/]{0,3}")
HYPHENS = ("-", "‐", "‑")
SMALL_TITLES = ("dr", "mr", "mrs", "ms", "miss", "baby")
FAMILY = "[family name]"
Owners = frozenset[Named]


@dataclass(frozen=True)
class Hit:
    """Whose name a word may be."""

    owners: Owners
    sure: bool = True


class Names:
    """Every word of everybody’s name."""

    def __init__(self, known: Known) -> None:
        found: dict[str, set[Named]] = defaultdict(set)
        self.initials: dict[str, set[Named]] = defaultdict(set)
        for person in known.people:
            parts = name_words(person)
            for part in _forms(parts):
                found[part].add(person)
            if len(parts) > 1:
                self.initials["".join(part[0] for part in parts)].add(person)
                self.initials[parts[0][0] + parts[-1][0]].add(person)
        self.exact = {word: frozenset(owners) for word, owners in found.items()}
        self.short = {
            nick: owners
            for word, owners in self.exact.items()
            for names in NICKNAMES
            if word in names
            for nick in names
        }
        self.seen: dict[tuple[str, bool, bool], Hit | None] = {}

    def look(self, token: Token) -> Hit | None:
        """Whose name this word is, by itself."""
        key = (token.folded, token.capital, token.begins)
        if key not in self.seen:
            self.seen[key] = self._look(*key)
        return self.seen[key]

    def _look(self, word: str, capital: bool, begins: bool) -> Hit | None:
        if owners := self.exact.get(word) or self.exact.get(word.removesuffix("s")):
            common = word in ORDINARY or len(word) <= SHORT
            return Hit(owners, sure=(capital and not (begins and word in ORDINARY)) or not common)
        if word in ORDINARY or word in CAPITALS:
            return None
        if owners := self.short.get(word):
            return Hit(owners, sure=capital)
        if len(word) > SHORT and (owners := self._nearly(word, capital)):
            return Hit(owners, sure=capital and (len(word) >= LONG or not begins))
        return None

    def _nearly(self, word: str, capital: bool) -> Owners:
        near = (owners for name, owners in self.exact.items() if len(name) > SHORT and _alike(word, name, capital))
        return frozenset(owner for owners in near for owner in owners)


def name_words(person: Named) -> tuple[str, ...]:
    """The words of a name, without titles and what is written where there is no name."""
    written = words(person.name)
    while written and written[0] in TITLES and written[0] not in STEMS:
        written = written[1:]
    return given(written)


def _forms(parts: Sequence[str]) -> set[str]:
    """The words that stand for a person: each of the name, and those that are often written as one."""
    own = {part for part in parts if len(part) > 1 and part not in PARTICLES}
    return own | {"".join(parts[start:end]) for start in range(len(parts)) for end in range(start + 2, len(parts) + 1)}


def _alike(word: str, name: str, capital: bool) -> bool:
    """A slip or two, the same sound, or the beginning of a long name. In small letters only a slip in a long one."""
    apart = jellyfish.damerau_levenshtein_distance(word, name)
    longest = max(len(word), len(name))
    if not capital:
        return apart == 1 and longest >= LONG
    if name.startswith(word) or (word.startswith(name) and len(word) - len(name) <= 2):
        return True
    alike = 1 - apart / longest
    slips = 2 if longest >= LONG and word[0] == name[0] else 1
    return apart <= slips or (alike >= LETTERS_ALIKE and sound(word) == sound(name))


def find_names(text: str, words_of: Sequence[Token], known: Known) -> Iterator[Span]:
    names = Names(known)
    hits = _hits(text, words_of, names)
    for first, last in _runs(text, words_of, hits):
        yield _span(text, words_of, hits, first, last)
    yield from _titled(text, words_of, hits)
    yield from _initials(text, names)
    yield from _perhaps(words_of, hits)


def _hits(text: str, words_of: Sequence[Token], names: Names) -> dict[int, Hit]:
    hits = {place: hit for place, token in enumerate(words_of) if (hit := names.look(token))}
    for place in range(len(words_of) - 1):  # “Mac Donald”, “Smi-th”
        one, other = words_of[place], words_of[place + 1]
        owners = names.exact.get(one.folded + other.folded)
        if owners and BETWEEN_NAMES.fullmatch(text, one.end, other.start):
            sure = one.capital or other.capital or not {one.folded, other.folded} & ORDINARY
            hits[place] = hits[place + 1] = Hit(owners, sure)
    return hits


def _runs(text: str, words_of: Sequence[Token], hits: dict[int, Hit]) -> Iterator[tuple[int, int]]:
    """Names that follow one another, with the initials and particles between and before them."""
    place = 0
    while place < len(words_of):
        if place not in hits:
            place += 1
            continue
        first = last = place
        while first and _joins(text, words_of[first - 1], words_of[first]) and first - 1 not in hits:
            first -= 1
        while (ahead := _next(text, words_of, hits, last)) is not None:
            last = ahead
        yield first, last
        place = last + 1


def _next(text: str, words_of: Sequence[Token], hits: dict[int, Hit], last: int) -> int | None:
    """The next name of the same person, behind at most two initials or particles."""
    for place in range(last + 1, min(last + 4, len(words_of))):
        if not BETWEEN_NAMES.fullmatch(text, words_of[place - 1].end, words_of[place].start):
            return None
        if place in hits:
            return place if hits[place].owners & hits[last].owners else None
        if not _small(words_of[place]):
            return None
    return None


def _joins(text: str, one: Token, other: Token) -> bool:
    """An initial or particle that stands before a name."""
    return _small(one) and one.folded not in ("a", "i") and bool(BETWEEN_NAMES.fullmatch(text, one.end, other.start))


def _small(token: Token) -> bool:
    return (len(token.folded) == 1 and token.capital) or token.folded in PARTICLES


def _span(text: str, words_of: Sequence[Token], hits: dict[int, Hit], first: int, last: int) -> Span:
    inside = [hits[place] for place in range(first, last + 1) if place in hits]
    owners = frozenset.intersection(*(hit.owners for hit in inside)) or inside[0].owners
    initials = {token.folded for token in words_of[first : last + 1] if len(token.folded) == 1}
    owners = frozenset(owner for owner in owners if initials <= {word[0] for word in name_words(owner)}) or owners
    start, title = words_of[first].start, _title(text, words_of, first)
    if title:
        start = title.start
    instead = _role(owners, title.folded if title else "", words_of[last].folded)
    return Span(start, words_of[last].end_of_name, "name", instead, any(hit.sure for hit in inside))


def _title(text: str, words_of: Sequence[Token], first: int) -> Token | None:
    before = words_of[first - 1] if first else None
    titled = before and before.folded in TITLES and (before.capital or before.folded in SMALL_TITLES)
    if before and titled and re.fullmatch(r"\.?\s{1,2}", text[before.end : words_of[first].start]):
        return before
    return None


def _role(owners: Iterable[Named], title: str, word: str) -> str:
    """What the panel reads: of several with one family name, whom the title means."""
    roles = {owner.role for owner in owners}
    if len(roles) == 1:
        return roles.pop()
    if MEANT_BY.get(title) in roles:
        return MEANT_BY[title]
    if title:
        return TITLES[title]
    return FAMILY if all(name_words(owner)[-1:] == (word,) for owner in owners) else SOMEBODY


def _titled(text: str, words_of: Sequence[Token], hits: dict[int, Hit]) -> Iterator[Span]:
    """“Mrs Somebody” who is not known."""
    for place, token in enumerate(words_of[:-1]):
        if token.folded not in TITLES or not (token.capital or token.folded in SMALL_TITLES):
            continue
        last = place
        while last + 1 < len(words_of) and last < place + 3 and _follows(text, words_of[last], words_of[last + 1]):
            last += 1
        if last > place and token.folded != "baby" and not any(each in hits for each in range(place, last + 1)):
            yield Span(token.start, words_of[last].end, "name", TITLES[token.folded])


def _follows(text: str, one: Token, other: Token) -> bool:
    if not other.capital:
        return False
    if text[one.end : other.start] in HYPHENS:
        return True
    between = re.fullmatch(r"\.?[ \u00a0]{1,2}", text[one.end : other.start])
    return bool(between) and (other.folded in TITLES or other.folded not in ORDINARY | CAPITALS)


def _initials(text: str, names: Names) -> Iterator[Span]:
    """“T.I.” is the child; “TI” perhaps: many abbreviations have two letters."""
    for found in re.finditer(r"\b[A-Z](?:\.\s?[A-Z]){1,3}\b\.?|\b[A-Z]{2,4}\b", text):
        letters = re.sub(r"[^a-z]", "", found.group().lower())
        if owners := names.initials.get(letters):
            role = _role(owners, "", "")
            yield Span(found.start(), found.end(), "name", role, sure="." in found.group())


def _perhaps(words_of: Sequence[Token], hits: dict[int, Hit]) -> Iterator[Span]:
    """Words with a capital that nothing explains."""
    small = {token.folded for token in words_of if not token.capital}
    for place, token in enumerate(words_of):
        if place not in hits and token.capital and not _explained(token, small):
            yield Span(token.start, token.end, "perhaps", "[name?]", sure=False)


def _explained(token: Token, small: set[str]) -> bool:
    word = token.folded
    if token.text.isupper() or len(word) < 2 or word in small or word in CAPITALS or word in TITLES:
        return True
    if token.begins:
        return word in ORDINARY or word.endswith(ENDINGS)
    return word in ORDINARY and word not in ALSO_NAMES
