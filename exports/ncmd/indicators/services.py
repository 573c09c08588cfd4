"""Working the indicators out and keeping them, so that a page and a dataset read the same figures."""

import datetime as dt
from collections.abc import Iterator

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from exports.models import NcmdFigure
from exports.ncmd.indicators.figures import Seen, figures, seen_in
from exports.ncmd.indicators.limits import Limits
from exports.ncmd.indicators.selectors import changed_since, limits_in_force
from exports.ncmd.indicators.stories import stories
from exports.ncmd.permissions import user_can_read_returns
from workflow.clocks import start_of_day
from workflow.models import InformationRequest, StateChange
from workflow.requests.states import RequestState
from workflow.services.refusing import require

EVERY = dt.timedelta(hours=20)
# Of requests in these states nobody waits, or waited, for an answer.
NOT_ASKED = (RequestState.DRAFTED, RequestState.CANCELLED, RequestState.REASSIGNED, RequestState.WAIVED)


def work_out(by: User | None = None) -> int:
    """Work all figures out anew; how many. Without `by` it is the product itself.

    Raises:
        PermissionDenied: the person may not read returns.
    """
    require(by is None or user_can_read_returns(by))
    now, limits = timezone.now(), limits_in_force()
    found = figures([*_of_cases(now, limits), *_of_requests(), *_of_duplicates()])
    with transaction.atomic():
        NcmdFigure.objects.all().delete()
        NcmdFigure.objects.bulk_create(
            NcmdFigure(**vars(each), limit=limits.of(each.indicator), worked_out_at=now) for each in found
        )
    return len(found)


def work_out_daily() -> int:
    """As `work_out`, unless that was done today and under the limits of now."""
    last = NcmdFigure.objects.aggregate(last=Max("worked_out_at"))["last"]
    if last and timezone.now() - last < EVERY and not changed_since(last):
        return 0
    return work_out()


def _of_cases(now: dt.datetime, limits: Limits) -> Iterator[Seen]:
    for story in stories(limits.items):
        yield from seen_in(story, now, limits)


def _of_requests() -> Iterator[Seen]:
    """An answer that is not there yet counts once its day has passed."""
    asked = InformationRequest.objects.exclude(state__in=NOT_ASKED).values_list("agency__kind", "due_on", "returned_at")
    for kind, due, returned in asked:
        late = timezone.localdate(returned) > due if returned else None
        if late is not None or due < timezone.localdate():
            yield Seen("requests_on_time", start_of_day(due) or timezone.now(), int(late is False), 1, group=kind)


def _of_duplicates() -> Iterator[Seen]:
    for at in StateChange.objects.filter(transition="mark_duplicate").values_list("at", flat=True):
        yield Seen("duplicates", at, 1, 1)
