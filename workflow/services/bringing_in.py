"""Reviews that another system kept: brought in as closed, many at once, and taken back together.

They start no time limit, ask nobody and are due to no national return: whatever was to be done about them was done.
One line of the audit log tells of them all: that of the import.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.contrib.auth.models import User
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from forms.inserting import insert
from forms.sealing import seal
from workflow.intake import age_group
from workflow.matching.child import child_of
from workflow.matching.keys import keys_of
from workflow.models import Case, CaseFact, CaseIdentity, MatchKey, StateChange, TimelineEntry
from workflow.models.case import HISTORY
from workflow.recognition import hashed, nhs_number_hash
from workflow.states import State

NOON = dt.time(12)
MOVED = ("case", "transition", "source", "target", "by", "at", "details")
Numbers = dict[int, int]


@dataclass(frozen=True)
class Past:
    """What is known of a review that ended elsewhere. `facts` are the panel's findings, by name."""

    details: dict[str, str]
    record: dict[str, Any]
    facts: dict[str, str]
    died: dt.date
    notified: dt.date | None = None
    panel: dt.date | None = None
    closed: dt.date | None = None
    about: dict[str, int] = field(default_factory=dict)

    @property
    def whole_record(self) -> dict[str, Any]:
        born = dt.date.fromisoformat(day) if len(day := self.details["date_of_birth"]) == 10 else None
        known = bool(self.details["nhs_number"])
        return self.record | {"nhs_number_known": known, "age_group": age_group(born, self.died) if born else ""}

    @property
    def days(self) -> list[tuple[str, State, dt.date]]:
        """What happened in the other system, as moves of ours with their days, in order."""
        told = self.notified or self.died
        panel = [("record_panel", State.PANEL_REVIEWED, self.panel)] if self.panel else []
        closed = self.closed or self.panel or told
        return [("notify", State.NOTIFIED, told), *panel, ("close", State.CLOSED, closed)]


def bring_in(batch: Sequence[Past], by: User, at: dt.datetime, numbers: Numbers) -> list[Case]:
    """Closed cases for these, with identity and history. `numbers` remembers the newest number of each year."""
    cases = Case.objects.bulk_create(
        Case(
            reference=_reference((past.notified or past.died).year, numbers),
            state=str(State.CLOSED),
            source=HISTORY[0],
            opened_at=_noon(past.notified or past.died),
            died_on=past.died,
            record=past.whole_record,
        )
        for past in batch
    )
    pairs = list(zip(cases, batch, strict=True))
    # `changed_at` writes itself; here it says when the case was brought in, so that any later change shows.
    Case.objects.filter(pk__in=[case.pk for case in cases]).update(changed_at=at)
    _identify(pairs)
    StateChange.objects.add_told(MOVED, (change for case, past in pairs for change in _changes(case, past, by, at)))
    _tell(pairs, "Brought in from another system.", by, at)
    _record(pairs, by, at)
    return cases


def bring_up_to_date(pairs: Sequence[tuple[Case, Past]], text: str, by: User, at: dt.datetime) -> None:
    """Give cases that were brought in what the other system says of them now, or said before."""
    for case, past in pairs:
        case.record, case.died_on = past.whole_record, past.died
        case.opened_at = _noon(past.notified or past.died)
    cases = [case for case, _ in pairs]
    Case.objects.bulk_update(cases, ["record", "died_on", "opened_at"])
    Case.objects.filter(pk__in=[case.pk for case in cases]).update(changed_at=at)
    _forget(cases)
    _identify(pairs)
    _tell(pairs, text, by, at)
    _record(pairs, by, at)


def take_back(cases: Sequence[Case], by: User, at: dt.datetime) -> None:
    """Undo that these were brought in: they stay as empty stubs, and who the children were is forgotten."""
    for case in cases:
        case.take_back()
        case.record, case.died_on = {}, None
    # The manager of cases lets nobody change a state; here the moves were made above, and their history follows.
    unguarded: QuerySet[Case] = QuerySet(Case)
    unguarded.bulk_update(cases, ["state", "record", "died_on"])
    _forget(cases)
    move: tuple[Any, ...] = ("take_back", str(State.CLOSED), str(State.TAKEN_BACK), by.pk, at, {})
    StateChange.objects.add_told(MOVED, ((case.pk, *move) for case in cases))
    empty = Past({}, {}, {}, timezone.localdate(at))
    _tell([(case, empty) for case in cases], "Undone: it had been brought in from another system.", by, at)


def changed_since(brought: Mapping[int, dt.datetime]) -> set[str]:
    """References of those cases, by primary key, of which anything is newer than the moment they were brought in."""
    line = TimelineEntry.objects.filter(case=OuterRef("pk")).order_by("-pk").values("at")[:1]
    move = StateChange.objects.filter(case=OuterRef("pk")).order_by("-pk").values("transition")[:1]
    cases = Case.objects.filter(pk__in=brought).annotate(line=Subquery(line), move=Subquery(move))
    return {
        case.reference
        for case in cases
        if (case.line, case.move, case.changed_at) != (brought[case.pk], "bring_in", brought[case.pk])
    }


def _reference(year: int, numbers: Numbers) -> str:
    """Numbers of their own, so that everybody sees at once which cases are history: H2021-00001."""
    if year not in numbers:
        newest = Case.objects.filter(reference__startswith=f"H{year}-").order_by("-reference").first()
        numbers[year] = int(newest.reference.split("-")[1]) if newest else 0
    numbers[year] += 1
    return f"H{year}-{numbers[year]:05}"


def _identify(pairs: Iterable[tuple[Case, Past]]) -> None:
    identities, keys = [], []
    for case, past in pairs:
        number = past.details["nhs_number"]
        hash_of = nhs_number_hash(number) if number else ""
        identities.append(CaseIdentity(case=case, sealed=seal(past.details), nhs_number_hash=hash_of))
        keys.append(hashed(keys_of(child_of(past.details))))
    made = CaseIdentity.objects.bulk_create(identities)
    insert(
        MatchKey, ("identity", "hashed"), ((one.pk, key) for one, own in zip(made, keys, strict=True) for key in own)
    )


def _forget(cases: Iterable[Case]) -> None:
    identities = CaseIdentity.objects.filter(case__in=cases)
    MatchKey.objects.filter(identity__in=identities).delete()
    identities.delete()


def _changes(case: Case, past: Past, by: User, at: dt.datetime) -> Iterator[tuple[Any, ...]]:
    source = ""
    for transition, target, day in past.days:
        yield case.pk, transition, source, str(target), None, _noon(day), past.about
        source = str(target)
    yield case.pk, "bring_in", str(State.CLOSED), str(State.CLOSED), by.pk, at, past.about


def _tell(pairs: Iterable[tuple[Case, Past]], text: str, by: User, at: dt.datetime) -> None:
    rows = ((case.pk, by.pk, at, "received", text) for case, _ in pairs)
    TimelineEntry.objects.add_told(("case", "by", "at", "kind", "text"), rows)


def _record(pairs: Iterable[tuple[Case, Past]], by: User, at: dt.datetime) -> None:
    rows = ((case.pk, name, value, by.pk, at) for case, past in pairs for name, value in past.facts.items())
    CaseFact.objects.add_told(("case", "name", "value", "recorded_by", "at"), rows)


@cache
def _noon(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, NOON))
