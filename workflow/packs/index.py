"""Every word of everybody’s name, and whose name a word is."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import jellyfish

from workflow.matching.child import PLACEHOLDERS, STEMS, given, words
from workflow.matching.keys import sound
from workflow.packs.known import Known, Named
from workflow.packs.ordinary import CAPITALS, NICKNAMES, NO_NAMES, ORDINARY, PARTICLES, TITLES
from workflow.packs.tokens import Token

SHORT, LONG = 3, 6
LETTERS_ALIKE = 0.6
Owners = frozenset[Named]
# What is written where somebody’s name is asked and there is none to tell.
NOBODY = PLACEHOLDERS | NO_NAMES


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
    return () if NOBODY.issuperset(written) else given(written)


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


def is_family_name(word: str, person: Named) -> bool:
    """Whether it is the last of several words of a name, or nearly."""
    last = name_words(person)[1:][-1:]
    return last == (word,) or any(len(name) > SHORT and _alike(word, name, True) for name in last)
