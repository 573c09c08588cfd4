"""How much speaks for two notifications being about one child, and in which words."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import jellyfish

from workflow.matching.child import Child, Words
from workflow.matching.keys import sound


class Agreement(StrEnum):
    SAME = "same"
    ALIKE = "alike"
    DIFFERENT = "different"
    UNKNOWN = "unknown"


SAME, ALIKE, DIFFERENT, UNKNOWN = Agreement
Agreements = dict[str, Agreement]


class Level(StrEnum):
    CERTAIN = "certain"
    LIKELY = "likely"
    POSSIBLE = "possible"
    TWINS = "may be twins"
    NONE = "not alike"


VERDICTS = {
    Level.CERTAIN: "Certain to be the same child",
    Level.LIKELY: "Likely to be the same child",
    Level.POSSIBLE: "Possibly the same child",
    Level.TWINS: "May be twins",
    Level.NONE: "Nothing speaks for the same child",
}


@dataclass(frozen=True)
class Levels:
    """From which score on a match is called certain, likely or possible. An area sets its own."""

    certain: int = 95
    likely: int = 60
    possible: int = 35


@dataclass(frozen=True)
class Weight:
    """What the agreement of one field counts, and how it is told. What is not known counts nothing."""

    same: tuple[int, str]
    alike: tuple[int, str]
    different: tuple[int, str]


# The same name and dates without an NHS number reach 85: likely, and never certain.
WEIGHTS = {
    "nhs_number": Weight((110, "same NHS number"), (5, "nearly the same NHS number"), (-35, "different NHS numbers")),
    "first_names": Weight((20, "same first name"), (15, "similar first name"), (-25, "different first names")),
    # A baby may be notified under either parent’s name.
    "family_name": Weight((20, "same family name"), (15, "similar family name"), (-10, "different family names")),
    "born": Weight((25, "same date of birth"), (15, "similar date of birth"), (-30, "different dates of birth")),
    "died": Weight((20, "same date of death"), (12, "similar date of death"), (-20, "different dates of death")),
    "sex": Weight((0, ""), (0, ""), (-20, "different sex")),
}
LETTERS_ALIKE = 0.75  # how much of two names must be the same letters
FIRST_LETTERS_ALIKE = 0.4  # of two first names that sound the same: twins’ names often do
DIGITS_WRONG = 2  # one wrong digit, or two that changed places, is never a valid NHS number


@dataclass(frozen=True)
class Match:
    """A score from 0 to 100, what it is called, and the reasons for and against."""

    score: int
    level: Level
    agreements: Agreements
    reasons: tuple[str, ...]
    doubts: tuple[str, ...]

    @property
    def verdict(self) -> str:
        return VERDICTS[self.level]

    @property
    def words(self) -> str:
        """The reasons, and then the doubts: “same NHS number, but different dates of birth”."""
        told = ", ".join(self.reasons) or "nothing is the same"
        return f"{told}, but {', '.join(self.doubts)}" if self.doubts else told


def compare(one: Child, other: Child, levels: Levels | None = None) -> Match:
    """The same whichever of the two comes first."""
    levels = levels or Levels()
    found = agreements(one, other)
    crossed = DIFFERENT in (found["first_names"], found["family_name"]) and _crossed(one, other)
    if crossed:
        found |= {"first_names": ALIKE, "family_name": ALIKE}
    told = {field: getattr(WEIGHTS[field], agreed.value) for field, agreed in found.items() if agreed != UNKNOWN}
    points = sum(counted for counted, _ in told.values())
    # Whatever else is different, the same number is always shown to a person.
    least = levels.possible if found["nhs_number"] == SAME else 0
    score = max(least, min(100, points))
    reasons = [sentence for field, (_, sentence) in told.items() if sentence and found[field] != DIFFERENT]
    doubts = [sentence for field, (_, sentence) in told.items() if found[field] == DIFFERENT]
    doubts += ["first and family names in each other’s place"] if crossed else _nameless(one, other)
    level = Level.TWINS if _may_be_twins(one, other, found) else _level(score, levels)
    return Match(score, level, found, tuple(reasons), tuple(doubts))


def _nameless(one: Child, other: Child) -> list[str]:
    if one.first_names and other.first_names:
        return []
    return ["only one has a first name" if one.first_names or other.first_names else "no first name yet"]


def _level(score: int, levels: Levels) -> Level:
    for level in (Level.CERTAIN, Level.LIKELY, Level.POSSIBLE):
        if score >= getattr(levels, level.value):
            return level
    return Level.NONE


def _may_be_twins(one: Child, other: Child, found: Agreements) -> bool:
    """Born at one time into one family, and something tells them apart. Their numbers often follow one another."""
    if DIFFERENT in (found["born"], found["family_name"]) or UNKNOWN in (found["born"], found["family_name"]):
        return False
    apart = DIFFERENT in (found["first_names"], found["sex"]) or bool(
        one.order and other.order and one.order != other.order
    )
    return apart or (found["nhs_number"] in (ALIKE, DIFFERENT) and found["first_names"] != SAME)


def agreements(one: Child, other: Child) -> Agreements:
    """How far each field agrees."""
    return {field: _agreement(field, getattr(one, field), getattr(other, field)) for field in WEIGHTS}


def _agreement(field: str, one: Any, other: Any) -> Agreement:
    if not one or not other:
        return UNKNOWN
    if one == other:
        return SAME
    return ALIKE if ALIKE_BY[field](one, other) else DIFFERENT


def _crossed(one: Child, other: Child) -> bool:
    """Whether first and family names changed places."""
    pairs = ((one.first_names, other.family_name), (one.family_name, other.first_names))
    return all(first and family and _families_alike(first, family) for first, family in pairs)


def _numbers_alike(one: str, other: str) -> bool:
    return jellyfish.damerau_levenshtein_distance(one, other) <= DIGITS_WRONG


def _dates_alike(one: dt.date, other: dt.date) -> bool:
    """A day apart, as around midnight; or one digit is different, or day and month changed places."""
    swapped = (one.year, one.month, one.day) == (other.year, other.day, other.month)
    return swapped or abs(one - other).days == 1 or jellyfish.damerau_levenshtein_distance(str(one), str(other)) == 1


def _firsts_alike(one: Words, other: Words) -> bool:
    """By the name that comes first: twins often share the second."""
    heads = {one[0], other[0]}
    initial = min(heads, key=len)
    if len(initial) == 1 and all(head.startswith(initial) for head in heads):
        return True
    if one[0] in other or other[0] in one:
        return True
    return any(_alike(*pair, FIRST_LETTERS_ALIKE) for pair in ((one[0], other[0]), ("".join(one), "".join(other))))


def _families_alike(one: Words, other: Words) -> bool:
    """As a whole, or by one part of a double name."""
    return _alike("".join(one), "".join(other)) or any(_alike(part, each) for part in one for each in other)


def _alike(one: str, other: str, if_it_sounds: float = 0) -> bool:
    """Has nearly the same letters, or sounds the same and has at least so much of them."""
    apart = jellyfish.damerau_levenshtein_distance(one, other)
    alike = 1 - apart / max(len(one), len(other))
    return alike >= LETTERS_ALIKE or (alike >= if_it_sounds and sound(one) == sound(other))


ALIKE_BY: dict[str, Callable[[Any, Any], bool]] = {
    "nhs_number": _numbers_alike,
    "first_names": _firsts_alike,
    "family_name": _families_alike,
    "born": _dates_alike,
    "died": _dates_alike,
    "sex": lambda one, other: False,
}
