"""A project's key: who a child is in its extracts, and how far the child's dates are shifted."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.research.keys import new_key, pseudonym, shift

KEYS = st.binary(min_size=32, max_size=32).map(bytes.hex)
CHILDREN = st.lists(st.integers(min_value=1), unique=True, max_size=60)
MOST = st.integers(min_value=1, max_value=400)


@given(KEYS, CHILDREN)
def test_two_children_of_a_project_never_share_a_pseudonym(key, children):
    assert len({pseudonym(key, child) for child in children}) == len(children)


@given(KEYS, st.integers())
def test_a_child_has_the_same_pseudonym_whenever_the_project_asks(key, child):
    assert pseudonym(key, child) == pseudonym(key, child)


@given(st.lists(KEYS, min_size=2, max_size=2, unique=True), CHILDREN)
def test_no_pseudonym_of_one_project_is_found_in_another(keys, children):
    one, other = ({pseudonym(key, child) for child in children} for key in keys)
    assert not one & other


@given(KEYS, st.integers(min_value=0))
def test_a_pseudonym_says_nothing_of_the_number_it_is_made_of(key, child):
    assert len(pseudonym(key, child)) == 26
    assert pseudonym(key, child).isalnum()


def test_every_project_has_a_key_of_its_own():
    assert len({new_key() for _ in range(50)}) == 50


@given(KEYS, st.integers(), MOST, st.dates(dt.date(2000, 1, 1), dt.date(2050, 1, 1)), st.integers(0, 3000))
def test_the_days_between_two_dates_of_a_child_are_kept(key, child, most, born, days):
    died = born + dt.timedelta(days=days)
    moved = shift(key, child, most)
    assert (died + moved) - (born + moved) == died - born


@given(KEYS, st.integers(), MOST)
def test_dates_are_shifted_by_at_least_a_day_and_never_further_than_allowed(key, child, most):
    assert 1 <= abs(shift(key, child, most).days) <= most


@pytest.mark.parametrize("days", [-2, -1, 1, 2])
def test_every_shift_that_is_allowed_is_used(days):
    key = new_key()
    assert any(shift(key, child, 2).days == days for child in range(300))


def test_how_far_a_child_is_shifted_differs_between_projects():
    one, other = new_key(), new_key()
    assert [shift(one, child, 180) for child in range(20)] != [shift(other, child, 180) for child in range(20)]
