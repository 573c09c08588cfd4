"""From the record to what could stand in a pack: no identity, no dates, roles in the place of names."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from forms.conditions import UNKNOWN
from forms.kinds import kind_of
from forms.schema import Question
from workflow.collating.engine import Item, Told, alike
from workflow.packs.distances import NOT_TOLD, length, told

# Never, whatever their editor says of them: they name somebody, or are files.
NAMING = frozenset(
    {"full_name", "email", "phone", "postcode", "address", "nhs_number", "upload", "hidden", "declaration"}
)
WRITTEN = frozenset({"short_text", "long_text"})
DATED = frozenset({"date", "date_time", "month_year"})
AGREED = "As agreed"


@dataclass(frozen=True)
class Line:
    """One answer for a pack; one that is `written` in a person’s own words needs somebody to confirm it."""

    section: str
    label: str
    source: str
    item: str
    text: str
    written: bool = False
    submission: int | None = None


@dataclass(frozen=True)
class Answer:
    """A value, and where it came from in words that name nobody."""

    value: Any
    source: str
    submission: int | None


@dataclass(frozen=True)
class Setting:
    """What the lines of a pack are told with: the two days, and the role of whoever sent a submission."""

    born: dt.date | None
    died: dt.date | None
    role_of: Callable[[int], str]


def never(question: Question) -> bool:
    """Whether the answer to a question says who somebody is, and so goes into no pack."""
    return question.sensitivity in ("I", "P") or question.kind in NAMING


def lines(items: Iterable[Item], setting: Setting) -> Iterator[Line]:
    """What of the record can be in a pack, in its order. What nobody knows is left out."""
    for item in items:
        if not any(never(each.question) for each in item.told):
            for answer in _answers(item, setting):
                yield from _lines(item, item.question, item.label, item.name, answer, setting)


def _answers(item: Item, setting: Setting) -> list[Answer]:
    """What was agreed; otherwise each answer once, with everybody who gave it."""
    if item.agreed:
        return [] if item.agreed.value in UNKNOWN else [Answer(item.agreed.value, AGREED, item.agreed.submission)]
    same: dict[Any, list[Told]] = {}
    for each in item.told:
        if each.known:
            same.setdefault(_key(each.value), []).append(each)
    return [Answer(group[0].value, _sources(group, setting), group[0].submission) for group in same.values()]


def _key(value: Any) -> Any:
    return repr(value) if isinstance(value, list | dict) else alike(value)


def _sources(group: list[Told], setting: Setting) -> str:
    return "; ".join(f"{setting.role_of(each.submission)}, {_heard(each, setting.died)}" for each in group)


def _heard(each: Told, died: dt.date | None) -> str:
    days = (timezone.localdate(each.at) - died).days if died else 0
    return f"{length(days)} after the death" if died and days >= 0 else "day not told"


def _lines(item: Item, question: Question, label: str, name: str, answer: Answer, setting: Setting) -> Iterator[Line]:
    if question.kind == "repeat":
        yield from _parts(item, question, name, answer, setting)
    elif text := _text(question, answer.value, setting):
        written = question.kind in WRITTEN
        yield Line(item.section, label, answer.source, name, text, written, answer.submission)


def _parts(item: Item, group: Question, name: str, answer: Answer, setting: Setting) -> Iterator[Line]:
    for number, each in enumerate(answer.value or [], start=1):
        for part in group.questions:
            if not never(part):
                label = f"{group.item_title or group.label} {number}: {part.label}"
                one = Answer(each.get(part.key), answer.source, answer.submission)
                yield from _lines(item, part, label, f"{name}/{number}/{part.key}", one, setting)


def _text(question: Question, value: Any, setting: Setting) -> str:
    if value is None or (isinstance(value, str) and value in UNKNOWN):
        return ""
    if question.kind in DATED:
        return told(value, setting.born, setting.died) if isinstance(value, str) else NOT_TOLD
    return kind_of(question).text(question, value)
