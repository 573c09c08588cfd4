"""Values that few rows have are called "other" together."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.research.rare import OTHER, group_rare
from exports.research.wider import to_band, to_beginning, to_groups, to_quarter, to_year

CELLS = st.lists(st.sampled_from(["", "a", "b", "c", "d", "e", OTHER]), max_size=60)
LEAST = st.integers(min_value=1, max_value=9)


@given(CELLS, LEAST)
def test_what_is_left_has_enough_rows_or_there_is_nothing_else_to_go_with_it(cells, least):
    grouped, _ = group_rare(cells, least)
    counted = Counter(cell for cell in grouped if cell)
    assert all(rows >= least for rows in counted.values()) or set(counted) == {OTHER}


@given(CELLS, LEAST)
def test_as_many_cells_are_told_of_as_became_other(cells, least):
    grouped, changed = group_rare(cells, least)
    assert len(grouped) == len(cells)
    assert changed >= sum(before != after for before, after in zip(cells, grouped, strict=True))
    assert all(after in (before, OTHER) for before, after in zip(cells, grouped, strict=True))


@given(CELLS, LEAST)
def test_what_says_nothing_stays_as_it_is(cells, least):
    grouped, _ = group_rare(cells, least)
    assert [cell == "" for cell in grouped] == [cell == "" for cell in cells]


def test_a_single_rare_value_takes_the_next_rarest_with_it():
    cells = ["a"] * 9 + ["b"] * 6 + ["c"]
    assert Counter(group_rare(cells, 5)[0]) == {"a": 9, OTHER: 7}


def test_a_column_without_rare_values_stays_as_it_is():
    cells = ["a"] * 5 + ["b"] * 5
    assert group_rare(cells, 5) == (cells, 0)


@pytest.mark.parametrize(
    ("widen", "value", "wider"),
    [
        (to_quarter, "2026-03", "2026-Q1"),
        (to_quarter, "2026-04", "2026-Q2"),
        (to_quarter, "2026-12", "2026-Q4"),
        (to_quarter, "", ""),
        (to_year, "2026-Q4", "2026"),
        (to_year, "", ""),
        (to_band(4), "25", "24 to 27"),
        (to_band(500), "3200.0", "3000 to 3499"),
        (to_band(4), "not_known", "not_known"),
        (to_band(4), "inf", "inf"),
        (to_band(4), "nan", "nan"),
        (to_band(4), "", ""),
        (to_band(8), "28 to 31", "24 to 31"),
        (to_beginning(["white", "mixed"]), "white_irish", "white"),
        (to_beginning(["white", "mixed"]), "not_known", "not_known"),
        (to_groups({"under 1": ["0_27_days", "28_364_days"]}), "28_364_days", "under 1"),
        (to_groups({"under 1": ["0_27_days"]}), "5_9_years", "5_9_years"),
    ],
)
def test_a_value_is_made_wider(widen, value, wider):
    assert widen(value) == wider
