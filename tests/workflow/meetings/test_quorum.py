"""Whether a panel is quorate."""

from hypothesis import given
from hypothesis import strategies as st

from workflow.meetings.quorum import quorum
from workflow.meetings.states import SEATS

CODES = [code for code, _ in SEATS]
SEATED = st.lists(st.sampled_from(CODES), max_size=12)


def test_enough_members_are_a_quorum():
    assert quorum(["police", "lay", "education"], 3, []).met
    assert not quorum(["police", "lay"], 3, []).met


def test_somebody_who_must_be_there_and_is_not_is_named():
    found = quorum(["police", "lay", "education"], 3, ["public_health", "police"])
    assert not found.met
    assert found.words == "3 members, 3 needed; nobody for Public health"


def test_a_coordinator_does_not_count():
    assert quorum(["coordinator", "police"], 2, []).words == "1 member, 2 needed"


@given(SEATED, st.integers(0, 12), st.sets(st.sampled_from(CODES[:6])))
def test_one_more_member_never_makes_a_quorum_fail(seats, needed, required):
    before = quorum(seats, needed, required)
    for code in CODES:
        after = quorum([*seats, code], needed, required)
        assert after.met or not before.met
        assert set(after.missing) <= set(before.missing)


@given(SEATED, st.integers(0, 12), st.sets(st.sampled_from(CODES[:6])))
def test_the_order_of_the_members_does_not_matter(seats, needed, required):
    assert quorum(seats, needed, required) == quorum(reversed(seats), needed, required)
