"""A request for information, moved at random by staff, by whoever has its link, and by time."""

import datetime as dt
from random import Random
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from forms.services import receive
from tests.notifying import days_ago
from tests.workflow.asking import publish_forms
from tests.workflow.stateful.machine import CHANCE, DECIDERS, Change, Machine, changes_of, run
from workflow.models import Agency, Case, FormReturn, InformationRequest
from workflow.requests import access, services
from workflow.requests.answering import form_came_back
from workflow.requests.reminders import expire
from workflow.requests.selectors import newest_versions

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.hypothesis]
WITH_AGENCY = {"sent", "opened", "part_answered", "queried"}
OUTSTANDING = WITH_AGENCY | {"drafted", "declined", "expired"}
# name: from, to, by whom, and whether it must be explained
MOVES = {
    "send": ({"drafted"}, "sent", {"staff"}, False),
    "open": ({"sent"}, "opened", {"respondent"}, False),
    "answer_part": ({"sent", "opened"}, "part_answered", {"respondent"}, False),
    "give_back": (WITH_AGENCY, "returned", {"respondent"}, False),
    "query": ({"returned"}, "queried", {"staff"}, True),
    "accept": ({"returned"}, "accepted", {"staff"}, False),
    "decline": (WITH_AGENCY, "declined", {"respondent", "staff"}, True),
    "reassign": (WITH_AGENCY | {"expired", "declined"}, "reassigned", {"respondent", "staff"}, False),
    "expire": (WITH_AGENCY, "expired", {"system"}, False),
    "renew": (WITH_AGENCY | {"expired", "declined"}, "sent", {"staff"}, False),
    "waive": (OUTSTANDING, "waived", {"staff"}, True),
    "cancel": (WITH_AGENCY | {"drafted"}, "cancelled", {"staff"}, True),
}
NO_LINK = {"drafted", "reassigned", "cancelled"}
COLLEAGUE = {"name": "Invented Colleague", "email": "colleague@invented.example"}


class Asking(Machine):
    """`request` is the one that is answered now; those that were passed on stay under watch."""

    audited_as = "request"
    ends = ("waive", "cancel")

    def __init__(self, people: Any, case: Case) -> None:
        super().__init__(people)
        self.case = case

    @initialize(chance=CHANCE, mandatory=st.booleans(), at_once=st.booleans())
    def draft(self, chance: Random, mandatory: bool, at_once: bool) -> None:
        self.chance = chance
        forms = newest_versions(["reporting", "drowning"])
        asked = services.Asked(
            Agency.objects.get(), "Invented Doctor", "gp@invented.example", forms=forms, mandatory=mandatory
        )
        self.request = services.draft(self.case, self.people("Coordinator"), asked, days_ago(-21))
        self.links: list[str] = []
        self.lapsed = False
        self.returned: set[tuple[int, int]] = set()
        if at_once:
            self.follow(services.send(self.request, self.people("Coordinator")), "send")

    def histories(self) -> dict[int, list[Change]]:
        return {each.pk: changes_of(each.changes.all(), "sealed_reason") for each in self.case.requests.all()}

    def states(self) -> dict[int, str]:
        return dict(self.case.requests.values_list("pk", "state"))

    def contents(self) -> Any:
        requests = list(self.case.requests.order_by("pk").values())
        return requests, list(InformationRequest.objects.values_list("forms", "forms__nothing_held").order_by("forms"))

    @property
    def state(self) -> str:
        return InformationRequest.objects.get(pk=self.request.pk).state

    def likely(self) -> list[str]:
        return [name for name, (sources, *_) in MOVES.items() if self.state in sources]

    def can(self, name: str, reason: str) -> bool:
        sources, _, _, explained = MOVES[name]
        return self.state in sources and (not explained or bool(reason.strip()))

    def _staff_move_it(self) -> None:
        name, reason = self.mostly(self.likely(), MOVES), self.a_reason()
        by = self.people(self.role(DECIDERS))
        role = by.groups.get().name
        act = {
            "send": lambda: services.send(self.now(), by),
            "renew": lambda: services.send(self.now(), by),
            "query": lambda: services.query(self.now(), by, reason),
            "reassign": lambda: services.pass_on(self.now(), "staff", by=by, **COLLEAGUE),
        }.get(name, lambda: services.move(self.now(), name, "staff", by, reason))
        if name == "send" and self.state != "drafted":
            name = "renew"
        if name == "renew" and self.state == "drafted":
            name = "send"
        made = self.attempt(act, by, "staff" in MOVES[name][2] and role in DECIDERS, self.can(name, reason))
        if made:
            self.follow(made, name)
            assert self.request.changes.last().by == (None if name == "reassign" else by)

    # More often than anything else.
    staff_move_it = rule()(_staff_move_it)
    staff_move_it_on = rule()(_staff_move_it)

    def now(self) -> InformationRequest:
        return InformationRequest.objects.get(pk=self.request.pk)

    def follow(self, made: InformationRequest, name: str) -> None:
        """What the move leads to; a link that went out takes the place of the one before."""
        self.request = made
        if name in ("send", "renew", "query", "reassign"):
            self.links.append(made.recipient["token"])
            self.lapsed = False
        assert self.state == ("sent" if name == "reassign" else MOVES[name][1])

    @rule()
    def whoever_has_the_link_moves_it(self) -> None:
        reason = self.a_reason()
        name = self.mostly(set(self.likely()) - {"give_back"}, set(MOVES) - {"give_back"})
        if name == "reassign":
            act = lambda: services.pass_on(self.now(), "respondent", **COLLEAGUE)  # noqa: E731
        else:
            act = lambda: services.move(self.now(), name, "respondent", reason=reason)  # noqa: E731
        if made := self.attempt(act, None, "respondent" in MOVES[name][2], self.can(name, reason)):
            self.follow(made, name)

    @precondition(lambda self: self.links)
    @rule(place=st.integers(min_value=0, max_value=1))
    def a_form_is_sent(self, place: int) -> None:
        """Also late: what was answered is kept, whatever has become of the request."""
        before, form = self.state, list(self.now().forms.all())[place]
        submission = receive(form.version, {"narrative": "Invented facts."})
        form_came_back(form, submission)
        self.returned.add((form.pk, submission.pk))
        assert self.state == ("part_answered" if before in ("sent", "opened") else before)

    @rule(held=st.booleans())
    def everything_is_returned(self, held: bool) -> None:
        forms = list(self.now().forms.all())
        empty = [] if held else [form.pk for form in forms]
        complete = not held or {form.pk for form in forms} <= {form for form, _ in self.returned}
        if made := self.attempt(
            lambda: services.give_back(self.now(), empty), None, True, self.can("give_back", "") and complete
        ):
            self.follow(made, "give_back")
            assert made.returned_at

    @precondition(lambda self: self.links)
    @rule()
    def the_link_lapses(self) -> None:
        """And the hourly job comes round."""
        ends = timezone.now() - dt.timedelta(hours=1)
        InformationRequest.objects.filter(pk=self.request.pk).update(link_expires_at=ends)
        self.lapsed, before = True, self.state
        expire()
        assert self.state == ("expired" if before in MOVES["expire"][0] else before)

    def teardown(self) -> None:
        try:
            if hasattr(self, "links"):
                self.only_the_newest_link_opens()
                self.no_answer_is_lost()
        finally:
            super().teardown()

    def only_the_newest_link_opens(self) -> None:
        opens = [token for token in self.links if self.found(token)]
        assert opens == ([] if self.state in NO_LINK or self.lapsed else self.links[-1:])

    def found(self, token: str) -> bool:
        try:
            return access.find(token).pk == self.request.pk
        except access.NoRequest:
            return False

    def no_answer_is_lost(self) -> None:
        kept = FormReturn.objects.filter(requested__request=self.request)
        assert set(kept.values_list("requested", "submission")) == self.returned
        with_case = set(self.case.submissions.values_list("submission", flat=True))
        assert {submission for _, submission in self.returned} <= with_case


def test_a_request_goes_no_other_way_and_loses_no_answer(case, person):
    publish_forms()
    Agency.objects.create(name="Invented Surgery", kind="gp")
    run(lambda: Asking(person, case), examples=30, steps=20)
