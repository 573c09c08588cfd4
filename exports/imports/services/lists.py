"""Editions of the lists that things are looked up in: brought in whole, and taken into use in one moment."""

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterator
from decimal import Decimal
from itertools import islice
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Model

from exports.imports.permissions import user_can_bring_in
from exports.imports.sheets import Cell, headings, lines
from exports.imports.states import (
    BIRTHS,
    ELSEWHERE,
    GROUPS,
    GROUPS_OF,
    ORGANISATIONS,
    POPULATION,
    POSTCODES,
    RATES_OF,
)
from exports.models import AreaCount, ListedNumber, PostcodeArea, ReferenceEvent, ReferenceVersion
from forms.kinds.text import POSTCODE
from forms.models import Code, CodeList
from workflow.intake import AGE_GROUPS
from workflow.services import MoveRefused
from workflow.services.refusing import require

BATCH = 2_000
MOST_PROBLEMS = 20
EVERY_LIST = 3_000_000  # more postcodes than there are
ORGANISATION_LIST = "organisation"
COLUMNS = {
    POSTCODES: ["postcode", "local_authority", "icb", "lsoa", "imd_quintile"],
    ORGANISATIONS: ["code", "name"],
    POPULATION: ["year", "area", "age_group", "sex", "number"],
    BIRTHS: ["year", "area", "sex", "number"],
    GROUPS: ["year", "of", "group", "number"],
    ELSEWHERE: ["year", "of", "place", "rate"],
}
MAY_BE_EMPTY = {"icb", "lsoa", "imd_quintile", "age_group", "sex"}
SEXES = {"", "female", "male", "indeterminate", "not_known"}
Told = dict[str, str]


class Wrong(ValueError):
    """What a cell should be: a column and a sentence."""


@transaction.atomic
def bring_list_in(kind: str, name: str, dated: dt.date, source: str, data: bytes, by: User) -> ReferenceVersion:
    """Bring in an edition; nothing uses it until somebody says so.

    Raises:
        MoveRefused: something in the file is wrong, cell by cell; nothing of it is kept.
    """
    require(user_can_bring_in(by))
    version = ReferenceVersion.objects.create(kind=kind, name=name, dated=dated, source=source, by=by)
    made = _made(version, data)
    model = MODELS.get(kind, AreaCount)
    try:
        if kind == ORGANISATIONS:
            version.rows = _replace_organisations(list(made))
        else:
            while batch := list(islice(made, BATCH)):
                version.rows += len(model._default_manager.bulk_create(batch))
    except IntegrityError:
        raise MoveRefused(["A row stands twice in the file."]) from None
    if not version.rows:
        raise MoveRefused(["There are no rows below the headings."])
    version.save()
    ReferenceEvent.objects.create(version=version, what="brought_in", by=by)
    if kind == ORGANISATIONS:
        use(version, by)
    return version


@transaction.atomic
def use(version: ReferenceVersion, by: User) -> None:
    """Take an edition into use, in place of the one before, which stays."""
    require(user_can_bring_in(by))
    editions = ReferenceVersion.objects.select_for_update().filter(kind=version.kind)
    list(editions)
    editions.filter(in_use=True).update(in_use=False)
    editions.filter(pk=version.pk).update(in_use=True)
    ReferenceEvent.objects.create(version=version, what="used", by=by)


def _made(version: ReferenceVersion, data: bytes) -> Iterator[Any]:
    """What the rows say, in order; all that is wrong with them is refused together, at their end."""
    names = [heading.strip().lower().replace(" ", "_") for heading in headings(data)]
    if missing := [column for column in COLUMNS[version.kind] if column not in names]:
        raise MoveRefused([f"There is no column “{column}”." for column in missing])
    problems: list[str] = []
    for number, cells in lines(data, after=1, most=EVERY_LIST):
        try:
            yield MAKERS[version.kind](version, _told(names, cells, version.kind))
        except Wrong as wrong:
            column, sentence = wrong.args
            problems.append(f"Row {number}, column {column}: {sentence}")
            if len(problems) == MOST_PROBLEMS:
                break
    if problems:
        raise MoveRefused(problems)


def _told(names: list[str], cells: list[Cell], kind: str) -> Told:
    told = {}
    for column in COLUMNS[kind]:
        place = names.index(column)
        cell = cells[place] if place < len(cells) else Cell("")
        if cell.problem or not (cell.text or column in MAY_BE_EMPTY):
            raise Wrong(column, cell.problem or "It is empty.")
        told[column] = cell.text
    return told


def _postcode(version: ReferenceVersion, told: Told) -> PostcodeArea:
    compact = "".join(told["postcode"].split()).upper()
    if not POSTCODE.fullmatch(f"{compact[:-3]} {compact[-3:]}"):
        raise Wrong("postcode", f"{told['postcode'][:20]} is no full postcode.")
    if told["imd_quintile"] not in ("", "1", "2", "3", "4", "5"):
        raise Wrong("imd_quintile", "It must be 1 to 5; 1 is the most deprived.")
    quintile = int(told["imd_quintile"]) if told["imd_quintile"] else None
    areas = {column: _short(told, column, 12) for column in ("local_authority", "icb", "lsoa")}
    return PostcodeArea(version=version, postcode=compact, imd_quintile=quintile, **areas)


def _count(version: ReferenceVersion, told: Told) -> AreaCount:
    if told.get("age_group", "") not in dict(AGE_GROUPS) | {"": ""}:
        raise Wrong("age_group", f"It must be one of {', '.join(dict(AGE_GROUPS))}, or empty for all.")
    if told["sex"] not in SEXES:
        raise Wrong("sex", "It must be female, male, indeterminate or not_known, or empty for all.")
    year, number = _year(told), _whole(told, "number")
    area = _short(told, "area", 12)
    return AreaCount(
        version=version, year=year, area=area, age_group=told.get("age_group", ""), sex=told["sex"], number=number
    )


def _group(version: ReferenceVersion, told: Told) -> ListedNumber:
    of, group = _one_of(told, "of", GROUPS_OF), told["group"].lower()
    if group not in GROUPS_OF[of]:
        raise Wrong("group", f"Of {of} it must be one of {', '.join(GROUPS_OF[of])}.")
    return ListedNumber(version=version, year=_year(told), of=of, what=group, number=_whole(told, "number"))


def _elsewhere(version: ReferenceVersion, told: Told) -> ListedNumber:
    of, place, year = _one_of(told, "of", RATES_OF), _short(told, "place", 60), _year(told)
    if not re.fullmatch(r"\d{1,4}(\.\d{1,2})?", told["rate"], re.ASCII):
        raise Wrong("rate", f"{told['rate'][:20]} is no rate such as 3.8, for every 1,000 births.")
    return ListedNumber(version=version, year=year, of=of, what=place, number=Decimal(told["rate"]))


def _organisation(version: ReferenceVersion, told: Told) -> Code:
    return Code(code=_short(told, "code", 80), label=_short(told, "name", 300))


MAKERS: dict[str, Callable[[ReferenceVersion, Told], Any]] = {
    POSTCODES: _postcode,
    ORGANISATIONS: _organisation,
    POPULATION: _count,
    BIRTHS: _count,
    GROUPS: _group,
    ELSEWHERE: _elsewhere,
}
MODELS: dict[str, type[Model]] = {POSTCODES: PostcodeArea, GROUPS: ListedNumber, ELSEWHERE: ListedNumber}


def _short(told: Told, column: str, most: int) -> str:
    if len(told[column]) > most:
        raise Wrong(column, f"It is longer than {most} letters.")
    return told[column]


def _one_of(told: Told, column: str, known: Collection[str]) -> str:
    if told[column].lower() not in known:
        raise Wrong(column, f"It must be one of {', '.join(known)}.")
    return told[column].lower()


def _year(told: Told) -> int:
    if not 1900 <= (year := _whole(told, "year")) <= 2200:
        raise Wrong("year", "Write it with four digits.")
    return year


def _whole(told: Told, column: str) -> int:
    if not told[column].isascii() or not told[column].isdigit() or len(told[column]) > 9:
        raise Wrong(column, f"{told[column][:20]} is no whole number.")
    return int(told[column])


def _replace_organisations(codes: list[Code]) -> int:
    """The code list as the file has it: new ones added, others reworded. None is removed: people retire a code."""
    one = CodeList.objects.select_for_update().filter(name=ORGANISATION_LIST).first()
    if one is None:
        raise MoveRefused([f"There is no code list “{ORGANISATION_LIST}”. Load the forms first."])
    wanted = {code.code: code.label for code in codes}
    if len(wanted) != len(codes):
        raise MoveRefused(["A code stands twice in the file."])
    have = {code.code: code for code in Code.objects.filter(code_list=one)}
    changed = [code for code in have.values() if wanted.get(code.code, code.label) != code.label]
    for code in changed:
        code.label = wanted[code.code]
    Code.objects.bulk_update(changed, ["label"], batch_size=BATCH)
    new = [Code(code_list=one, code=code, label=label) for code, label in wanted.items() if code not in have]
    for place, code in enumerate(new):
        code.sort_order = place - len(new)  # before those that every such list ends with
    Code.objects.bulk_create(new, batch_size=BATCH)
    CodeList.objects.get(pk=one.pk).save()
    return len(codes)
