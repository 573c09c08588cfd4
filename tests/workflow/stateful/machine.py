"""What holds for everything that has states, whoever tries what and in whatever order."""

from collections.abc import Callable, Container, Iterable
from itertools import pairwise
from random import Random
from typing import Any, NamedTuple

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import QuerySet
from hypothesis import HealthCheck, Phase, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, run_state_machine_as_test

from forms.audit.refusals import unwatch, watch
from forms.audit.verifying import verify
from forms.models import AuditEntry
from workflow.models import TimelineEntry
from workflow.roles import ROLES
from workflow.services import MoveRefused

# Who may do what, written out here once more (statutory process, §6).
DECIDERS = {"Coordinator", "Administrator", "Designated doctor"}
RUNNERS = DECIDERS | {"Panel chair"}
# Hypothesis by itself likes to choose again what it has chosen before, and would not come far on so short a way.
CHANCE = st.randoms(use_true_random=True)


class Change(NamedTuple):
    """A row of history: which move, from where, to where, by whom, when, and why."""

    pk: int
    transition: str
    source: str
    target: str
    by: int | None
    at: Any
    reason: str


def changes_of(rows: QuerySet, reason: str) -> list[Change]:
    return [Change(*row) for row in rows.order_by("pk").values_list(*Change._fields[:-1], reason)]


def run(make: Callable[[], RuleBasedStateMachine], examples: int, steps: int) -> None:
    """Few enough examples for every run of the suite; `make explore` runs them again and again with others."""
    chosen = settings(
        max_examples=examples,
        stateful_step_count=steps,
        suppress_health_check=list(HealthCheck),
        phases=set(Phase) - {Phase.shrink, Phase.explain},  # minutes, for a story of so few steps
    )
    run_state_machine_as_test(make, settings=chosen)


class Machine(RuleBasedStateMachine):
    """Every example begins from the same database, and leaves it as it found it."""

    audited_as = ""
    ends: Container[str] = ()  # Moves after which little can happen any more.

    def __init__(self, people: Callable[[str], Any]) -> None:
        super().__init__()
        self.people, self.chance = people, Random()
        self.known: dict[int, list[Change]] = {}
        self.example = transaction.atomic()
        self.example.__enter__()
        self.noted = verify().head

    def teardown(self) -> None:
        try:
            assert verify(self.noted).problem == ""
        finally:
            transaction.set_rollback(True)
            self.example.__exit__(None, None, None)

    def pick(self, options: Iterable[Any]) -> Any:
        picked = self.chance.choice(list(options))
        note(f"picked {picked!r}")
        return picked

    def mostly(self, likely: Iterable[str], every: Iterable[str]) -> str:
        """Mostly one of the likely ones, and of those seldom one that ends the story; now and then any other."""
        fine = sorted(likely)
        on = [each for each in fine if each not in self.ends]
        if on and self.chance.random() < 0.75:
            return self.pick(on)
        return self.pick(fine if fine and self.chance.random() < 0.5 else sorted(every))

    def role(self, may: Iterable[str]) -> str:
        return self.mostly(may, ROLES)

    def a_reason(self) -> str:
        """Now and then none."""
        return self.pick(["Invented reason"] * 5 + [" "])

    def histories(self) -> dict[int, list[Change]]:
        """The history of each thing that this is about, by its primary key."""
        raise NotImplementedError

    def states(self) -> dict[int, str]:
        raise NotImplementedError

    def subject(self, pk: int) -> object:
        """How the audit log calls one of them."""
        return pk

    def contents(self) -> Any:
        """What a refusal must leave as it is, beside the number of rows of every table."""
        return self.states()

    def attempt(self, act: Callable[[], Any], by: Any, allowed: bool, possible: bool) -> Any:
        """Do what may be forbidden or impossible; what came of it is what was foreseen, and a refusal writes nothing.

        What `watch` notices is what comes into the audit log when the request is over.
        """
        before, noticed, result, reasons = self._everything(), watch(), None, ["none is needed"]
        try:
            result, outcome = act(), "made"
        except PermissionDenied:
            outcome = "denied"
        except MoveRefused as refused:
            outcome, reasons = "refused", refused.reasons
        finally:
            unwatch()
        assert outcome == ("denied" if not allowed else "made" if possible else "refused")
        assert reasons and all(reasons)  # noqa: PT018
        assert bool(noticed) == (outcome == "refused")
        if outcome != "made":
            assert self._everything() == before
        return result

    def _everything(self) -> Any:
        return number_of_rows(), self.contents()

    @invariant()
    def history_is_true(self) -> None:
        self.no_history_is_lost()
        self.history_leads_to_where_things_stand()
        self.the_audit_log_keeps_step()

    def no_history_is_lost(self) -> None:
        now = self.histories()
        for pk, before in self.known.items():
            assert now[pk][: len(before)] == before
        self.known = now

    def history_leads_to_where_things_stand(self) -> None:
        states = self.states()
        assert set(states) == set(self.known)
        for pk, changes in self.known.items():
            assert changes[0].source == ""
            assert changes[-1].target == states[pk]
            for before, after in pairwise(changes):
                assert after.source == before.target
                assert after.at >= before.at

    def the_audit_log_keeps_step(self) -> None:
        for pk, changes in self.known.items():
            about = AuditEntry.objects.filter(about_type=self.audited_as.split(".")[0], about=str(self.subject(pk)))
            lines = about.filter(what__startswith=f"{self.audited_as}.", outcome="done").order_by("pk")
            named = {change.transition for change in changes}
            told = [(what.removeprefix(f"{self.audited_as}."), by) for what, by in lines.values_list("what", "by_id")]
            assert [line for line in told if line[0] in named] == [(change.transition, change.by) for change in changes]


def number_of_rows() -> list[tuple[str, int]]:
    """Of every table of the rooms that may be written to."""
    tables = [model._meta.db_table for app in ("cdop_workflow", "cdop_forms") for model in _models(app)]
    counted = (f"SELECT '{table}' AS name, COUNT(*) FROM {connection.ops.quote_name(table)}" for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(counted))
        return sorted(cursor.fetchall())


def _models(app: str) -> Iterable[Any]:
    return (model for model in apps.get_app_config(app).get_models() if model._meta.managed)


def newest_line(case: Any) -> TimelineEntry:
    return TimelineEntry.objects.filter(case=case).latest("pk")
