"""What a person asks for: an import begun, its columns named, brought in, undone or given up."""

import gzip
from collections.abc import Container, Iterator
from functools import partial

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet

from exports.imports.permissions import user_can_bring_in
from exports.imports.presenters import in_rows
from exports.imports.selectors import brought_in
from exports.imports.sheets import count, headings
from exports.imports.states import BEFORE_MAKING, CHANGED, LABELS, NEW, REFUSED, ImportState
from exports.imports.targets import Meanings, targets
from exports.models import HistoryEvent, HistoryImport, HistoryRow, ImportProfile
from forms.sealing import seal
from forms.uploads import vault
from workflow.services import MoveRefused
from workflow.services.bringing_in import changed_since
from workflow.services.refusing import require

BATCH = 500
NAMED = 10  # how many cases a refusal names


def begin(system: str, data: bytes, by: User) -> HistoryImport:
    """Keep a spreadsheet, encrypted, until it is brought in or given up.

    Raises:
        MoveRefused: it is no spreadsheet, or has nothing below its headings.
    """
    require(user_can_bring_in(by))
    names, rows = headings(data), count(data)
    if not rows:
        raise MoveRefused(["There are no rows below the headings."])
    stored, key = vault.put(gzip.compress(data, 6))
    with transaction.atomic():
        profile, _ = ImportProfile.objects.get_or_create(system=system)
        history = HistoryImport.objects.create(
            profile=profile,
            by=by,
            asked_by=by,
            stored_as=stored,
            sealed_key=seal(key),
            headings=names,
            rows_in_file=rows,
        )
        HistoryEvent.objects.create(history=history, what="begun", rows=rows, by=by)
    return history


@transaction.atomic
def name_columns(history: HistoryImport, columns: dict[str, str], by: User) -> None:
    """Say which column is what, keep it for the next file of that system, and check the whole file anew."""
    require(user_can_bring_in(by))
    current, known = _locked(history, BEFORE_MAKING), targets()
    chosen = {heading: name for heading, name in columns.items() if name in known and heading in current.headings}
    names = list(chosen.values())
    twice = [
        f"Two columns are “{known[name].title}”. Choose one." for name in dict.fromkeys(names) if names.count(name) > 1
    ]
    missing = [f"No column is “{t.title}”. It is needed." for t in known.values() if t.must and t.name not in names]
    if problems := twice + missing:
        raise MoveRefused(problems)
    current.profile.columns |= {heading: chosen.get(heading, "") for heading in current.headings if heading}
    current.profile.save()
    _check_anew(current)


@transaction.atomic
def give_meanings(history: HistoryImport, meanings: dict[str, Meanings], by: User) -> None:
    """Say what values of the other system mean, keep it for the next file, and check the whole file anew."""
    require(user_can_bring_in(by))
    current, known = _locked(history, BEFORE_MAKING), targets()
    for name, given in meanings.items():
        offered = dict(known[name].codes)
        kept = {value: code for value, code in given.items() if code in offered}
        current.profile.codes[name] = current.profile.codes.get(name, {}) | kept
    current.profile.save()
    _check_anew(current)


@transaction.atomic
def make(history: HistoryImport, by: User, leave_out: bool = False) -> None:
    """Bring in what the check found, all or nothing (`work` does it). Rows to be mended stay out if that is said."""
    require(user_can_bring_in(by))
    current = _locked(history, {ImportState.CHECKED})
    refused = current.rows.filter(outcome=REFUSED).count()
    if refused and not leave_out:
        raise MoveRefused([f"{in_rows(refused)} to be mended. Mend the file first, or say that they stay out."])
    if not current.rows.filter(outcome__in=(NEW, CHANGED)).exists():
        raise MoveRefused(["There is nothing to bring in."])
    _go(current, ImportState.MAKING, by)


@transaction.atomic
def undo(history: HistoryImport, by: User) -> None:
    """Undo a whole import, if nobody has touched anything of it since.

    Raises:
        MoveRefused: these cases were changed since; nothing is undone.
    """
    require(user_can_bring_in(by))
    current = _locked(history, {ImportState.MADE})
    refuse_if_touched(current)
    _go(current, ImportState.UNDOING, by)


@transaction.atomic
def discard(history: HistoryImport, by: User) -> None:
    """Give an import up before anything was brought in: its file and what was read of it are deleted."""
    require(user_can_bring_in(by))
    current = _locked(history, BEFORE_MAKING)
    current.rows.all().delete()
    current.state, current.sealed_unknown = str(ImportState.DISCARDED), ""
    forget_file(current)
    current.save()
    HistoryEvent.objects.create(history=current, what="discarded", by=by)


def refuse_if_touched(history: HistoryImport) -> None:
    touched: list[str] = []
    for rows in in_batches(brought_in(history)):
        touched += changed_since({row.case_id: row.as_of for row in rows if row.case_id and row.as_of})
    if touched:
        shown = ", ".join(sorted(touched)[:NAMED])
        more = f" and {len(touched) - NAMED} more" if len(touched) > NAMED else ""
        raise MoveRefused([f"It cannot be undone: these cases were changed since. {shown}{more}."])


def in_batches(rows: QuerySet[HistoryRow]) -> Iterator[list[HistoryRow]]:
    """Rows of one import in the order of the file, so many at a time."""
    last = 0
    while batch := list(rows.filter(number__gt=last).select_related("case").order_by("number")[:BATCH]):
        yield batch
        last = batch[-1].number


def forget_file(history: HistoryImport) -> None:
    if history.stored_as:
        transaction.on_commit(partial(vault.remove, history.stored_as))
    history.stored_as, history.sealed_key = "", ""


def _locked(history: HistoryImport, states: Container[str]) -> HistoryImport:
    current = HistoryImport.objects.select_for_update(of=("self",)).select_related("profile").get(pk=history.pk)
    if current.state not in states:
        raise MoveRefused([f"It is now “{LABELS[ImportState(current.state)]}”. Look at it again."])
    return current


def _check_anew(current: HistoryImport) -> None:
    current.rows.all().delete()
    current.state, current.rows_checked, current.last_row = str(ImportState.CHECKING), 0, 1
    current.sealed_unknown, current.checked_at, current.problem = "", None, ""
    current.save()


def _go(current: HistoryImport, state: ImportState, by: User) -> None:
    current.state, current.asked_by, current.problem = str(state), by, ""
    current.save()
