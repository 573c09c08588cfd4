"""An action, moved at random by staff of any role and by the organisation that it was given to."""

from random import Random
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from tests.workflow.actions.agreeing import EMAIL, FACTS
from tests.workflow.reviewing import review
from tests.workflow.stateful.machine import CHANCE, Change, Machine, changes_of, newest_line, run
from workflow.actions import services
from workflow.models import Action, Case
from workflow.outbox.shipped import load_messages

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.hypothesis]
KEEPERS = {"Coordinator", "Administrator", "Panel chair"}
CLOSERS = {"Coordinator", "Administrator"}
WITH_OWNER = {"told", "in_progress"}
SETTLED = {"closed", "not_accepted", "stopped"}
# name: from, to, whether the organisation may, and whether it must be explained
MOVES = {
    "tell": ({"agreed"}, "told", False, False),
    "progress": (WITH_OWNER, "in_progress", True, True),
    "report_done": (WITH_OWNER, "done", True, True),
    "decline": (WITH_OWNER, "not_accepted", True, True),
    "close": ({"done"}, "closed", False, False),
    "stop": (WITH_OWNER | {"agreed"}, "stopped", False, True),
    "reopen": (SETTLED | {"done"}, "agreed", False, True),
}


class Acting(Machine):
    audited_as = "action"
    ends = ("stop", "decline")

    def __init__(self, people: Any, reviewed: Case, gathering: Case) -> None:
        super().__init__(people)
        self.case, self.gathering = reviewed, gathering

    @initialize(chance=CHANCE, email=st.sampled_from(["", EMAIL]))
    def agree(self, chance: Random, email: str) -> None:
        self.chance = chance
        self.action = services.agree(self.case, self.people("Coordinator"), email=email, **FACTS)
        self.links: list[str] = []

    def histories(self) -> dict[int, list[Change]]:
        return {each.pk: changes_of(each.changes.all(), "sealed_words") for each in self.case.actions.all()}

    def states(self) -> dict[int, str]:
        return dict(self.case.actions.values_list("pk", "state"))

    def contents(self) -> Any:
        return list(Action.objects.order_by("pk").values())

    def now(self) -> Action:
        return Action.objects.get(pk=self.action.pk)

    @property
    def state(self) -> str:
        return self.now().state

    def likely(self) -> list[str]:
        return [name for name, (sources, *_) in MOVES.items() if self.state in sources]

    def _staff_move_it(self) -> None:
        name = self.mostly(self.likely(), MOVES)
        may = CLOSERS if name == "close" else KEEPERS
        role = self.role(may)
        by = self.people(role)
        words = self.a_reason()
        self.made(name, by, role in may, words, lambda: services.move(self.action, name, "staff", by, words))

    # More often than anything else.
    staff_move_it = rule()(_staff_move_it)
    staff_move_it_on = rule()(_staff_move_it)

    @rule()
    def the_organisation_moves_it(self) -> None:
        name = self.mostly(self.likely(), MOVES)
        words = self.a_reason()
        self.made(
            name, None, MOVES[name][2], words, lambda: services.move(self.action, name, "owner", None, words, "Shown.")
        )

    def made(self, name: str, by: Any, allowed: bool, words: str, act: Any) -> None:
        sources, target, _, explained = MOVES[name]
        possible = self.state in sources and (not explained or bool(words.strip()))
        possible = possible and (name != "tell" or bool(self.now().email))
        if self.attempt(act, by, allowed, possible):
            newest = self.action.changes.first()
            assert (newest.transition, self.state, newest.by) == (name, target, by)
            assert newest.words == words.strip()
            assert (newest_line(self.case).kind, newest_line(self.case).by) == ("action", by)
            self.only_who_must_report_has_a_link()

    def only_who_must_report_has_a_link(self) -> None:
        assert bool(self.now().token_hash) == (self.state in WITH_OWNER | {"done"})

    @rule(text=st.sampled_from(["Wards tell parents.", "", "Tell Test Invented."]))
    def change_it(self, text: str) -> None:
        """Never into words that name the child, and never once somebody has reported that it is done."""
        role = self.role(KEEPERS)
        by = self.people(role)
        possible = text == "Wards tell parents." and self.state not in SETTLED | {"done"}
        facts = FACTS | {"text": text, "email": self.now().email}
        before = self.now().text
        if self.attempt(lambda: services.change(self.action, by, **facts), by, role in KEEPERS, possible):
            assert before in self.action.changes.first().words

    @rule()
    def ask_again(self) -> None:
        role = self.role(KEEPERS)
        by = self.people(role)
        before, possible = self.now().token_hash, self.state in WITH_OWNER
        if self.attempt(lambda: services.tell_again(self.action, by), by, role in KEEPERS, possible):
            assert self.now().token_hash not in ("", before)

    @rule(discussed=st.booleans())
    def agree_another(self, discussed: bool) -> None:
        role = self.role(KEEPERS)
        by, case = self.people(role), self.case if discussed else self.gathering
        self.attempt(lambda: services.agree(case, by, **FACTS), by, role in KEEPERS, discussed)


def test_an_action_goes_no_other_way_and_is_reported_by_its_owner_alone(notify, coordinator, chair, person):
    load_messages()
    reviewed = review(notify(), coordinator, chair, until="record_panel")
    run(lambda: Acting(person, reviewed, notify()), examples=30, steps=20)
