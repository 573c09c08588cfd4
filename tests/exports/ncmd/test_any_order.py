"""Whatever is tried in whatever order, a return keeps to its states."""

from django_fsm import TransitionNotAllowed
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from hypothesis.strategies import sampled_from

from exports.models import NcmdReturn
from exports.ncmd.states import BY_NAME, DONE, MOVES, TO_SEND, ReturnState, moves_from


class AnyOrder(RuleBasedStateMachine):
    """Tries moves on a return that is stored nowhere; what was made is kept in order."""

    def __init__(self) -> None:
        super().__init__()
        self.one, self.made = NcmdReturn(), []

    @rule(name=sampled_from([move.name for move in MOVES]))
    def try_it(self, name: str) -> None:
        before = self.one.state
        try:
            getattr(self.one, name)()
        except TransitionNotAllowed:
            assert before not in BY_NAME[name].sources
            assert self.one.state == before
        else:
            assert before in BY_NAME[name].sources
            assert self.one.state == BY_NAME[name].target
            self.made.append(name)

    @invariant()
    def nothing_is_sent_twice_unless_it_came_back_or_changed(self) -> None:
        between = "".join(
            {"send": "S", "reject": "-", "reject_after_all": "-", "amend": "-"}.get(name, "") for name in self.made
        )
        assert "SS" not in between

    @invariant()
    def it_is_done_only_after_it_was_sent_and_accepted(self) -> None:
        if self.one.state in DONE:
            since = self.made[max(at for at, name in enumerate(self.made) if name == "send") :]
            assert {"accept", "accept_after_all"} & set(since)

    @invariant()
    def once_due_a_person_can_always_go_on(self) -> None:
        assert self.one.state == ReturnState.NOT_DUE or moves_from(self.one.state)
        assert (self.one.state in TO_SEND) == any(move.name == "send" for move in moves_from(self.one.state))


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
