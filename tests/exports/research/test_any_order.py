"""Whatever is tried in whatever order, no data leaves for a project that two have not approved or that is over."""

from django_fsm import TransitionNotAllowed
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from hypothesis.strategies import sampled_from

from exports.models import ResearchProject
from exports.research.states import BY_NAME, LABELS, MOVES, NOT_PROVEN, OPEN, TO_DECIDE, ProjectState, possible

OVER = ("refuse", "end", "expire", "prove")


class AnyOrder(RuleBasedStateMachine):
    """Tries moves on a project that is stored nowhere; what was made is kept in order."""

    def __init__(self) -> None:
        super().__init__()
        self.project, self.made = ResearchProject(), []

    @rule(name=sampled_from([move.name for move in MOVES]))
    def try_it(self, name: str) -> None:
        before = self.project.state
        try:
            getattr(self.project, name)()
        except TransitionNotAllowed:
            assert before not in BY_NAME[name].sources
            assert self.project.state == before
        else:
            assert before in BY_NAME[name].sources
            assert self.project.state == BY_NAME[name].target
            self.made.append(name)

    @invariant()
    def nothing_leaves_before_two_have_approved(self) -> None:
        if "extract" in self.made:
            assert self.made[:2] == ["approve", "approve_too"]

    @invariant()
    def nothing_leaves_once_it_is_over(self) -> None:
        over = [at for at, name in enumerate(self.made) if name in OVER]
        assert "extract" not in self.made[min(over, default=len(self.made)) :]

    @invariant()
    def what_was_refused_or_proven_stays_so(self) -> None:
        for last in ("refuse", "prove"):
            assert last not in self.made[:-1]


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(max_examples=60, stateful_step_count=20, deadline=None)


def test_every_state_has_words_and_can_be_reached():
    assert set(LABELS) == set(ProjectState)
    assert {move.target for move in MOVES} | {ProjectState.REQUESTED} == set(ProjectState)


def test_a_project_is_to_be_decided_or_open_or_to_be_proven_or_done():
    assert not TO_DECIDE & OPEN
    assert not OPEN & NOT_PROVEN
    assert {ProjectState.REFUSED, ProjectState.DELETED} == set(ProjectState) - TO_DECIDE - OPEN - NOT_PROVEN


def test_what_time_brings_about_is_offered_to_nobody():
    assert all("expire" not in [move.name for move in possible(state)] for state in ProjectState)


def test_nothing_is_offered_for_what_is_done():
    assert not possible(ProjectState.REFUSED)
    assert not possible(ProjectState.DELETED)
