"""A panel, planned, filled and held at random by people of any role."""

import datetime as dt
from random import Random
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from tests.notifying import days_ago
from tests.workflow.reviewing import make_pack, review
from tests.workflow.stateful.machine import CHANCE, RUNNERS, Change, Machine, run
from workflow import services as cases
from workflow.meetings import services
from workflow.meetings.declaring import declare
from workflow.models import AgendaItem, Case, Meeting, Seat
from workflow.outbox.shipped import load_messages

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.hypothesis]
COMING = {"planned", "shared"}
MOVES = {
    "share": ({"planned"}, "shared"),
    "hold": (COMING, "held"),
    "take_back": ({"shared"}, "planned"),
    "cancel": (COMING, "cancelled"),
}
TOLD = {"Planned.": "planned", "Agenda shared.": "shared", "Held.": "held", "Cancelled.": "cancelled"}
MEMBERS = ["public_health", "police", "lay", "education", "social_care", "ambulance"]
QUORUM = 5


class Panels(Machine):
    """The history of a meeting is in words; what it says of the state is read back."""

    audited_as = "meeting"
    ends = ("cancel",)

    def __init__(self, people: Any, case: Case) -> None:
        super().__init__(people)
        self.case = case

    @initialize(chance=CHANCE, days=st.sampled_from([0, 1, -3]), members=st.integers(min_value=3, max_value=6))
    def plan(self, chance: Random, days: int, members: int) -> None:
        self.chance = chance
        by = self.people("Coordinator")
        self.meeting = services.plan(by, kind="panel", chair_role="Invented chair", **at(days))
        self.days, self.on_agenda = days, False
        for seat in ["coordinator", *MEMBERS[:members]]:
            services.add_seat(self.meeting, by, seat, email=f"{seat}@invented.example")

    def histories(self) -> dict[int, list[Change]]:
        """Each line as a move from where the lines before it had led."""
        state, found = "", []
        for line in self.meeting.changes.order_by("pk"):
            source, state = state, TOLD.get(line.text, state)
            found.append(Change(line.pk, "changed", source, state, line.by_id, line.at, line.sealed_reason))
        return {self.meeting.pk: found}

    def states(self) -> dict[int, str]:
        return {self.meeting.pk: self.state}

    def contents(self) -> Any:
        seats = list(Seat.objects.filter(meeting=self.meeting).order_by("pk").values())
        items = list(AgendaItem.objects.filter(meeting=self.meeting).order_by("pk").values())
        return list(Meeting.objects.filter(pk=self.meeting.pk).values()), seats, items, self.case_state

    @property
    def state(self) -> str:
        return Meeting.objects.get(pk=self.meeting.pk).state

    @property
    def case_state(self) -> str:
        return Case.objects.get(pk=self.case.pk).state

    @property
    def is_coming(self) -> bool:
        return self.state in COMING

    def seats(self, *without: str) -> list[Seat]:
        return list(self.meeting.seats.exclude(seat="coordinator").exclude(answer__in=without))

    def told(self, act: Any, by: Any, allowed: bool, possible: bool) -> Any:
        """What is done to a meeting stands in its history, once and with the name of who did it."""
        before = self.meeting.changes.count()
        made = self.attempt(act, by, allowed, possible)
        if allowed and possible:
            assert self.meeting.changes.count() == before + 1
            assert self.meeting.changes.first().by == by
        return made

    def _move(self) -> None:
        name = self.mostly([name for name, (sources, _) in MOVES.items() if self.state in sources], MOVES)
        role = self.role(RUNNERS)
        everybody = list(self.meeting.seats.all())
        came = self.pick([everybody, everybody, everybody[1:], everybody[3:]])
        reason = self.a_reason()
        by, given = self.people(role), {"attended": [seat.pk for seat in came]} if name == "hold" else {}
        possible = self.state in MOVES[name][0] and self.may_be_made(name, came, reason)
        made = self.told(lambda: services.move(self.meeting, name, by, reason, **given), by, role in RUNNERS, possible)
        if made:
            assert self.state == MOVES[name][1]
            assert self.meeting.changes.first().reason == reason.strip()
        if made and name == "hold":
            assert {seat.pk for seat in self.meeting.seats.filter(attended=True)} == set(given["attended"])

    # More often than anything else.
    move = rule()(_move)
    another_move = rule()(_move)

    def may_be_made(self, name: str, came: list[Seat], reason: str) -> bool:
        return {
            "share": self.meeting.items.exists() and len(self.seats("apologies")) >= QUORUM,
            "hold": self.meeting.items.exists()
            and self.days >= 0
            and len([seat for seat in came if seat.seat != "coordinator"]) >= QUORUM,
            "cancel": not self.on_agenda and bool(reason.strip()),
        }.get(name, True)

    @rule(seat=st.sampled_from(MEMBERS))
    def add_a_member(self, seat: str) -> None:
        role = self.role(RUNNERS)
        by = self.people(role)
        self.told(
            lambda: services.add_seat(self.meeting, by, seat, email="another@invented.example"),
            by,
            role in RUNNERS,
            self.is_coming,
        )

    @precondition(lambda self: self.meeting.seats.exists())
    @rule()
    def take_a_member_off(self) -> None:
        role = self.role(RUNNERS)
        by, seat = self.people(role), self.pick(list(self.meeting.seats.all())[-2:])
        declared = seat.interests.exists()
        possible = self.is_coming and seat.invited_at is None and not declared
        self.told(lambda: services.remove_seat(seat, by), by, role in RUNNERS, possible)

    @precondition(lambda self: self.meeting.seats.exists())
    @rule(said=st.sampled_from(["accepted", "apologies", "perhaps"]))
    def answer(self, said: str) -> None:
        role = self.role(RUNNERS)
        by, seat = self.people(role), self.pick(list(self.meeting.seats.all()))
        possible = self.is_coming and said != "perhaps"
        self.told(lambda: services.answer(seat, by, said), by, role in RUNNERS, possible)

    @precondition(lambda self: self.meeting.seats.filter(invited_at=None).exists())
    @rule()
    def invite(self) -> None:
        role = self.role(RUNNERS)
        by = self.people(role)
        self.told(lambda: services.invite(self.meeting, by), by, role in RUNNERS, self.is_coming)

    @rule(days=st.sampled_from([0, 1, -3]))
    def put_it_on_another_day(self, days: int) -> None:
        role = self.role(RUNNERS)
        by = self.people(role)
        if self.told(lambda: services.change(self.meeting, by, **at(days)), by, role in RUNNERS, self.is_coming):
            self.days = days

    @precondition(lambda self: self.case_state == "ready_for_panel")
    @rule()
    def put_a_case_on(self) -> None:
        by, given = self.people("Coordinator"), {"meeting": str(self.meeting.pk)}
        possible = self.is_coming and len(self.seats("apologies")) >= QUORUM
        if self.attempt(lambda: cases.move(self.case, "schedule_panel", by, details=given), by, True, possible):
            self.on_agenda = True

    @precondition(lambda self: self.on_agenda and self.case_state == "panel_scheduled")
    @rule()
    def defer_the_case(self) -> None:
        cases.move(self.case, "defer", self.people("Panel chair"), details={"deferred_for": "time"})
        self.on_agenda = False

    @precondition(lambda self: self.on_agenda and self.meeting.seats.exists())
    @rule()
    def declare_an_interest(self) -> None:
        seat, by = self.pick(list(self.meeting.seats.all())), self.people("Coordinator")
        item = self.meeting.items.get()
        before = item.interests.filter(seat=seat).exists()
        possible = self.is_coming or (self.state == "held" and self.case_state == "panel_scheduled")
        self.attempt(lambda: declare(item, seat, by, "care"), by, True, possible)
        assert item.interests.filter(seat=seat).count() == (before or possible)


def at(days: int) -> dict[str, Any]:
    """The times of a meeting so many days ago."""
    start = timezone.make_aware(dt.datetime.combine(days_ago(days), dt.time(9, 30)))
    return {"starts_at": start, "ends_at": start + dt.timedelta(hours=3)}


def test_a_meeting_goes_no_other_way_and_everything_done_to_it_is_told(case, coordinator, chair, person):
    load_messages()
    ready = review(case, coordinator, chair, until="quality_checked")
    make_pack(ready, coordinator)
    run(lambda: Panels(person, ready), examples=30, steps=20)
