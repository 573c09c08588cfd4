"""What is read of imports. Whoever may bring in sees every import, and nobody else any."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, QuerySet, Sum

from exports.imports.permissions import user_can_bring_in
from exports.imports.states import BIRTHS, CHANGED, NEW, POPULATION, POSTCODES, ImportState
from exports.models import AreaCount, HistoryImport, HistoryRow, PostcodeArea, ReferenceVersion
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


def population(year: int, area: str, age_group: str = "", sex: str = "") -> int | None:
    """How many people lived there, by the edition in use; None where it does not say.

    Without an age group or a sex, all of them: the row for all where there is one, and otherwise the sum of the parts.
    """
    return _counted(POPULATION, year, area, age_group, sex)


def births(year: int, area: str, sex: str = "") -> int | None:
    """How many were born alive to mothers who lived there, as `population`."""
    return _counted(BIRTHS, year, area, "", sex)


def _counted(kind: str, year: int, area: str, age_group: str, sex: str) -> int | None:
    rows = AreaCount.objects.filter(version__kind=kind, version__in_use=True, year=year, area=area)
    for ages in ([age_group], None):
        for sexes in ([sex], None):
            found = _of(_of(rows, "age_group", ages, age_group), "sex", sexes, sex)
            if (number := found.aggregate(number=Sum("number"))["number"]) is not None:
                return number
    return None


def _of(rows: QuerySet[AreaCount], column: str, exactly: list[str] | None, wanted: str) -> QuerySet[AreaCount]:
    """The rows of this value; where all are wanted and no row says all, those of its parts."""
    if exactly is not None:
        return rows.filter(**{f"{column}__in": exactly})
    return rows.none() if wanted else rows.exclude(**{column: ""})
