"""The safeguarding referrals of a case, moved at random by people of any role."""

from random import Random
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from tests.notifying import days_ago
from tests.workflow.reviewing import review
from tests.workflow.safeguarding.referring import WORDS, settle
from tests.workflow.stateful.machine import (
    CHANCE,
    RUNNERS,
    Change,
    Machine,
    changes_of,
    newest_line,
    run,
)
from workflow import services as cases
from workflow.letters.shipped import load_letters
from workflow.models import Case, Referral
from workflow.safeguarding import services
from workflow.safeguarding.shipped import load_recipients

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.hypothesis]
UNANSWERED = {"to_send", "sent"}
MOVES = {
    "send": ({"to_send"}, "sent"),
    "answer": ({"sent"}, "answered"),
    "not_needed": ({"to_send"}, "not_needed"),
    "reopen": ({"answered", "not_needed"}, "to_send"),
}
EXPLAINED = {"not_needed", "reopen"}


class Referring(Machine):
    audited_as = "referral"

    def __init__(self, people: Any, case: Case) -> None:
        super().__init__(people)
        self.case = case

    @initialize(chance=CHANCE, known=st.integers(min_value=0, max_value=5))
    def begin(self, chance: Random, known: int) -> None:
        self.chance = chance
        begun = services.suspect(self.case, self.people("Panel chair"), known_on=days_ago(known), **WORDS)
        self.suspected = {begun.pk: known}  # by suspicion, how many days ago it became known

    @rule(known=st.integers(min_value=-1, max_value=5), complete=st.booleans())
    def suspect(self, known: int, complete: bool) -> None:
        role = self.role(RUNNERS)
        by, facts = self.people(role), WORDS | ({} if complete else {"basis": " "})
        waited = self.case.referrals.filter(state="to_send").count()
        suspicion = self.attempt(
            lambda: services.suspect(self.case, by, known_on=days_ago(known), **facts),
            by,
            role in RUNNERS,
            complete and known >= 0,
        )
        if suspicion:
            self.suspected[suspicion.pk] = known
            assert self.case.referrals.filter(state="to_send").count() == 3 >= waited

    def histories(self) -> dict[int, list[Change]]:
        return {each.pk: changes_of(each.changes.all(), "sealed_words") for each in self.case.referrals.all()}

    def states(self) -> dict[int, str]:
        return dict(self.case.referrals.values_list("pk", "state"))

    def contents(self) -> Any:
        clocks = list(self.case.clocks.order_by("pk").values_list("rule", "met_at"))
        return list(self.case.referrals.order_by("pk").values()), clocks

    @rule()
    def move(self) -> None:
        referral = self.pick(list(self.case.referrals.order_by("pk")))
        name = self.mostly([name for name, (sources, _) in MOVES.items() if referral.state in sources], MOVES)
        role, ago = self.role(RUNNERS), self.pick([-1, 0, 0, 0, 1, 2, 6])
        words = self.a_reason()
        by, facts = self.people(role), self.facts(referral, name, ago)
        possible = referral.state in MOVES[name][0] and self.may_be_made(referral, name, ago, words)
        act = lambda: services.move(referral, name, by, words, **facts)  # noqa: E731
        if made := self.attempt(act, by, role in RUNNERS, possible):
            assert made.state == MOVES[name][1]
            newest = made.changes.first()
            assert (newest.transition, newest.words, newest.by) == (name, words.strip(), by)
            assert newest_line(self.case).by == by

    def facts(self, referral: Referral, name: str, ago: int) -> dict[str, Any]:
        """An answer that reaches no step of its own, so that its day is bound to that of the letter."""
        return {
            "send": {"on": days_ago(ago), "how": "By secure e-mail"},
            "answer": {"on": days_ago(ago), "outcome": referral.recipient.outcomes.filter(reaches="").first()},
        }.get(name, {})

    def may_be_made(self, referral: Referral, name: str, ago: int, words: str) -> bool:
        if name in EXPLAINED and not words.strip():
            return False
        if name == "send":
            return 0 <= ago <= self.suspected[referral.suspicion_id]
        if name == "answer":
            return ago >= 0 and (referral.sent_at is None or days_ago(ago) >= referral.sent_at.date())
        again = self.case.referrals.filter(recipient=referral.recipient, state="to_send")
        return name != "reopen" or not again.exists()

    @precondition(lambda self: "to_send" in self.states().values())
    @rule()
    def settle_them_all(self) -> None:
        settle(self.case, self.people("Coordinator"))

    @precondition(lambda self: Case.objects.get(pk=self.case.pk).state == "submitted")
    @rule()
    def close_the_case(self) -> None:
        """Not while anybody waits for an answer."""
        by, answers = self.people("Coordinator"), {"ncmd_receipt": "INVENTED-1"}
        settled = not UNANSWERED & set(self.states().values())
        self.attempt(lambda: cases.move(self.case, "close", by, details=answers), by, True, settled)

    @precondition(lambda self: self.suspected)
    @rule()
    def the_clock_of_the_same_day_runs_until_everybody_has_been_told(self) -> None:
        waiting = "to_send" in self.states().values()
        running = self.case.clocks.filter(rule__code="SG", met_at=None)
        assert waiting or not running.exists()


def test_a_referral_goes_no_other_way_and_keeps_its_case_open(case, coordinator, chair, person):
    load_letters()
    load_recipients()
    submitted = review(case, coordinator, chair, until="finalise")
    run(lambda: Referring(person, submitted), examples=20, steps=25)
