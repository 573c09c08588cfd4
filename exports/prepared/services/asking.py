"""What a person asks for: a long export begun or given up; and what time does to one that nobody fetches."""

from array import array
from functools import partial

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from exports.extract import Extract
from exports.models import PreparedExport
from exports.prepared.services.ending import end
from exports.prepared.services.keeping import keep_keys
from exports.prepared.services.working import prepare_now
from exports.prepared.states import KEPT, MOST_OPEN, OPEN, PreparedState
from exports.services import ExportRefused, check, write_down
from exports.writers import TooLargeForExcel

TOO_MANY = f"You have {MOST_OPEN} exports that you have not fetched. Fetch one, or give one up."


def ask_for(extract: Extract, why: str, by: User) -> PreparedExport:
    """Have a dataset made into a file that this person fetches later.

    Raises:
        PermissionDenied: this person may not take this out. Nothing is written.
        ExportRefused: there is no reason, the format cannot hold the data, or too many wait for this person.
    """
    check(extract, why, by)
    try:
        extract.check_size(by)
    except TooLargeForExcel as refusal:
        raise ExportRefused(str(refusal)) from None
    if PreparedExport.objects.filter(log__by=by, state__in=OPEN).count() >= MOST_OPEN:
        raise ExportRefused(TOO_MANY)
    with transaction.atomic():
        prepared = _begun(extract, why, by)
        transaction.on_commit(partial(prepare_now.enqueue, prepared.pk))
    return prepared


def _begun(extract: Extract, why: str, by: User) -> PreparedExport:
    rows = extract.dataset.rows(by)
    prepared = PreparedExport(
        log=write_down(extract, why, by),
        bom=extract.bom,
        version=extract.version,
        expires_at=timezone.now() + KEPT,
        rows=rows.count(),
    )
    keep_keys(prepared, array("q", rows.values_list("pk", flat=True).iterator(chunk_size=2_000)))
    prepared.save()
    return prepared


def give_up(prepared: PreparedExport) -> bool:
    """Whoever asked for it does not want it any more."""
    return end(prepared, PreparedState.GIVEN_UP)


def expire_prepared() -> int:
    """Delete what nobody has fetched in time, unless somebody is fetching it; how many."""
    late = PreparedExport.objects.filter(state__in=OPEN, expires_at__lt=timezone.now())
    return sum(end(one, PreparedState.EXPIRED) for one in list(late) if not one.is_held)
