"""Dates in three boxes, and times."""

import datetime as dt
import re
from collections.abc import Iterable
from functools import reduce
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_noop
from wagtail import blocks
from wagtailstreamforms.fields import register

from forms.kinds.base import Kind, Raw
from forms.kinds.editing import unknown_block
from forms.schema import Question

MONTHS = {
    name: str(number)
    for number, names in enumerate(
        [
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sep sept",
            "october oct",
            "november nov",
            "december dec",
        ],
        start=1,
    )
    for name in names.split()
}
EARLIEST = 1900
MISSING = {
    "day": gettext_noop("a day"),
    "month": gettext_noop("a month"),
    "year": gettext_noop("a year"),
    "time": gettext_noop("a time"),
}


def incomplete(question: Question, missing: Iterable[str]) -> str:
    """The message for a date without these parts: "must include a day and a month"."""
    both = gettext("%(one)s and %(other)s")
    parts = reduce(lambda one, other: both % {"one": one, "other": other}, (gettext(MISSING[name]) for name in missing))
    return gettext("“%(question)s” must include %(parts)s") % {"question": question.label, "parts": parts}


@register("date")
class Date(Kind):
    """Stored as "2026-03-01"; where the editor allows part of a date, also "2026-03" or "2026"."""

    icon = "date"
    label = "Date"
    description = "Three boxes: day, month, year."
    group = "Dates and numbers"
    comparisons = ("is", "before", "after", "age_at_least", "age_under", "answered", "not_answered")
    template = "date"
    names: tuple[str, ...] = ("day", "month", "year")

    def parts(self, question: Question) -> list[str]:
        return [f"{question.key}__{name}" for name in self.names]

    def entered(self, question: Question, raw: Raw) -> str:
        return "".join(self.written(question, raw, name) for name in self.parts(question))

    def clean(self, question: Question, raw: Raw) -> Any:
        value = super().clean(question, raw)
        if value is None or value in question.unknown:
            return value
        day, month, year = (self.written(question, raw, name) for name in self.parts(question))
        self._complete(question, day, month, year)
        return self._iso(question, day, MONTHS.get(month.lower(), month), year)

    def _complete(self, question: Question, day: str, month: str, year: str) -> None:
        missing = [name for name, part in zip(self.names, (day, month, year), strict=True) if not part]
        part_is_enough = question.partial and year and (month or not day)
        if missing and not part_is_enough:
            raise ValidationError(incomplete(question, missing))

    def _iso(self, question: Question, day: str, month: str, year: str) -> str:
        """ISO 8601 at the precision that was given: "2026-03-01", "2026-03" or "2026"."""
        if not re.fullmatch(r"[0-9]{4}", year):
            message = gettext("Give the year of “%(question)s” as 4 digits, like 2026")
            raise ValidationError(message % {"question": question.label})
        try:
            whole = dt.date(int(year), _number(month), _number(day))
        except ValueError:
            message = gettext("“%(question)s” must be a real date, like 27 3 2026")
            raise ValidationError(message % {"question": question.label}) from None
        if whole.year < EARLIEST:
            message = gettext("“%(question)s” must be in or after %(year)s")
            raise ValidationError(message % {"question": question.label, "year": EARLIEST})
        return whole.isoformat()[: 10 if day else 7 if month else 4]

    def filled(self, question: Question, value: Any) -> dict[str, Any]:
        numbers = [str(int(part)) for part in value.split("-")]
        return dict(zip(reversed(self.parts(question)), numbers, strict=False))

    def words(self, question: Question, value: Any) -> str:
        formats = {4: "Y", 7: "F Y", 10: "j F Y"}
        padded = value + "-01-01"[: 10 - len(value)] if len(value) < 10 else value
        return date_format(dt.date.fromisoformat(padded), formats[len(value)])

    def own_blocks(self) -> list[tuple[str, blocks.Block]]:
        return [
            ("partial", blocks.BooleanBlock(required=False, label="Part of a date is enough")),
            unknown_block(),
        ]


def _number(part: str) -> int:
    """A day or month as a number; the first when left out.

    Raises:
        ValueError: it is neither.
    """
    if part and not re.fullmatch(r"[0-9]{1,2}", part):
        raise ValueError(part)
    return int(part or 1)


@register("time")
class Time(Kind):
    """Stored as "14:05"."""

    icon = "time"
    label = "Time"
    description = "On the 24-hour clock; 2.05pm is understood."
    group = "Dates and numbers"

    def clean(self, question: Question, raw: Raw) -> Any:
        value = super().clean(question, raw)
        if value is None or value in question.unknown:
            return value
        return clock(value)

    def own_blocks(self) -> list[tuple[str, blocks.Block]]:
        return [unknown_block()]


def clock(text: str) -> str:
    found = re.fullmatch(r"([0-9]{1,2})[:.]?([0-9]{2})?\s*(am|pm)?", text.strip().lower())
    wrong = ValidationError(gettext("Enter a time on the 24-hour clock, like 14:05"))
    if not found or (found[2] is None and found[3] is None):
        raise wrong
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3]:
        if not 1 <= hour <= 12:
            raise wrong
        hour = hour % 12 + (12 if found[3] == "pm" else 0)
    if hour > 23 or minute > 59:
        raise wrong
    return f"{hour:02}:{minute:02}"
