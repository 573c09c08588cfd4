"""Counting, pooling, merging, and percentages with their bases."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.disclosure import Cell, Rule, Table, merge, percentage, pool

DEATHS = [("girl", "home"), ("girl", "hospital"), ("boy", "home"), ("girl", "home")]


def test_records_are_counted_with_their_totals():
    table = Table.of(DEATHS, ["girl", "boy"], ["home", "hospital"])
    assert table.values[Cell("girl", "home")] == 2
    assert (table.values[Cell("girl")], table.values[Cell(None, "home")], table.values[Cell()]) == (3, 3, 4)
    assert table.values[Cell("boy", "hospital")] == 0


def test_one_dimension_has_no_columns():
    table = Table.of([("girl",), ("girl",)], ["girl", "boy"])
    assert table.values == {Cell("girl"): 2, Cell("boy"): 0, Cell(): 2}


def test_more_than_two_dimensions_are_refused():
    with pytest.raises(ValueError, match="one or two dimensions, not 3"):
        Table.of([("girl", "home", "2026")], ["girl"], ["home"], ["2026"])


def test_a_value_outside_the_categories_is_refused_and_not_lost():
    with pytest.raises(ValueError, match="not known"):
        Table.of([("not known",)], ["girl", "boy"])


def test_years_are_pooled():
    years = [Table.of(DEATHS, ["girl", "boy"], ["home", "hospital"])] * 3
    assert pool(years).values[Cell()] == 12
    with pytest.raises(ValueError, match="same rows"):
        pool([*years, Table.of([("girl",)], ["girl"])])
    with pytest.raises(ValueError, match="same rows"):
        pool([])


def test_categories_are_merged_where_the_first_of_them_was():
    table = Table.of([("a",), ("b",), ("c",), ("c",)], "abc")
    merged = merge(table, {"b": "b or c", "c": "b or c"})
    assert merged.rows == ("a", "b or c")
    assert merged.values == {Cell("a"): 1, Cell("b or c"): 3, Cell(): 4}


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xy")), max_size=30),
    st.dictionaries(st.sampled_from("abcxy"), st.sampled_from(["one", "other"])),
)
def test_merging_keeps_the_total(records, names):
    table = Table.of(records, "abc", "xy")
    assert merge(table, names).values[Cell()] == len(records)


def test_a_percentage_stands_with_its_base():
    assert percentage(12, 25, Rule()) == "48% (12 of 25)"
    assert percentage(0, 25, Rule()) == "0% (0 of 25)"
    assert percentage(1012, 2050, Rule(rounding=5)) == "49% (1,010 of 2,050)"


@pytest.mark.parametrize(("part", "whole"), [(3, 25), (22, 25), (6, 19), (0, 0)])
def test_a_percentage_of_few_or_that_leaves_few_is_not_given(part, whole):
    assert percentage(part, whole, Rule()) == ""


@given(st.integers(0, 60), st.integers(0, 60))
def test_no_percentage_ever_tells_a_small_count(part, rest):
    rule = Rule()
    if percentage(part, part + rest, rule):
        assert not rule.hides(part)
        assert not rule.hides(rest)


def test_a_part_is_no_more_than_its_whole():
    with pytest.raises(ValueError, match="no part"):
        percentage(5, 4, Rule())
