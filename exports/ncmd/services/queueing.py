"""What becomes due as a case moves, and what a reopening puts in doubt."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from exports.models import NcmdReturn
from exports.ncmd.dictionary import Content, ncmd
from exports.ncmd.services.changing import change
from exports.ncmd.states import DONE, Stage
from workflow.models import Case, StateChange
from workflow.selectors import notified_elsewhere
from workflow.states import ENDED

REOPENED = "The case was reopened: the panel’s findings may change."


def case_moved(sender: type[StateChange], rows: Iterable[StateChange], **kwargs: Any) -> None:
    """Hears of every move of a case: what is due now is queued, and what a reopening puts in doubt is amended."""
    for made in rows:
        for content in ncmd().due_after(made.transition):
            _queue(made.case, content, made.at)
        if made.transition == "reopen":
            _doubt(made)


def _queue(case: Case, content: Content, at: dt.datetime) -> None:
    if content.concerns(case.record) and not (content.stage == Stage.NOTIFICATION and notified_elsewhere(case)):
        one, made = NcmdReturn.objects.get_or_create(case=case, stage=content.stage)
        if made:
            one.case = case
            change(one, "queue", None, at=at)


def _doubt(made: StateChange) -> None:
    stages = [stage for stage, content in ncmd().contents.items() if content.from_analysis]
    for one in NcmdReturn.objects.filter(case=made.case, stage__in=stages, state__in=DONE):
        one.case = made.case
        change(one, "amend", made.by, words=REOPENED, at=made.at)


@transaction.atomic
def queue_due() -> int:
    """Queue what became due before this product kept returns; how many stages. A closed case has gone by hand."""
    queued = 0
    for content in ncmd().contents.values():
        moved = StateChange.objects.filter(transition=content.due_after).values("case")
        there = NcmdReturn.objects.filter(stage=content.stage).values("case")
        cases = Case.objects.filter(pk__in=moved).exclude(pk__in=there).exclude(state__in=ENDED)
        for case in cases:
            _queue(case, content, timezone.now())
            queued += content.concerns(case.record)
    return queued
