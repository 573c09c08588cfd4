"""Invented children, stored without walking through their reviews: figures read what is stored."""

import datetime as dt
from typing import Any

from django.utils import timezone

from exports.figures.years import Asked
from workflow.models import Case, CaseFact, Hold, StateChange

EXTRACT = dt.date(2026, 5, 1)
YEARS = Asked(2023, 2025, EXTRACT)
RECORD = {
    "sex": "female",
    "age_group": "1_4_years",
    "ethnicity": "white_british",
    "place_of_death_type": "home",
    "expected": "unexpected",
}


def moment(day: dt.date, hour: int = 9) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour)))


def child(
    died: dt.date | None = dt.date(2024, 6, 1), state: str = "information_gathering", opened: Any = None, **record: Any
) -> Case:
    """A child who died on this day, with this recorded."""
    number = Case.objects.count() + 1
    return Case.objects.create(
        reference=f"{2000 + number // 10_000}-{number % 10_000:04}",
        state=state,
        opened_at=moment(opened or died or dt.date(2024, 6, 2)),
        died_on=died,
        record=RECORD | record,
    )


def reviewed(died: dt.date = dt.date(2024, 6, 1), on: dt.date = dt.date(2025, 1, 10), **facts: Any) -> Case:
    """A child whose death the panel reviewed on this day, with these findings."""
    facts = {"category": "5", "modifiability": "identified"} | facts
    findings = {name: facts.pop(name) for name in ("category", "modifiability")}
    case = child(died, state="closed", **facts)
    panel(case, on)
    for name, value in findings.items():
        CaseFact.objects.create(case=case, name=name, value=value, at=moment(on))
    return case


def panel(case: Case, on: dt.date) -> None:
    moved(case, "record_panel", "panel_reviewed", on)


def moved(case: Case, transition: str, target: str, on: dt.date) -> None:
    StateChange.objects.create(case=case, transition=transition, target=target, at=moment(on))


def held(case: Case, by: Any, start: dt.date, end: dt.date | None = None, kind: str = "coroner") -> None:
    Hold.objects.create(case=case, kind=kind, started_on=start, ended_on=end, started_by=by)
