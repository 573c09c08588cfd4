"""The analyses of a case, begun, sent, changed and signed at random by people of any role, while its review goes on."""

from random import Random
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from tests.workflow.analyses.writing import SAYS, facts, go, held, publish, send, written
from tests.workflow.reviewing import ANSWERS, review
from tests.workflow.stateful.machine import CHANCE, DECIDERS, Change, Machine, changes_of, newest_line, run
from workflow import services as cases
from workflow.analyses import services
from workflow.analyses.signing import sign
from workflow.models import Analysis, Case
from workflow.outbox.shipped import load_messages

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.hypothesis]
WRITERS = {"cdrm": DECIDERS, "panel": {"Coordinator", "Administrator", "Panel chair"}}
AT_THE_PANEL = {"panel_scheduled", "panel_reviewed"}
COORDINATORS = {"Coordinator", "Administrator"}


class Analysing(Machine):
    """Keeps in mind which version is in which state, and what each said when it was sent."""

    audited_as = "analysis"

    def __init__(self, people: Any, discussed: Case, before_panel: Case) -> None:
        super().__init__(people)
        self.discussed, self.before_panel = discussed, before_panel
        self.case_pk = discussed.pk

    @initialize(chance=CHANCE, start=st.sampled_from(["cdrm", "panel", "final", "signed"]))
    def begin_at_a_meeting(self, chance: Random, start: str) -> None:
        """With nothing after the CDRM; with the draft at a panel that was held; with its final analysis; or signed."""
        self.chance, self.panel_held, self.signed_off = chance, start != "cdrm", start == "signed"
        self.case_pk = (self.before_panel if self.panel_held else self.discussed).pk
        if start in ("final", "signed"):
            final = written(self.case, "panel", self.people("Coordinator"), agencies_present=["gp"])
            if start == "signed":
                sign(final, self.people("Panel chair"))
        versions = self.case.analyses.all()
        # By version: of which stage, and in which state; and what it said when it was sent.
        self.expected: dict[int, tuple[str, str]] = {each.pk: (each.stage, each.state) for each in versions}
        self.said: dict[int, Any] = {each.pk: each.says for each in versions}

    @property
    def case(self) -> Case:
        return Case.objects.get(pk=self.case_pk)

    def histories(self) -> dict[int, list[Change]]:
        return {each.pk: changes_of(each.changes.all(), "target") for each in self.case.analyses.all()}

    def states(self) -> dict[int, str]:
        return dict(self.case.analyses.values_list("pk", "state"))

    def contents(self) -> Any:
        return list(self.case.analyses.order_by("pk").values()), list(Case.objects.values()), facts(self.case)

    def version(self, *likely: str) -> Analysis:
        """Mostly one of the newest in these states."""
        versions = list(self.case.analyses.order_by("pk"))
        fine = [each for each in versions if each.state in likely][-1:]
        return self.pick(fine if fine and self.chance.random() < 0.8 else versions)

    def there_is(self, stage: str, *states: str) -> bool:
        return any((stage, state) in self.expected.values() for state in states)

    def becomes(self, stage: str, source: str, target: str) -> None:
        for pk, known in self.expected.items():
            if known == (stage, source):
                self.expected[pk] = (stage, target)

    def may_begin(self, stage: str) -> bool:
        if stage == "cdrm":
            final = self.there_is("panel", "begun", "complete", "signed", "replaced")
            open_to_drafts = self.case.state in {"cdrm_held", "ready_for_panel", "panel_scheduled"}
            return open_to_drafts and not final and not self.panel_held
        return self.case.state in AT_THE_PANEL and not self.there_is("cdrm", "begun")

    def _begin(self) -> None:
        stage = self.pick(["panel"] * 5 + ["cdrm"] if self.panel_held else ["cdrm"] * 3 + ["panel"])
        role, reason = self.role(WRITERS[stage]), self.a_reason()
        by, going_on = self.people(role), self.there_is(stage, "begun")
        explained = going_on or bool(reason.strip()) or not (stage == "panel" and self.there_is("panel", "signed"))
        act = lambda: services.begin(self.case, stage, by, reason)  # noqa: E731
        if made := self.attempt(act, by, role in WRITERS[stage], self.may_begin(stage) and explained):
            assert (made.pk in self.expected) == going_on
            self.expected[made.pk] = (stage, "begun")

    begin = rule()(_begin)
    begin_another = rule()(_begin)
    begin_a_third = rule()(_begin)

    def _send(self) -> None:
        """It takes the place of the complete one before it, and of no signed one."""
        analysis = self.pick(self.case.analyses.filter(state="begun"))
        sent = send(analysis, **{"agencies_present": ["gp"]} if analysis.begun_from else SAYS)
        self.becomes(sent.stage, "complete", "replaced")
        self.expected[sent.pk] = (sent.stage, "complete")
        self.said[sent.pk] = sent.says
        assert newest_line(self.case).by == sent.written_by

    send_it = precondition(lambda self: self.there_is("cdrm", "begun"))(rule()(_send))
    send_the_final = precondition(lambda self: self.there_is("panel", "begun"))(rule()(_send))
    send_the_final_at_last = precondition(lambda self: self.there_is("panel", "begun"))(rule()(_send))

    @precondition(lambda self: self.expected)
    @rule()
    def give_it_up(self) -> None:
        analysis = self.version()
        role = self.role(WRITERS[analysis.stage])
        by, possible = self.people(role), analysis.state == "begun"
        if self.attempt(lambda: services.give_up(analysis, by), by, role in WRITERS[analysis.stage], possible):
            self.expected[analysis.pk] = (analysis.stage, "given_up")

    @precondition(lambda self: self.expected)
    @rule()
    def go_on_with_it(self) -> None:
        analysis = self.version()
        role = self.role(WRITERS[analysis.stage])
        by, possible = self.people(role), analysis.state == "begun"
        if self.attempt(lambda: services.go_on(analysis, by), by, role in WRITERS[analysis.stage], possible):
            assert Analysis.objects.get(pk=analysis.pk).written_by == by

    def _sign(self) -> None:
        analysis = self.version("complete")
        role = self.role({"Panel chair"})
        by = self.people(role)
        waits = (analysis.stage, analysis.state) == ("panel", "complete")
        alone = self.panel_held and not self.there_is("panel", "begun")  # nobody is changing what would be signed
        possible = waits and self.case.state in AT_THE_PANEL and alone
        if made := self.attempt(lambda: sign(analysis, by), by, role == "Panel chair", possible):
            self.becomes("panel", "signed", "replaced")
            self.expected[made.pk] = ("panel", "signed")
            self.signed_off = True
            assert (made.signed_by, self.case.state) == (by, "panel_reviewed")
            assert facts(self.case)["category"] == made.says["category_primary"]

    # More often than giving up and going on.
    sign_one = precondition(lambda self: self.expected)(rule()(_sign))
    sign_another = precondition(lambda self: self.there_is("panel", "complete"))(rule()(_sign))
    sign_a_third = precondition(lambda self: self.there_is("panel", "complete"))(rule()(_sign))

    @precondition(lambda self: self.case.state == "cdrm_held" and self.there_is("cdrm", "complete"))
    @rule()
    def take_it_to_a_panel(self) -> None:
        """Not with a draft that is still being filled in."""
        doctor, waits = self.people("Designated doctor"), self.there_is("cdrm", "begun")
        details = ANSWERS["check_quality"]
        if self.attempt(
            lambda: cases.move(self.case, "check_quality", doctor, details=details), doctor, True, not waits
        ):
            for name in ("quality_checked", "schedule_panel"):
                go(self.case, name, self.people("Coordinator"), self.people("Panel chair"))

    @precondition(lambda self: self.case.state == "panel_scheduled" and not self.panel_held)
    @rule()
    def hold_the_panel(self) -> None:
        held(self.case, self.people("Coordinator"), self.people("Panel chair"))
        self.panel_held = True

    @precondition(lambda self: self.case.state == "panel_reviewed")
    @rule()
    def finalise(self) -> None:
        """Not while a final analysis waits for anything."""
        role = self.role(COORDINATORS)
        by, waits = self.people(role), self.there_is("panel", "begun", "complete")
        self.attempt(
            lambda: cases.move(self.case, "finalise", by, details=ANSWERS["finalise"]),
            by,
            role in COORDINATORS,
            self.signed_off and not waits,
        )

    @precondition(lambda self: self.case.state == "submitted")
    @rule()
    def close_and_reopen(self) -> None:
        go(self.case, "close", self.people("Coordinator"), self.people("Panel chair"))
        cases.move(self.case, "reopen", self.people("Panel chair"), "A late inquest")
        self.signed_off = False

    @invariant()
    def every_version_is_where_it_was_brought(self) -> None:
        if hasattr(self, "expected"):
            assert self.states() == {pk: state for pk, (_, state) in self.expected.items()}

    @invariant()
    def what_was_sent_is_never_changed(self) -> None:
        for analysis in self.case.analyses.filter(pk__in=getattr(self, "said", ())):
            assert analysis.says == self.said[analysis.pk]

    @invariant()
    def one_version_counts_and_they_are_numbered_as_they_came(self) -> None:
        for stage in WRITERS:
            versions = list(self.case.analyses.filter(stage=stage).order_by("pk"))
            assert [each.number for each in versions] == list(range(1, len(versions) + 1))
            for state in ("begun", "complete", "signed"):
                assert len([each for each in versions if each.state == state]) <= 1


def test_an_analysis_goes_no_other_way_and_what_was_sent_stays(case, notify, coordinator, chair, person):
    publish()
    load_messages()
    discussed = review(case, coordinator, chair, until="record_cdrm")
    before_panel = review(notify(), coordinator, chair, until="record_cdrm")
    written(before_panel, "cdrm", coordinator)
    for name in ("check_quality", "quality_checked", "schedule_panel"):
        before_panel = go(before_panel, name, coordinator, chair)
    held(before_panel, coordinator, chair)
    run(lambda: Analysing(person, discussed, before_panel), examples=20, steps=30)
