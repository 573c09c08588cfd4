"""A case, moved at random by people of any role: no move is made that the process does not allow, and none is held up
that it does."""

from random import Random
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from tests.notifying import days_ago
from tests.workflow.asking import publish_forms
from tests.workflow.reviewing import ANSWERS, file_draft, make_pack, panel, review
from tests.workflow.safeguarding.referring import settle, suspect
from tests.workflow.stateful.machine import (
    CHANCE,
    DECIDERS,
    RUNNERS,
    Change,
    Machine,
    changes_of,
    newest_line,
    run,
)
from tests.workflow.test_process import PROCESS
from workflow import services
from workflow.letters.shipped import load_letters
from workflow.meetings import services as meetings
from workflow.meetings.declaring import declare, declare_of_chair
from workflow.meetings.selectors import item_of
from workflow.models import Agency, Case
from workflow.requests import services as requests
from workflow.requests.selectors import newest_versions
from workflow.safeguarding.shipped import load_recipients

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.hypothesis]
ROAD = {
    "notified": "",
    "information_gathering": "accept",
    "cdrm_scheduled": "schedule_cdrm",
    "cdrm_held": "record_cdrm",
    "ready_for_panel": "quality_checked",
    "panel_scheduled": "schedule_panel",
    "panel_reviewed": "record_panel",
    "closed": "close",
}
SOURCES = {name: sources for name, sources, _, _ in PROCESS}
TARGETS = {name: target for name, _, target, _ in PROCESS}
MAKERS = {name: roles for name, _, _, roles in PROCESS}
EXPLAINED = {"undo_duplicate", "transfer_declined", "reschedule_cdrm", "defer_for_chair", "reopen"}
ENDED = {"duplicate", "out_of_scope", "transferred_out", "closed"}
ASKED = ANSWERS | {
    "offer_transfer": {"receiving_area": "Invented CDOP"},
    "transfer_accepted": {"transfer_acknowledgement": "By phone"},
    "reschedule_cdrm": ANSWERS["schedule_cdrm"],
    "defer": {"deferred_for": "time"},
}
HELD_UP_BY = {
    "information_complete": "cdrm",
    "schedule_cdrm": "cdrm",
    "record_cdrm": "cdrm",
    "quality_checked": "panel",
    "schedule_panel": "panel",
    "record_panel": "panel",
    "finalise": "finalise",
}
QUORUM, SEATS = 5, 6


class Reviews(Machine):
    """Keeps in mind, beside the product, what the guards of the process ask."""

    audited_as = "case.move"
    ends = ("rule_out", "mark_duplicate", "offer_transfer", "transfer_accepted")

    def __init__(self, people: Any, cases: dict[str, Case], other: Case, meeting: Any) -> None:
        super().__init__(people)
        self.cases, self.other, self.meeting = cases, other, meeting

    @initialize(chance=CHANCE, state=st.sampled_from(sorted(ROAD)))
    def begin(self, chance: Random, state: str) -> None:
        self.chance = chance

        def reached(other: str) -> bool:
            return list(ROAD).index(state) >= list(ROAD).index(other)

        self.case = Case.objects.get(pk=self.cases[state].pk)
        self.scope: tuple[str, Any] = ("in", None) if reached("information_gathering") else ("", None)
        self.jar = "no" if reached("information_gathering") else ""
        self.holds: dict[Any, set[str]] = {}
        self.draft, self.quality, self.signed = reached("cdrm_held"), reached("ready_for_panel"), reached("closed")
        self.pack, self.panel_held = reached("panel_scheduled"), reached("panel_reviewed")
        self.away: dict[int, set[int]] = {}
        self.chair_is_away = False
        self.waiting: list[Any] = []
        self.referrals, self.referred = "none", False

    def histories(self) -> dict[int, list[Change]]:
        return {self.case.pk: changes_of(self.case.state_changes.all(), "sealed_reason")}

    def states(self) -> dict[int, str]:
        return {self.case.pk: Case.objects.get(pk=self.case.pk).state}

    def subject(self, pk: int) -> str:
        return self.case.reference

    def contents(self) -> Any:
        clocks = list(self.case.clocks.order_by("pk").values_list("rule", "due_at", "met_at"))
        items = list(self.case.agenda_items.order_by("pk").values_list("meeting", "outcome", "meeting__state"))
        holds = list(self.case.holds.order_by("pk").values_list("pk", "ended_on"))
        return list(Case.objects.filter(pk=self.case.pk).values()), clocks, items, holds

    @property
    def state(self) -> str:
        return self.states()[self.case.pk]

    @property
    def is_open(self) -> bool:
        return self.state not in ENDED

    def may_be_made(self, name: str) -> bool:
        """Whether the guards of a move hold, from what was done here and not from the product."""
        free = not any(HELD_UP_BY.get(name) in blocks for blocks in self.holds.values())
        return free and {
            "mark_duplicate": Case.objects.get(pk=self.other.pk).state != "duplicate",
            "rule_out": self.scope[0] == "confirmed" and self.is_settled,
            "accept": self.scope[0] == "in" and self.jar in ("yes", "no"),
            "information_complete": not self.waiting,
            "record_cdrm": self.draft,
            "quality_checked": self.quality,
            "schedule_panel": self.pack,
            "defer_for_chair": self.chairs_who_declared,
            "defer": self.state != "panel_reviewed" or not self.enough_hear_it,
            "transfer_accepted": self.referrals != "waiting",
            "record_panel": self.panel_held and not self.chair_is_away and self.enough_hear_it,
            "sign_off": not self.chair_is_away and self.enough_hear_it,
            "finalise": self.signed,
            "close": self.is_settled,
        }.get(name, True)

    @property
    def enough_hear_it(self) -> bool:
        return SEATS - len(self.absent) >= QUORUM

    @property
    def is_settled(self) -> bool:
        return self.referrals == "answered" or (self.referrals == "none" and not self.referred)

    @property
    def chairs_who_declared(self) -> bool:
        """Whether the one chair there is was named for this panel, and must not hear the case."""
        item = item_of(self.case)
        return self.chair_is_away and item is not None and item.meeting.chair_id is not None

    @property
    def absent(self) -> set[int]:
        item = item_of(self.case)
        return self.away.get(item.pk, set()) if item else set()

    def _move(self) -> None:
        source = self.state
        name = self.mostly((name for name in SOURCES if source in SOURCES[name]), SOURCES)
        role = self.role(MAKERS[name])
        answers = self.answers(name)
        spoilt = self.pick([*[""] * 9, *answers])
        reason = self.a_reason()
        given = {key: value for key, value in answers.items() if key != spoilt}
        possible = not spoilt and source in SOURCES[name] and self.may_be_made(name)
        explained = reason.strip() or not (name in EXPLAINED or answers.get("returns") == "waived")
        at_odds = given.get("category") == "1" and given.get("safeguarding_referral") == "not_needed"
        by = self.people(role)
        moved = self.attempt(
            lambda: services.move(self.case, name, by, reason, given),
            by,
            role in MAKERS[name],
            bool(possible and explained and not at_odds),
        )
        if moved:
            self.remember(name, given, by, reason)

    # More often than anything else.
    move = rule()(_move)
    another_move = rule()(_move)
    a_third_move = rule()(_move)

    def answers(self, name: str) -> dict[str, str]:
        chosen = {
            "mark_duplicate": {"duplicate_of": self.other.reference},
            "schedule_panel": {"meeting": str(self.meeting_to_come().pk)},
        }.get(name, ASKED.get(name, {}))
        if name == "information_complete":
            return {"returns": self.pick(["returned", "waived"])}
        if name == "record_panel":
            answer = self.pick(["not_needed", "referred", "already_known"])
            return chosen | {"category": self.pick("15"), "safeguarding_referral": answer}
        return chosen

    def meeting_to_come(self) -> Any:
        self.meeting.refresh_from_db()
        if not self.meeting.is_coming:
            self.meeting = panel(self.people("Coordinator"))
        return self.meeting

    def remember(self, name: str, given: dict[str, str], by: Any, reason: str) -> None:
        newest = self.case.state_changes.last()
        assert (newest.transition, newest.target, newest.by) == (name, TARGETS[name], by)
        assert newest.reason == reason.strip()
        assert (newest_line(self.case).kind, newest_line(self.case).by) == ("moved", by)
        if name in ("record_cdrm", "check_quality"):
            self.quality = name == "check_quality"
        if name in ("record_panel", "sign_off", "reopen"):
            self.signed = name == "sign_off"
        if name == "record_panel":
            self.referred = given["safeguarding_referral"] == "referred"
        if name == "schedule_panel":
            self.panel_held = False

    @rule(in_scope=st.booleans(), explained=st.booleans())
    def decide_scope(self, in_scope: bool, explained: bool) -> None:
        role = self.role(DECIDERS)
        by, why = self.people(role), "termination" if explained else ""
        decided = self.attempt(
            lambda: services.decide_scope(self.case, by, in_scope, why),
            by,
            role in DECIDERS,
            self.is_open and (in_scope or explained),
        )
        if decided:
            self.scope = ("in" if in_scope else "out", role)

    @rule()
    def confirm_scope(self) -> None:
        role = self.role(DECIDERS)
        by, (said, before) = self.people(role), self.scope
        second = said == "out" and role != before and "Designated doctor" in (role, before)
        confirm = lambda: services.confirm_scope(self.case, by)  # noqa: E731
        if self.attempt(confirm, by, role in DECIDERS, self.is_open and second):
            self.scope = ("confirmed", role)

    @rule(required=st.sampled_from(["yes", "no", "pending"]))
    def decide_jar(self, required: str) -> None:
        role = self.role(DECIDERS)
        by = self.people(role)
        decide = lambda: services.decide_jar(self.case, by, required, [])  # noqa: E731
        if self.attempt(decide, by, role in DECIDERS, self.is_open):
            self.jar = required

    @rule(blocks=st.sets(st.sampled_from(["cdrm", "panel", "finalise"])))
    def hold(self, blocks: set[str]) -> None:
        role = self.role(DECIDERS)
        by = self.people(role)
        make = lambda: services.hold(self.case, by, "coroner", sorted(blocks), days_ago(1))  # noqa: E731
        if held := self.attempt(make, by, role in DECIDERS, self.is_open):
            self.holds[held] = blocks

    @precondition(lambda self: self.holds)
    @rule()
    def end_hold(self) -> None:
        role = self.role(DECIDERS)
        by, held = self.people(role), next(iter(self.holds))
        if self.attempt(lambda: services.end_hold(held, by, days_ago(0)), by, role in DECIDERS, True):
            del self.holds[held]

    @precondition(lambda self: self.state == "cdrm_scheduled" and not self.draft)
    @rule()
    def file_the_draft(self) -> None:
        file_draft(self.case, self.people("Coordinator"))
        self.draft = True

    @precondition(lambda self: self.state in ("ready_for_panel", "panel_scheduled") and not self.pack)
    @rule()
    def make_a_pack(self) -> None:
        make_pack(self.case, self.people("Coordinator"))
        self.pack = True

    @precondition(lambda self: self.is_open and self.other_is_there)
    @rule()
    def another_notification_is_merged_in(self) -> None:
        given = {"duplicate_of": self.case.reference}
        services.move(self.other, "mark_duplicate", self.people("Coordinator"), details=given)
        self.pack = False

    @property
    def other_is_there(self) -> bool:
        return Case.objects.get(pk=self.other.pk).state == "notified" and self.case.duplicate_of_id != self.other.pk

    @precondition(lambda self: self.state == "panel_scheduled" and not self.panel_held)
    @rule(everybody=st.booleans())
    def hold_the_panel(self, everybody: bool) -> None:
        role = self.role(RUNNERS)
        by, meeting = self.people(role), item_of(self.case).meeting
        came = list(meeting.seats.values_list("pk", flat=True))[: None if everybody else 4]
        if self.attempt(lambda: meetings.move(meeting, "hold", by, attended=came), by, role in RUNNERS, everybody):
            self.panel_held = True

    @precondition(lambda self: self.state == "panel_scheduled")
    @rule(number=st.integers(min_value=0, max_value=SEATS - 1))
    def declare_an_interest(self, number: int) -> None:
        item = item_of(self.case)
        seat = item.meeting.seats.all()[number]
        declare(item, seat, self.people("Panel chair"), "care")
        self.away.setdefault(item.pk, set()).add(seat.pk)

    @precondition(lambda self: self.state == "panel_scheduled")
    @rule()
    def the_only_chair_declares_an_interest(self) -> None:
        item, chair = item_of(self.case), self.people("Panel chair")
        item.meeting.chair = chair
        item.meeting.save(update_fields=["chair"])
        declare_of_chair(item, chair, "care")
        self.chair_is_away = True

    @precondition(lambda self: self.referrals != "waiting")
    @rule()
    def suspect_abuse(self) -> None:
        """In any state, also of a case that has ended."""
        role = self.role(RUNNERS)
        by = self.people(role)
        if self.attempt(lambda: suspect(self.case, by), by, role in RUNNERS, True):
            self.referrals = "waiting"

    @precondition(lambda self: self.referrals == "waiting")
    @rule()
    def settle_the_referrals(self) -> None:
        settle(self.case, self.people("Coordinator"))
        self.referrals = "answered"

    @precondition(lambda self: self.state == "information_gathering" and not self.waiting)
    @rule(mandatory=st.booleans())
    def ask_an_agency(self, mandatory: bool) -> None:
        asked = requests.Asked(
            Agency.objects.get(), "", "gp@invented.example", forms=newest_versions(["reporting"]), mandatory=mandatory
        )
        [request] = requests.ask(self.case, self.people("Coordinator"), [asked], days_ago(-21), at_once=True)
        self.waiting = [request] if mandatory else []

    @precondition(lambda self: self.waiting)
    @rule()
    def waive_it(self) -> None:
        requests.move(self.waiting.pop(), "waive", "staff", self.people("Coordinator"), "Invented reason")


def test_a_case_goes_no_way_that_the_process_does_not_allow(notify, coordinator, chair, person):
    publish_forms()
    load_letters()
    load_recipients()
    Agency.objects.create(name="Invented Surgery", kind="gp")
    cases = {}
    for number, (state, last) in enumerate(ROAD.items()):
        cases[state] = notify(child_family_name=f"Madeup {number}", nhs_number="not_known")
        cases[state].record["nhs_number_missing_reason"] = "not_found"
        cases[state].save(update_fields=["record"])
        if last:
            review(cases[state], coordinator, chair, until=last)
    other = notify(child_family_name="Another", nhs_number="not_known")
    meeting = panel(coordinator)
    run(lambda: Reviews(person, cases, other, meeting), examples=20, steps=25)
