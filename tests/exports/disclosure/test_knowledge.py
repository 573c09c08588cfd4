"""What can be worked out from sums that were told: beside all worlds in which they are true, and another solver."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from exports.disclosure.knowledge import MOST, Knowledge


def knowing(*told) -> Knowledge:
    known = Knowledge()
    for of, number in told:
        known.tell(of, number)
    return known


def bounds(known: Knowledge, of: str) -> tuple[int, int]:
    return known.least(of), known.most(of)


def test_of_what_nothing_was_told_nothing_is_known():
    assert bounds(knowing(), "a") == (0, MOST)
    assert bounds(knowing(("ab", 7)), "") == (0, 0)


def test_a_total_bounds_its_parts_and_one_part_gives_the_other():
    known = knowing(("ab", 7))
    assert bounds(known, "a") == (0, 7)
    known.tell("a", 3)
    assert bounds(known, "b") == (4, 4)


def test_two_sums_that_overlap_bound_what_they_do_not_share():
    assert bounds(knowing(("abc", 10), ("bcd", 14)), "d") == (4, 14)
    assert bounds(knowing(("abc", 10), ("bcd", 14), ("a", 2)), "d") == (6, 6)


def test_a_rounded_number_is_known_as_closely_as_it_was_rounded():
    known = Knowledge()
    known.tell("a", 10, within=2)
    assert bounds(known, "a") == (8, 12)


def test_what_contradicts_itself_is_noticed():
    assert not knowing(("ab", 7), ("a", 7)).contradicts_itself
    assert knowing(("ab", 7), ("a", 8)).contradicts_itself


SUMS = st.lists(st.sets(st.sampled_from("abcd"), min_size=1), min_size=1, max_size=4)


@settings(max_examples=40, deadline=None)
@given(world=st.tuples(*[st.integers(0, 4)] * 4), sums=SUMS, of=st.sets(st.sampled_from("abcd"), min_size=1))
def test_no_world_in_which_it_is_true_lies_outside_the_bounds(world, sums, of):
    told = [(each, sum(dict(zip("abcd", world, strict=True))[one] for one in each)) for each in sums]
    known = knowing(*told, ("abcd", sum(world)))
    least, most = bounds(known, of)
    for other in product(range(sum(world) + 1), repeat=4):
        there = dict(zip("abcd", other, strict=True))
        if sum(other) == sum(world) and all(sum(there[one] for one in each) == number for each, number in told):
            assert least <= sum(there[one] for one in of) <= most


@settings(max_examples=60, deadline=None)
@given(world=st.lists(st.integers(0, 30), min_size=3, max_size=8), data=st.data())
def test_the_bounds_are_those_that_another_library_finds(world, data):
    places = st.sets(st.integers(0, len(world) - 1), min_size=1)
    sums = data.draw(st.lists(places, min_size=1, max_size=6))
    of = data.draw(places)
    known = knowing(*((each, sum(world[one] for one in each)) for each in (*sums, range(len(world)))))
    rows = np.array([[float(at in each) for at in range(len(world))] for each in (*sums, set(range(len(world))))])
    goal = np.array([float(at in of) for at in range(len(world))])
    low, high = (
        sign * linprog(sign * goal, A_eq=rows, b_eq=rows @ np.array(world, dtype=float), method="highs-ipm").fun
        for sign in (1, -1)
    )
    assert bounds(known, of) == (pytest.approx(np.ceil(low - 1e-4)), pytest.approx(np.floor(high + 1e-4)))
