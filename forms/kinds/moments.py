"""Months, and dates with a time."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtailstreamforms.fields import register

from forms.kinds.base import Kind, Raw
from forms.kinds.dates import MONTHS, Date, clock, incomplete
from forms.kinds.editing import unknown_block
from forms.schema import Question


@register("month_year")
class MonthYear(Date):
    """Stored as "2026-03"."""

    label = "Month and year"
    description = "Two boxes: month, year."
    names = ("month", "year")

    def clean(self, question: Question, raw: Raw) -> Any:
        value = Kind.clean(self, question, raw)
        if value is None or value in question.unknown:
            return value
        month, year = (self.written(question, raw, name) for name in self.parts(question))
        if not (month and year):
            raise ValidationError(incomplete(question, ["year" if month else "month"]))
        return self._iso(question, "", MONTHS.get(month.lower(), month), year)

    def own_blocks(self) -> list[tuple[str, blocks.Block]]:
        return [unknown_block()]


@register("date_time")
class DateTime(Date):
    """Stored as "2026-03-01T14:05", on the clock of the place."""

    label = "Date and time"
    description = "Three boxes for the date, one for the time."
    names = ("day", "month", "year", "time")

    def clean(self, question: Question, raw: Raw) -> Any:
        value = Kind.clean(self, question, raw)
        if value is None or value in question.unknown:
            return value
        day, month, year, time = (self.written(question, raw, name) for name in self.parts(question))
        missing = [name for name, part in zip(self.names, (day, month, year, time), strict=True) if not part]
        if missing:
            raise ValidationError(incomplete(question, missing))
        return f"{self._iso(question, day, MONTHS.get(month.lower(), month), year)}T{clock(time)}"

    def filled(self, question: Question, value: Any) -> dict[str, Any]:
        year, month, day, time = re.split("[-T]", value)
        numbers = (str(int(day)), str(int(month)), year, time)
        return dict(zip(self.parts(question), numbers, strict=True))

    def words(self, question: Question, value: Any) -> str:
        date, _, time = value.partition("T")
        return f"{super().words(question, date)}, {time}"

    def own_blocks(self) -> list[tuple[str, blocks.Block]]:
        return [unknown_block()]
