"""What a column of another system can be: declared as a Resource, from the forms and the dataset of cases."""

import datetime as dt
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from import_export.fields import Field
from import_export.widgets import Widget

from content.definitions import parsed
from exports.datasets.answers import asked_in, codes_of, type_of
from exports.datasets.cases import FINDINGS
from exports.resources import ColumnsResource
from forms.kinds.dates import EARLIEST, MONTHS
from forms.kinds.text import POSTCODE, is_nhs_number
from workflow.intake import NOTIFICATION, RECORDED

HEADINGS = Path(__file__).with_name("headings.yaml")
Codes = tuple[tuple[str, str], ...]
Meanings = dict[str, str]
MOST_ANSWER = 300


class NotUnderstood(ValueError):
    """A value without a meaning: a person can say what it means."""


class WordsWidget(Widget):
    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        if len(value) > MOST_ANSWER:
            raise ValueError(f"This is longer than {MOST_ANSWER} letters.")
        return value


class DayWidget(Widget):
    """A day that exists, as YYYY-MM-DD. It is never guessed which number is the month: the day comes first."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        if not value:
            return ""
        if re.fullmatch(r"\d{5}", value):
            raise ValueError(f"{value} is a number. Format the column as dates.")
        parts = [part for part in re.split(r"[\s/.,-]+", value.lower()) if part]
        if len(parts) == 3 and len(parts[0]) == 4:
            parts.reverse()
        try:
            day, month, year = (int(MONTHS.get(part, part)) for part in parts)
            found = dt.date(year, month, day)
        except ValueError:
            raise ValueError(f"{value} is no date. Write it as day/month/year.") from None
        if not found.year >= EARLIEST:
            raise ValueError(f"{value} is no date of our time. Write the year with four digits.")
        return found.isoformat()


class NumberWidget(Widget):
    """An NHS number: ten digits that agree with each other."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        digits = re.sub(r"[\s-]", "", value)
        if digits and not is_nhs_number(digits):
            raise ValueError(f"{value} is no NHS number. Check the ten digits.")
        return digits


class PostcodeWidget(Widget):
    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        compact = re.sub(r"[^A-Za-z0-9]", "", value).upper()
        tidy = f"{compact[:-3]} {compact[-3:]}" if len(compact) > 4 else compact
        if tidy and not POSTCODE.fullmatch(tidy):
            raise ValueError(f"{value} is no full postcode, such as CB1 1AA.")
        return tidy


class WholeWidget(Widget):
    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> int | str:
        if value and not re.fullmatch(r"\d{1,6}", value):
            raise ValueError(f"{value} is no whole number.")
        return int(value) if value else ""


@dataclass
class CodeWidget(Widget):
    """One code of a list, told by the code, by its words, or by what a person said a value means."""

    codes: Codes
    meanings: Meanings

    def __post_init__(self) -> None:
        super().__init__()

    @cached_property
    def known(self) -> dict[str, str]:
        found = {_plain(label): code for code, label in self.codes} | {_plain(code): code for code, _ in self.codes}
        return found | {_plain(value): code for value, code in self.meanings.items() if code in dict(self.codes)}

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        if not value:
            return ""
        if (code := self.known.get(_plain(value))) is None:
            raise NotUnderstood(f"“{value[:60]}” has no meaning here yet.")
        return code


class CodesWidget(CodeWidget):
    """Several codes, between semicolons."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        parts = [part.strip() for part in value.split(";") if part.strip()]
        return [super(CodesWidget, self).clean(part) for part in parts] if parts else ""


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.strip().casefold().replace("’", "'"))


@dataclass(frozen=True)
class Target:
    """A place for a column: `into` says whether it is part of who the child is, of the record, or was found."""

    name: str
    title: str
    kind: str
    into: str
    codes: Codes = ()
    must: bool = False

    def widget(self, meanings: Meanings) -> Widget:
        if self.kind in ("code", "codes"):
            return (CodeWidget if self.kind == "code" else CodesWidget)(self.codes, meanings)
        return WIDGETS[self.kind]()


WIDGETS: dict[str, type[Widget]] = {
    "words": WordsWidget,
    "day": DayWidget,
    "nhs_number": NumberWidget,
    "postcode": PostcodeWidget,
    "whole": WholeWidget,
}
OWN = [
    Target("reference", "Reference in the other system", "words", "row", must=True),
    Target("date_of_death", "Date of death", "day", "identity", must=True),
    Target("date_of_birth", "Date of birth", "day", "identity"),
    Target("notified_on", "Date notified", "day", "day"),
    Target("panel_on", "Date of the panel", "day", "day"),
    Target("closed_on", "Date closed", "day", "day"),
    Target("first_names", "First names", "words", "identity"),
    Target("family_name", "Family name", "words", "identity"),
    Target("nhs_number", "NHS number", "nhs_number", "identity"),
    Target("postcode", "Postcode", "postcode", "identity"),
]
KINDS = {"code": "code", "codes": "codes", "whole": "whole", "number_or_code": "whole"}


def targets() -> dict[str, Target]:
    """Every place by name: our own, what the panel found, and what a case records of the notification."""
    found = [Target(name, title, "code", "fact", codes) for name, title, codes, _ in FINDINGS]
    asked = asked_in(NOTIFICATION)
    recorded = [
        Target(name, asked[name][0].label, KINDS[type_of(asked[name])], "record", codes_of(asked[name]))
        for name in RECORDED
        if name in asked and type_of(asked[name]) in KINDS
    ]
    return {target.name: target for target in [*OWN, *found, *recorded]}


def resource(columns: dict[str, str], codes: dict[str, Meanings], known: dict[str, Target]) -> ColumnsResource:
    """The columns of a file, in its order, as the fields of a Resource; `columns` says which heading is which."""
    chosen = [(heading, known[name]) for heading, name in columns.items() if name in known]
    return ColumnsResource(
        Field(target.name, column_name=heading, widget=target.widget(codes.get(target.name, {})))
        for heading, target in chosen
    )


def guess(heading: str, known: dict[str, Target]) -> str:
    """The name of the target that a heading names already, by our words or by what others call it; or nothing."""
    plain = _bare(heading)
    ours = (t.name for t in known.values() if plain in (_bare(t.name), _bare(t.title)))
    others = (name for name, words in parsed(HEADINGS).items() if name in known and plain in words)
    return next(ours, "") or next(others, "")


def _bare(words: str) -> str:
    return re.sub(r"[\W_]+", " ", words.casefold()).strip()
