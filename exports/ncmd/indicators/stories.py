"""What the indicators need to know of each case, read for many at once."""

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Min
from django.utils import timezone
from django.utils.dateparse import parse_date

from exports.models import NcmdReturnChange
from exports.ncmd.evidence import Evidence, evidence_about
from exports.ncmd.states import Stage
from workflow.clocks import start_of_day
from workflow.collating.engine import Standing
from workflow.models import Case, CaseFact, Clock, Hold, StateChange
from workflow.states import ENDED, State

AT_ONCE = 500
STEPS = {"record_cdrm": "cdrm", "record_panel": "panel", "finalise": "final"}


@dataclass
class Story:
    """`steps` are the moments of what was reached; `told_here`: whether the limit for notifying this panel was kept."""

    died_at: dt.datetime
    open: bool
    steps: dict[str, dt.datetime] = field(default_factory=dict)
    told_here: bool | None = None
    says: dict[str, Any] = field(default_factory=dict)
    known: frozenset[str] = frozenset()
    unknown: frozenset[str] = frozenset()
    holds: frozenset[str] = frozenset()


def stories(items: Collection[str]) -> Iterator[Story]:
    """Of every death that is reviewed here, with which of these items are known.

    The number of queries grows only with each 500 of them.
    """
    ours = Case.objects.exclude(state__in=ENDED - {State.CLOSED}).exclude(died_on=None).order_by("pk")
    cases = list(ours)
    for start in range(0, len(cases), AT_ONCE):
        yield from _told(cases[start : start + AT_ONCE], items)


def _told(cases: list[Case], items: Collection[str]) -> list[Story]:
    found = {case.pk: Story(_midnight(case), case.is_open) for case in cases}
    _clocks(found)
    _steps(found)
    for case, known in evidence_about(cases).items():
        _evidence(found[case], known, items)
    for case, kind in Hold.objects.filter(case__in=found, ended_on=None).values_list("case", "kind"):
        found[case].holds |= {kind}
    return list(found.values())


def _midnight(case: Case) -> dt.datetime:
    return start_of_day(case.died_on) or case.opened_at


def _clocks(found: dict[int, Story]) -> None:
    """The hour of the death, and whether this panel was notified in time; what still runs is left out."""
    running = Clock.objects.filter(case__in=found, rule__starts_at="death")
    for case, started, due, met, by in running.values_list("case", "started_at", "due_at", "met_at", "rule__met_by"):
        found[case].died_at = max(found[case].died_at, started)
        if by == "notified" and (met or due < timezone.now()):
            found[case].told_here = bool(met and met <= due)


def _steps(found: dict[int, Story]) -> None:
    moves = StateChange.objects.filter(case__in=found, transition__in=STEPS).order_by()
    for case, move, at in moves.values_list("case", "transition").annotate(first=Min("at")):
        found[case].steps[STEPS[move]] = at
    sent = NcmdReturnChange.objects.filter(
        ncmd_return__case__in=found, ncmd_return__stage=Stage.NOTIFICATION, transition="send"
    )
    for case, at in sent.order_by().values_list("ncmd_return__case").annotate(first=Min("at")):
        found[case].steps["ncmd"] = at
    facts = CaseFact.objects.filter(case__in=found, name="jar_meeting_on").order_by("pk")
    for case, value in facts.values_list("case", "value"):
        if moment := start_of_day(parse_date(str(value)[:10])):
            found[case].steps["jar"] = moment


def _evidence(story: Story, known: Evidence, items: Collection[str]) -> None:
    story.says = known.says
    asked = {name: item for name in items if (item := known.record.get(name))}
    story.known = frozenset(name for name, item in asked.items() if item.answered)
    story.unknown = frozenset(name for name, item in asked.items() if item.standing == Standing.UNKNOWN)
