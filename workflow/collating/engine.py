"""Every agency’s answer to every data item, and how they stand to one another. Plain data in, plain data out."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from forms.conditions import UNKNOWN
from forms.dictionary import item_fed_by
from forms.identity import identifies
from forms.kinds import kind_of
from forms.schema import Page, Question

# Two of these can both be right: they are read side by side and nobody has to choose.
SIDE_BY_SIDE = frozenset({"short_text", "long_text", "address", "repeat", "upload"})
# What the browser fills in by itself is about whoever answers, and not about the child.
ABOUT_THE_SENDER = frozenset({"name", "email", "tel", "organization", "organization-title"})
# Every agency holds something else.
OF_ONE_AGENCY = frozenset({"no_information_held"})


class Standing(StrEnum):
    BLANK = "blank"
    UNKNOWN = "unknown"
    TOLD = "told"
    DIFFERENT = "different"
    AGREED = "agreed"
    REOPENED = "reopened"


LABELS = {
    Standing.BLANK: "Left blank",
    Standing.UNKNOWN: "Nobody knows",
    Standing.TOLD: "Told",
    Standing.DIFFERENT: "They differ",
    Standing.AGREED: "Agreed",
    Standing.REOPENED: "New answer since it was agreed",
}
TO_CHOOSE = (Standing.DIFFERENT, Standing.REOPENED)


@dataclass(frozen=True)
class Told:
    """What one source answered; `value` is None where the question was asked and left blank."""

    source: str
    at: dt.datetime
    submission: int
    question: Question
    value: Any

    @property
    def words(self) -> str:
        return kind_of(self.question).text(self.question, self.value)

    @property
    def known(self) -> bool:
        return self.value is not None and not _unknown(self.value)


@dataclass(frozen=True)
class Agreed:
    """What the coordinator settled on, having seen the answers of the submissions in `seen`."""

    value: Any
    reason: str
    by: str
    at: dt.datetime
    seen: frozenset[int]
    submission: int | None = None


@dataclass(frozen=True)
class Item:
    """One data item; `name` is that of the dictionary, or form/question where the dictionary has none."""

    name: str
    section: str
    told: tuple[Told, ...]
    agreed: Agreed | None = None

    @property
    def question(self) -> Question:
        """As it was asked last: its label and its codes are those that are read now."""
        return self.told[-1].question

    @property
    def label(self) -> str:
        return self.question.label

    @property
    def asked_twice(self) -> set[int]:
        """The submissions whose form asks for it in more than one question."""
        return {each for each, times in Counter(told.submission for told in self.told).items() if times > 1}

    @property
    def identifies(self) -> bool:
        return any(identifies(told.question) for told in self.told)

    @property
    def standing(self) -> Standing:
        known = [told for told in self.told if told.known]
        if self.agreed:
            late = [told for told in known if told.submission not in self.agreed.seen]
            changed = any(alike(told.value) != alike(self.agreed.value) for told in late)
            return Standing.REOPENED if changed else Standing.AGREED
        if not known:
            return Standing.UNKNOWN if any(_unknown(told.value) for told in self.told) else Standing.BLANK
        choosing = not any(told.question.kind in SIDE_BY_SIDE for told in known)
        return Standing.DIFFERENT if choosing and len({alike(told.value) for told in known}) > 1 else Standing.TOLD

    @property
    def standing_label(self) -> str:
        return LABELS[self.standing]

    @property
    def to_choose(self) -> bool:
        return self.standing in TO_CHOOSE

    @property
    def answered(self) -> bool:
        return self.standing not in (Standing.BLANK, Standing.UNKNOWN)

    @property
    def words(self) -> str:
        """What the record says: what was agreed, or what all who know say alike; "" where nothing is settled."""
        if self.agreed:
            question = self._asked_for(self.agreed)
            return kind_of(question).text(question, self.agreed.value)
        known = [told for told in self.told if told.known]
        return known[-1].words if known and len({alike(told.value) for told in known}) == 1 else ""

    def _asked_for(self, agreed: Agreed) -> Question:
        """The newest question of the kind that was agreed: forms may ask for one item in several kinds."""
        chosen = [told for told in self.told if alike(told.value) == alike(agreed.value)]
        seen = [told for told in self.told if told.submission in agreed.seen]
        kind = (chosen or seen or self.told)[-1].question.kind
        return next(told.question for told in reversed(self.told) if told.question.kind == kind)


@dataclass(frozen=True)
class Evidence:
    """One submission as it was asked and answered: its pages, with the questions that were shown."""

    source: str
    at: dt.datetime
    submission: int
    form: str
    pages: tuple[tuple[Page, tuple[Question, ...]], ...]
    answers: Mapping[str, Any]


def collate(received: Iterable[Evidence], agreed: Mapping[str, Agreed]) -> list[Item]:
    """Every item that somebody was asked, in the order of the forms; the earliest answer first."""
    found: dict[str, Item] = {}
    for evidence in received:
        for page, shown in evidence.pages:
            if any(question.autocomplete in ABOUT_THE_SENDER for question in page.questions):
                continue
            for question in shown:
                name = item_fed_by(question) or f"{evidence.form}/{question.key}"
                if kind_of(question).takes_answer and name not in OF_ONE_AGENCY:
                    value = evidence.answers.get(question.key)
                    told = Told(evidence.source, evidence.at, evidence.submission, question, value)
                    item = found.get(name) or Item(name, page.title, (), agreed.get(name))
                    found[name] = replace(item, told=(*item.told, told))
    return list(found.values())


def sections(items: Iterable[Item]) -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = {}
    for item in items:
        found.setdefault(item.section, []).append(item)
    return found


def alike(value: Any) -> Any:
    """The same for two answers that say the same: spaces, capitals and the order of ticks say nothing."""
    if isinstance(value, str):
        return " ".join(value.casefold().split())
    if isinstance(value, list):
        return frozenset(alike(each) for each in value)
    if isinstance(value, dict):
        return frozenset((name, alike(each)) for name, each in value.items())
    return value


def _unknown(value: Any) -> bool:
    return isinstance(value, str) and value in UNKNOWN
