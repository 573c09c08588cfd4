"""The dry run: what each row would do, in batches that are kept, so that it goes on where it was stopped."""

import gzip
import time
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils import timezone

from exports.imports.rows import Read, Reader, difference
from exports.imports.selectors import cases_with_numbers, newest_rows, row_numbers
from exports.imports.sheets import Line, lines
from exports.imports.states import CHANGED, NEW, REFUSED, SAME, ImportState
from exports.imports.targets import resource, targets
from exports.models import HistoryImport, HistoryRow
from forms.inserting import insert
from forms.sealing import seal, unseal
from forms.uploads import vault
from workflow.recognition import keyed_hash, nhs_number_hash
from workflow.services.bringing_in import changed_since

BATCH = 500
MOST_UNKNOWN = 50
KEPT = ("history", "number", "outcome", "hashed", "child", "case", "sealed")
PACKED = b"\x1f\x8b"


@dataclass(frozen=True)
class Known:
    """What is here already of the children in a batch of rows: looked up once for all of them."""

    earlier: dict[str, HistoryRow]
    touched: set[str]
    cases: dict[str, tuple[int, str]]
    references: dict[str, int]
    children: dict[str, int]


def check(history: HistoryImport, until: float) -> None:
    """Go on checking until the end of the file, or until this time of the clock (`time.monotonic`)."""
    known = targets()
    columns = {heading: history.profile.columns.get(heading, "") for heading in history.headings}
    reader = Reader(history.headings, resource(columns, history.profile.codes, known), known)
    rows, last = lines(_file(history), after=history.last_row), history.last_row
    while batch := list(islice(rows, BATCH)):
        if not _keep(history.pk, reader, batch, last):
            return
        last = batch[-1][0]
        if time.monotonic() > until:
            return
    _finish(history.pk, last)


def _file(history: HistoryImport) -> bytes:
    """As it came. It is kept packed, so that little of it is ever in memory twice; one of an older version is not."""
    data = vault.read(history.stored_as, unseal(history.sealed_key))
    return gzip.decompress(data) if data.startswith(PACKED) else data


@transaction.atomic
def _keep(pk: int, reader: Reader, batch: list[Line], last: int) -> bool:
    """Check a batch and keep what was found; False where somebody else was there first."""
    current = HistoryImport.objects.select_for_update(of=("self",)).select_related("profile").get(pk=pk)
    if current.state != ImportState.CHECKING or current.last_row != last:
        return False
    today = timezone.localdate()
    reads = [reader.read(number, cells, today) for number, cells in batch]
    insert(HistoryRow, KEPT, _rows(current, reads, reader))
    current.rows_checked += len(reads)
    current.last_row = batch[-1][0]
    if met := [each for read in reads for each in read.unknown]:
        current.sealed_unknown = seal(_with_more(current.unknown, met))
    current.save()
    return True


@transaction.atomic
def _finish(pk: int, last: int) -> None:
    current = HistoryImport.objects.select_for_update().get(pk=pk)
    if current.state == ImportState.CHECKING and current.last_row == last:
        current.state, current.checked_at = str(ImportState.CHECKED), timezone.now()
        current.save()


def _with_more(unknown: dict[str, dict[str, int]], met: list[tuple[str, str]]) -> dict[str, dict[str, int]]:
    for name, value in met:
        values = unknown.setdefault(name, {})
        if value in values or len(values) < MOST_UNKNOWN:
            values[value] = values.get(value, 0) + 1
    return unknown


def _rows(history: HistoryImport, reads: list[Read], reader: Reader) -> list[tuple[Any, ...]]:
    hashes = {
        r.number: keyed_hash(f"{history.profile.system}:{r.values['reference']}")
        for r in reads
        if "reference" in r.values
    }
    children = {r.number: nhs_number_hash(r.values["nhs_number"]) for r in reads if "nhs_number" in r.values}
    here = look_up(history, set(hashes.values()), set(children.values()))
    return [
        _row(history, read, hashes.get(read.number, ""), children.get(read.number, ""), here, reader) for read in reads
    ]


def look_up(history: HistoryImport, hashes: set[str], children: set[str]) -> Known:
    earlier = newest_rows(hashes)
    brought = {row.case_id: row.as_of for row in earlier.values() if row.case_id and row.as_of}
    return Known(
        earlier,
        changed_since(brought),
        cases_with_numbers(children),
        row_numbers(history, "hashed", hashes),
        row_numbers(history, "child", children),
    )


def _row(history: HistoryImport, read: Read, hashed: str, child: str, here: Known, reader: Reader) -> tuple[Any, ...]:
    before = here.earlier.get(hashed)
    told: dict[str, Any] = {"values": read.values, "problems": read.problems}
    if problem := _in_the_way(read, hashed, child, here):
        told["problems"] = [*read.problems, (reader.column(problem[0]), problem[1])]
    if before:
        told |= {
            "before": before.told["values"],
            "difference": difference(before.told["values"], read.values, reader.known),
        }
    outcome = REFUSED if told["problems"] else NEW if not before else CHANGED if told["difference"] else SAME
    case = before.case_id if before else None
    return history.pk, read.number, outcome, hashed, child, case, seal(told)


def _in_the_way(read: Read, hashed: str, child: str, here: Known) -> tuple[str, str] | None:
    """Why a row that is fine in itself cannot be brought in, by target. Notes the row, for those that come after it."""
    before = here.earlier.get(hashed)
    same = here.references.setdefault(hashed, read.number) if hashed else read.number
    twin = here.children.setdefault(child, read.number) if child else read.number
    case, reference = here.cases.get(child, (None, "")) if child else (None, "")
    if same != read.number:
        return "reference", f"Row {same} has the same reference."
    if twin != read.number:
        return "nhs_number", f"Row {twin} has the same NHS number."
    if before and before.case and before.case.reference in here.touched:
        return (
            "reference",
            f"Case {before.case.reference} was changed here since it was brought in.",
        )
    if case and (before is None or before.case_id != case):
        return "nhs_number", f"Case {reference} has the same NHS number: this child is here already."
    return None
