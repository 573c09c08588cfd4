"""Agreeing an action, telling its organisation, following it to its end."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests.workflow.actions.agreeing import agree, now
from tests.workflow.reviewing import review
from workflow.actions import services
from workflow.actions.states import BY_NAME, MOVES, OPEN, SETTLED, ActionState
from workflow.models import Action, Agency
from workflow.services import MoveRefused

pytestmark = pytest.mark.django_db

# How each state is reached from “agreed”.
ROADS = {
    "agreed": [],
    "told": ["tell"],
    "in_progress": ["tell", "progress"],
    "done": ["tell", "report_done"],
    "closed": ["tell", "report_done", "close"],
    "not_accepted": ["tell", "decline"],
    "stopped": ["stop"],
}


def make(action, name, by):
    return services.move(action, name, "staff", by, reason="A reason." if BY_NAME[name].needs_reason else "")


def brought_to(state, case, by):
    action = agree(case, by)
    for name in ROADS[state]:
        action = make(action, name, by)
    return action


def test_the_table_and_the_transitions_of_the_model_agree():
    transitions = {t.name: t for t in Action().get_all_state_transitions()}
    assert {move.name: str(move.target) for move in MOVES} == {n: str(t.target) for n, t in transitions.items()}


def test_every_state_has_a_road_and_is_open_or_settled():
    assert set(ROADS) == {str(state) for state in ActionState}
    assert set(ActionState) == OPEN | SETTLED
    assert not OPEN & SETTLED


def test_the_state_of_an_action_is_changed_by_a_move_alone(reviewed, coordinator):
    with pytest.raises((AttributeError, ValidationError)):
        agree(reviewed, coordinator).state = "closed"


class TestAgreeing:
    @pytest.mark.parametrize("until", ["record_panel", "finalise", "close"])
    def test_once_the_panel_has_discussed_the_case_and_also_when_it_is_closed(self, case, coordinator, chair, until):
        assert agree(review(case, coordinator, chair, until), coordinator).state == "agreed"

    @pytest.mark.parametrize("until", ["accept", "record_cdrm", "schedule_panel"])
    def test_never_before(self, case, coordinator, chair, until):
        with pytest.raises(MoveRefused, match="once the panel has reviewed"):
            agree(review(case, coordinator, chair, until), coordinator)
        assert not Action.objects.exists()

    def test_by_those_who_run_reviews_and_the_chair_and_by_nobody_else(self, reviewed, person):
        for role in ("Coordinator", "Administrator", "Panel chair"):
            assert agree(reviewed, person(role)).made_by == person(role)
        for role in ("Designated doctor", "Panel member", "Information governance", "Analyst", "Site editor"):
            with pytest.raises(PermissionDenied):
                agree(reviewed, person(role))

    def test_it_has_one_owner(self, reviewed, coordinator):
        agency = Agency.objects.create(name="Invented Council")
        assert agree(reviewed, coordinator, agency=agency, organisation="").owner == "Invented Council"
        assert agree(reviewed, coordinator).owner == "Invented Trust"
        for facts in ({"agency": agency}, {"organisation": ""}):
            with pytest.raises(MoveRefused, match="not both"):
                agree(reviewed, coordinator, **facts)

    def test_it_says_what_should_be_done(self, reviewed, coordinator):
        with pytest.raises(MoveRefused, match="Say what should be done"):
            agree(reviewed, coordinator, text="  ")

    def test_the_timeline_of_the_case_says_so(self, reviewed, coordinator):
        agree(reviewed, coordinator)
        entry = reviewed.timeline.first()
        assert entry.kind == "action"
        assert "Invented Trust: agreed" in entry.text

    @pytest.mark.parametrize(
        ("text", "what"),
        [
            ("Invented for Test at home", "the child’s name"),
            ("The INVENTED family was not seen.", "the child’s name"),
            ("See 999 000 0018.", "the child’s NHS number"),
            ("Around zz99  3wz a clinic opens.", "the child’s postcode"),
        ],
    )
    def test_a_text_that_names_the_child_is_refused(self, reviewed, coordinator, text, what):
        with pytest.raises(MoveRefused, match=f"name nobody, and .*{what}"):
            agree(reviewed, coordinator, text=text)
        assert not Action.objects.exists()


class TestMoves:
    @pytest.mark.parametrize("state", ROADS)
    @pytest.mark.parametrize("name", BY_NAME)
    def test_a_move_is_made_from_its_states_and_from_no_other(self, reviewed, coordinator, state, name):
        action, move = brought_to(state, reviewed, coordinator), BY_NAME[name]
        changes = action.changes.count()
        if ActionState(state) in move.sources:
            assert make(action, name, coordinator).state == str(move.target)
            assert action.changes.first().transition == name
        else:
            with pytest.raises(MoveRefused, match="It is now"):
                make(action, name, coordinator)
            assert (now(action).state, action.changes.count()) == (state, changes)
