"""Report years, 1 April to 31 March, and what is asked of a figure."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import Case, CharField, Value, When
from django.utils import timezone

# The databases have been kept since child death reviews began; a range that is longer was mistyped.
EARLIEST, MOST_YEARS = 2008, 20


@dataclass(frozen=True, order=True)
class ReportYear:
    """The year that begins on 1 April of `start`."""

    start: int

    @classmethod
    def of(cls, day: dt.date) -> "ReportYear":
        return cls(day.year - (day.month < 4))

    @classmethod
    def last_ended(cls) -> "ReportYear":
        return cls(cls.of(timezone.localdate()).start - 1)

    @property
    def first(self) -> dt.date:
        return dt.date(self.start, 4, 1)

    @property
    def last(self) -> dt.date:
        return dt.date(self.start + 1, 3, 31)

    def __str__(self) -> str:
        return f"{self.start}–{(self.start + 1) % 100:02}"


@dataclass(frozen=True)
class Asked:
    """The years that a figure is about, and the day after which nothing counts that was recorded later.

    `holds`: also children whose review another process has made wait.

    Raises:
        ValueError: years that end before they begin, or are too many.
    """

    first: int
    last: int
    extract: dt.date = field(default_factory=timezone.localdate)
    holds: bool = True

    def __post_init__(self) -> None:
        if not EARLIEST <= self.first <= self.last or self.last - self.first >= MOST_YEARS:
            raise ValueError(f"Choose between 1 and {MOST_YEARS} years, {EARLIEST} or later, the first one first.")

    def __str__(self) -> str:
        first, last = ReportYear(self.first), ReportYear(self.last)
        return str(first) if first == last else f"{first} to {last}"

    @property
    def years(self) -> list[ReportYear]:
        return [ReportYear(start) for start in range(self.first, self.last + 1)]

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(map(str, self.years))

    @property
    def days(self) -> tuple[dt.date, dt.date]:
        return ReportYear(self.first).first, min(ReportYear(self.last).last, self.extract)

    @property
    def last_year(self) -> "Asked":
        return Asked(self.last, self.last, self.extract, self.holds)

    @property
    def moments(self) -> tuple[dt.datetime, dt.datetime]:
        """From the beginning of the first day to the end of the last."""
        first, last = self.days
        return midnight(first), midnight(last + dt.timedelta(days=1))

    @property
    def known_before(self) -> dt.datetime:
        """The end of the day of the extract."""
        return midnight(self.extract + dt.timedelta(days=1))

    def year_of(self, date_field: str) -> Case:
        """In a query: the label of the report year in which a day lies."""
        whens = [When(**{f"{date_field}__range": (year.first, year.last)}, then=Value(str(year))) for year in self]
        return Case(*whens, default=Value(""), output_field=CharField())

    def __iter__(self) -> Iterator[ReportYear]:
        return iter(self.years)


def midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))
