"""What is read of imports. Whoever may bring in sees every import, and nobody else any."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from exports.imports.permissions import user_can_bring_in
from exports.imports.states import CHANGED, NEW, POSTCODES, ImportState
from exports.models import AreaCount, HistoryImport, HistoryRow, ListedNumber, PostcodeArea, ReferenceVersion
from workflow.models import CaseIdentity
from workflow.permissions import Person


def imports_for(user: Person) -> QuerySet[HistoryImport]:
    found = HistoryImport.objects.select_related("profile", "by")
    return found if user_can_bring_in(user) else found.none()


def outcomes(history: HistoryImport) -> dict[str, int]:
    """How many rows would do, or did, what."""
    counted = history.rows.order_by().values_list("outcome").annotate(number=Count("pk"))
    return dict(counted)


def brought_in(history: HistoryImport) -> QuerySet[HistoryRow]:
    """Rows that made or changed a case, once the import is made."""
    return history.rows.filter(outcome__in=(NEW, CHANGED), case__isnull=False)


def newest_rows(hashes: Iterable[str]) -> dict[str, HistoryRow]:
    """By hash of the reference, the row from which a case was last brought in."""
    rows = HistoryRow.objects.filter(
        hashed__in=hashes, history__state=ImportState.MADE, outcome__in=(NEW, CHANGED), case__isnull=False
    )
    return {row.hashed: row for row in rows.select_related("case", "history").order_by("pk")}


def cases_with_numbers(hashes: Iterable[str]) -> dict[str, tuple[int, str]]:
    """By hash of the NHS number, the case that has it."""
    found = CaseIdentity.objects.filter(nhs_number_hash__in=hashes)
    return {
        one: (pk, reference) for one, pk, reference in found.values_list("nhs_number_hash", "case", "case__reference")
    }


def row_numbers(history: HistoryImport, column: str, hashes: Iterable[str]) -> dict[str, int]:
    """By hash, the first row of the file in which it stands."""
    rows: Any = history.rows.filter(**{f"{column}__in": hashes}).order_by("-number")
    return dict(rows.values_list(column, "number"))


def lists_for(user: Person) -> QuerySet[ReferenceVersion]:
    found = ReferenceVersion.objects.select_related("by")
    return found if user_can_bring_in(user) else found.none()


def area_of(postcode: str) -> PostcodeArea | None:
    """In which areas a postcode lies, by the edition in use."""
    compact = "".join(postcode.split()).upper()
    return PostcodeArea.objects.filter(version__kind=POSTCODES, version__in_use=True, postcode=compact).first()


def edition_in_use(kind: str) -> ReferenceVersion | None:
    return ReferenceVersion.objects.filter(kind=kind, in_use=True).first()


@dataclass(frozen=True)
class Bases:
    """By year, how many there were in all areas together, by one edition of a list; "" where none is in use."""

    numbers: Mapping[int, int]
    edition: str


@dataclass(frozen=True)
class Parts:
    """By part (an area, a group or a place) and year, the number that a list has, by one edition of it."""

    numbers: Mapping[str, Mapping[int, float]]
    edition: str


def bases(kind: str) -> Bases:
    """Of populations or births, in two queries. A year for which an area has no number is left out."""
    by_area = area_numbers(kind)
    years = {year for numbers in by_area.numbers.values() for year in numbers}
    whole = {year for year in years if all(year in numbers for numbers in by_area.numbers.values())}
    return Bases(
        {year: int(sum(numbers[year] for numbers in by_area.numbers.values())) for year in whole}, by_area.edition
    )


def area_numbers(kind: str) -> Parts:
    """Of populations or births, all ages and sexes of each area."""
    edition = edition_in_use(kind)
    parts: dict[str, dict[int, list[tuple[str, str, int]]]] = defaultdict(lambda: defaultdict(list))
    rows = AreaCount.objects.filter(version=edition) if edition else AreaCount.objects.none()
    for year, area, age, sex, number in rows.values_list("year", "area", "age_group", "sex", "number"):
        parts[area][year].append((age, sex, number))
    found = {area: {year: _all_of(told) for year, told in years.items()} for area, years in parts.items()}
    return Parts(found, str(edition or ""))


def listed_numbers(kind: str, of: str) -> Parts:
    """Of children who live here by group, or of rates that were published of elsewhere."""
    edition = edition_in_use(kind)
    found: dict[str, dict[int, float]] = defaultdict(dict)
    rows = ListedNumber.objects.filter(version=edition, of=of) if edition else ListedNumber.objects.none()
    for what, year, number in rows.order_by("what").values_list("what", "year", "number"):
        found[what][year] = float(number)
    return Parts(dict(found), str(edition or ""))


def _all_of(parts: list[tuple[str, str, int]]) -> int:
    """The row for all where there is one, and otherwise the sum of one division of them."""
    every = [number for age, sex, number in parts if not age and not sex]
    by_sex = [number for age, _, number in parts if not age]
    by_age = [number for _, sex, number in parts if not sex]
    return sum(every or by_sex or by_age or [number for _, _, number in parts])
