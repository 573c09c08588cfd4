"""Invented lists that figures look things up in: where the invented towns lie, and how many children live there."""

import csv
import io
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from cdop.demo.people import HOMES
from exports.figures.years import ReportYear
from exports.imports.services import lists
from exports.imports.services.homes import place_homes
from exports.imports.states import BIRTHS, ELSEWHERE, GROUPS, GROUPS_OF, POPULATION, POSTCODES
from forms.models import Code, CodeList

# The two councils whose panel this is by default; what is said of them is invented.
COUNCILS = {"E10000003": 60_000, "E06000031": 20_000}
NAMES = {"E10000003": "Cambridgeshire", "E06000031": "Peterborough"}
YEARS = 6
NAME, SOURCE = "Invented", "Invented for demonstration"


def bring_lists_in(by: User) -> None:
    """All of one edition, in use, and the homes of the children looked up in it."""
    newest = ReportYear.of(timezone.localdate())
    years = [newest.start - back for back in range(YEARS)]
    for kind, rows in _lists(years).items():
        data = _csv([lists.COLUMNS[kind], *rows])
        lists.use(lists.bring_list_in(kind, NAME, timezone.localdate(), SOURCE, data, by), by)
    _name_councils()
    place_homes()


def _name_councils() -> None:
    for known in CodeList.objects.filter(name="local_authority"):
        Code.objects.bulk_create(Code(code_list=known, code=code, label=label) for code, label in NAMES.items())
        known.save()


def _lists(years: list[int]) -> dict[str, list[list[Any]]]:
    councils = list(COUNCILS)
    return {
        POSTCODES: [
            [home, councils[number % 2], "", "", 1 + number] for number, home in enumerate(sorted(HOMES.values()))
        ],
        POPULATION: [[year, council, "", "", number] for year in years for council, number in COUNCILS.items()],
        BIRTHS: [[year, council, "", number // 16] for year in years for council, number in COUNCILS.items()],
        GROUPS: [
            [year, of, group, 80_000 // len(groups)]
            for year in years
            for of, groups in GROUPS_OF.items()
            for group in groups
        ],
        ELSEWHERE: [
            [year, of, place, rate]
            for year in years
            for place in ("Invented region", "Invented country")
            for of, rate in (("neonatal", "2.6"), ("infant", "3.8"))
        ],
    }


def _csv(rows: list[list[Any]]) -> bytes:
    written = io.StringIO()
    csv.writer(written).writerows(rows)
    return written.getvalue().encode()
