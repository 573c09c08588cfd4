"""What a row of a spreadsheet says of a review, and what is wrong with it."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.formats import date_format

from exports.imports.sheets import Cell
from exports.imports.targets import NotUnderstood, Target
from exports.resources import ColumnsResource
from workflow.services.bringing_in import Past

Problem = tuple[str, str]
IDENTITY = ("first_names", "family_name", "nhs_number", "date_of_birth", "date_of_death", "postcode")
IN_ORDER = [("date_of_birth", "date_of_death"), ("date_of_death", "notified_on"), ("notified_on", "closed_on")]
IN_ORDER += [("panel_on", "closed_on"), ("date_of_death", "panel_on")]
EIGHTEEN = 18


@dataclass
class Read:
    """Values by target, problems by column, and the values that a person must first give a meaning."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unknown: list[tuple[str, str]] = field(default_factory=list)


class Reader:
    """Reads rows of one file by its Resource."""

    def __init__(self, headings: list[str], resource: ColumnsResource, known: dict[str, Target]) -> None:
        self.fields = [(headings.index(heading), heading, field) for heading, field in resource.fields.items()]
        self.known = known
        self.called = {field.attribute: heading for heading, field in resource.fields.items()}

    def read(self, number: int, cells: list[Cell], today: dt.date) -> Read:
        found = Read(number)
        for place, heading, one in self.fields:
            cell = cells[place] if place < len(cells) else Cell("")
            self._read_cell(found, cell, heading, one)
        if not found.problems:
            found.problems += self._missing(found.values)
            found.problems += self._out_of_order(found.values, today)
        return found

    def _read_cell(self, found: Read, cell: Cell, heading: str, one: Any) -> None:
        name = one.attribute
        if cell.problem:
            found.problems.append((heading, cell.problem))
            return
        try:
            value = one.clean({heading: cell.text})
        except NotUnderstood as problem:
            found.unknown.append((name, cell.text[:60]))
            found.problems.append((heading, str(problem)))
        except ValueError as problem:
            found.problems.append((heading, str(problem)))
        else:
            if value not in ("", None):
                found.values[name] = value

    def _missing(self, values: dict[str, Any]) -> Iterator[Problem]:
        for target in self.known.values():
            if target.must and target.name not in values:
                yield self.column(target.name), "It is empty, and a case needs it."

    def _out_of_order(self, values: dict[str, Any], today: dt.date) -> Iterator[Problem]:
        for earlier, later in IN_ORDER:
            if values.get(earlier, "") > values.get(later, "9"):
                yield self.column(later), f"It is before the {self.known[earlier].title.lower()}."
        for name, value in values.items():
            if self.known[name].kind == "day" and value > today.isoformat():
                yield self.column(name), "It is in the future."
        born, died = values.get("date_of_birth"), values.get("date_of_death")
        if born and died and _age(born, died) >= EIGHTEEN:
            yield self.column("date_of_birth"), "The child was 18 or older. Such deaths are not reviewed."

    def column(self, name: str) -> str:
        """How the file calls it."""
        return self.called.get(name, self.known[name].title)


def past_of(values: dict[str, Any], known: dict[str, Target], *, whole: bool = False, **about: int) -> Past:
    """The review that the values of a row tell of. With `whole`, a finding that is not there is told as empty."""
    into = {kind: {n: v for n, v in values.items() if known[n].into == kind} for kind in ("record", "fact")}
    findings = [name for name, target in known.items() if target.into == "fact"]
    day = {
        name: dt.date.fromisoformat(values[name]) if name in values else None
        for name in ("notified_on", "panel_on", "closed_on")
    }
    return Past(
        details={name: values.get(name, "") for name in IDENTITY},
        record=into["record"],
        facts=(dict.fromkeys(findings, "") if whole else {}) | into["fact"],
        died=dt.date.fromisoformat(values["date_of_death"]),
        notified=day["notified_on"],
        panel=day["panel_on"],
        closed=day["closed_on"],
        about=about,
    )


def difference(was: dict[str, Any], now: dict[str, Any], known: dict[str, Target]) -> list[list[str]]:
    """What another file says otherwise: title, what it was, what it is."""
    names = [name for name in known if was.get(name, "") != now.get(name, "")]
    return [[known[n].title, in_words(known[n], was.get(n, "")), in_words(known[n], now.get(n, ""))] for n in names]


def in_words(target: Target, value: Any) -> str:
    if target.kind == "day" and value:
        return date_format(dt.date.fromisoformat(value), "j F Y")
    words = dict(target.codes)
    return "; ".join(words.get(each, str(each)) for each in (value if isinstance(value, list) else [value]))


def _age(born: str, died: str) -> int:
    return int(died[:4]) - int(born[:4]) - (died[5:] < born[5:])
