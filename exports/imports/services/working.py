"""What takes long: checking, bringing in and undoing. Any number of processes may call it at once."""

import datetime as dt
import math
import time
from collections.abc import Sequence

from django.db import connection, transaction
from django.utils import timezone

from exports.imports.rows import past_of
from exports.imports.selectors import brought_in, newest_rows
from exports.imports.services import progress
from exports.imports.services.asking import forget_file, in_batches, refuse_if_touched
from exports.imports.services.checking import check, look_up
from exports.imports.states import AT_WORK, CHANGED, NEW, ImportState
from exports.imports.targets import Target, targets
from exports.models import HistoryEvent, HistoryImport, HistoryRow
from forms.sealing import seal
from workflow.models import Case
from workflow.services import MoveRefused
from workflow.services.bringing_in import Numbers, Past, bring_in, bring_up_to_date, take_back

MADE_AT_ONCE = 1_000  # so many rows are brought in, or undone, while a person waits
UP_TO_DATE = "Brought up to date from another system."
AS_BEFORE = "Undone: as it was before it was brought up to date from another system."
CHECK_AGAIN = "Something here has changed since the check: nothing was brought in. Check it again."


def work(history: HistoryImport, seconds: float = math.inf) -> HistoryImport:
    """Do what was asked for. With `seconds`, only what is done in about that time; `bring_further` does the rest."""
    current = HistoryImport.objects.select_related("profile").get(pk=history.pk)
    if current.state == ImportState.CHECKING:
        check(current, time.monotonic() + seconds)
    elif current.state in AT_WORK and (seconds == math.inf or current.rows_in_file <= MADE_AT_ONCE):
        all_at_once = _make if current.state == ImportState.MAKING else _undo
        back = ImportState.CHECKED if current.state == ImportState.MAKING else ImportState.MADE
        try:
            all_at_once(current.pk)
        except MoveRefused as refused:
            stopped = HistoryImport.objects.filter(pk=current.pk, state=current.state)
            stopped.update(state=str(back), problem=str(refused)[:300])
        finally:
            progress.ended(current)
    current.refresh_from_db()
    return current


def bring_further() -> int:
    """Go on with every import that is at work; how many there were."""
    waiting = list(HistoryImport.objects.filter(state__in=AT_WORK))
    for history in waiting:
        work(history)
    return len(waiting)


@transaction.atomic
def _make(pk: int) -> None:
    current = HistoryImport.objects.select_for_update(of=("self",)).select_related("profile").get(pk=pk)
    if current.state != ImportState.MAKING:
        return
    at, known, numbers, made = timezone.now(), targets(), Numbers(), 0
    for batch in in_batches(current.rows.filter(outcome__in=(NEW, CHANGED))):
        _make_batch(current, batch, known, numbers, at)
        made += len(batch)
        progress.tell(current, made)
    current.state, current.made_at, current.sealed_unknown = str(ImportState.MADE), at, ""
    forget_file(current)
    current.save()
    HistoryEvent.objects.create(history=current, what="made", rows=made, by=current.asked_by)


def _make_batch(
    current: HistoryImport, batch: list[HistoryRow], known: dict[str, Target], numbers: Numbers, at: dt.datetime
) -> None:
    _still_fits(current, batch)
    new = [row for row in batch if row.outcome == NEW]
    cases = bring_in(
        [past_of(row.told["values"], known, history=current.pk, row=row.number) for row in new],
        current.asked_by,
        at,
        numbers,
    )
    _belong([(case.pk, at, row.pk) for row, case in zip(new, cases, strict=True)])
    _belong([(row.case_id, at, row.pk) for row in batch if row.outcome == CHANGED])
    if changed := _changed(batch, "values", known):
        bring_up_to_date(changed, UP_TO_DATE, current.asked_by, at)


def _belong(rows: list[tuple[int | None, dt.datetime, int]]) -> None:
    """Case, moment and row: `bulk_update` builds an expression for each, and took a sixth of the whole import."""
    moments = [(case, connection.ops.adapt_datetimefield_value(at), row) for case, at, row in rows]
    statement = f"UPDATE {HistoryRow._meta.db_table} SET case_id = %s, as_of = %s WHERE id = %s"  # noqa: S608 - ours
    with connection.cursor() as cursor:
        cursor.executemany(statement, moments)


def _changed(batch: list[HistoryRow], told: str, known: dict[str, Target]) -> list[tuple[Case, Past]]:
    """Cases that were here before, with what the rows tell of them now, or told before."""
    rows = [(row.case, row) for row in batch if row.outcome == CHANGED]
    return [(case, past_of(row.told[told], known, whole=True)) for case, row in rows if case]


def _still_fits(current: HistoryImport, batch: Sequence[HistoryRow]) -> None:
    """Nobody has brought in, notified or changed one of these children since the check."""
    here = look_up(current, {row.hashed for row in batch}, {row.child for row in batch} - {""})
    for row in batch:
        before = here.earlier.get(row.hashed)
        case, _ = here.cases.get(row.child, (row.case_id, ""))
        if (before.case_id if before else None) != row.case_id or case != row.case_id or here.touched:
            raise MoveRefused([CHECK_AGAIN])


@transaction.atomic
def _undo(pk: int) -> None:
    current = HistoryImport.objects.select_for_update(of=("self",)).get(pk=pk)
    if current.state != ImportState.UNDOING:
        return
    refuse_if_touched(current)
    at, known, undone = timezone.now(), targets(), 0
    for batch in in_batches(brought_in(current)):
        take_back([row.case for row in batch if row.case and row.outcome == NEW], current.asked_by, at)
        if changed := _changed(batch, "before", known):
            bring_up_to_date(changed, AS_BEFORE, current.asked_by, at)
            before = newest_rows({row.hashed for row in batch if row.outcome == CHANGED})
            HistoryRow.objects.filter(pk__in=[row.pk for row in before.values()]).update(as_of=at)
        undone += len(batch)
        progress.tell(current, undone)
    current.rows.update(sealed=seal({"values": {}, "problems": []}), hashed="", child="")
    current.state = str(ImportState.UNDONE)
    current.save()
    HistoryEvent.objects.create(history=current, what="undone", rows=undone, by=current.asked_by)
