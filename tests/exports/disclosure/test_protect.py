"""Nobody who knows the totals and all that is shown can work out a hidden count more closely than the rule allows."""

from itertools import product

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from exports.disclosure import Cell, Rule, Table, TooMuchTogether, protect, protect_all
from exports.disclosure.network import bounds

COUNTS = st.one_of(st.integers(0, 6), st.integers(0, 60), st.just(0))
RULES = st.builds(Rule, threshold=st.sampled_from([3, 5, 8]), hide_zeros=st.booleans())


@st.composite
def tables(draw, rows: int = 5, columns: int = 4) -> Table:
    names = tuple(f"r{index}" for index in range(draw(st.integers(1, rows))))
    across = tuple(f"c{index}" for index in range(draw(st.integers(0, columns))))
    cells = [Cell(*place) for place in product(names, across or (None,))]
    return Table(names, {cell: draw(COUNTS) for cell in cells}, across)


def sums(table: Table) -> list[tuple[Cell, list[Cell]]]:
    """Every total with what it is the sum of, written down anew: nothing of the engine is used here."""
    grand = (Cell(), [Cell(row) for row in table.rows])
    if not table.columns:
        return [grand]
    by_row = [(Cell(row), [Cell(row, column) for column in table.columns]) for row in table.rows]
    by_column = [(Cell(None, column), [Cell(row, column) for row in table.rows]) for column in table.columns]
    return [grand, (Cell(), [Cell(None, column) for column in table.columns]), *by_row, *by_column]


def attack(table: Table, hidden: frozenset[Cell], cell: Cell) -> tuple[float, float]:
    """The least and the most that a hidden count can be, by linear programming over all that is shown."""
    places = list(table.values)
    equations = np.zeros((len(sums(table)), len(places)))
    for line, (total, parts) in enumerate(sums(table)):
        equations[line, places.index(total)] = -1
        for part in parts:
            equations[line, places.index(part)] = 1
    limits = [(0, None) if place in hidden else (table.values[place],) * 2 for place in places]
    found = []
    for sign in (1, -1):
        goal = np.zeros(len(places))
        goal[places.index(cell)] = sign
        result = linprog(goal, A_eq=equations, b_eq=np.zeros(len(equations)), bounds=limits, method="highs")
        found.append(result.x[places.index(cell)] if result.status == 0 else float("inf"))
    return round(found[0], 6), round(found[1], 6)


@settings(max_examples=150, deadline=None)
@given(table=tables(), rule=RULES)
def test_an_attacker_cannot_bound_a_hidden_count_more_closely_than_the_rule(table, rule):
    protected = protect(table, rule)
    for cell in protected.hidden:
        low, high = attack(table, protected.hidden, cell)
        assert high - low >= rule.width
        if rule.hides(table.values[cell]):
            assert low <= rule.lowest
            assert high >= rule.highest
    assert not protected.exposed


@settings(max_examples=150, deadline=None)
@given(table=tables(), rule=RULES)
def test_every_small_count_is_hidden_and_what_is_shown_is_true(table, rule):
    protected = protect(table, rule)
    assert {cell for cell, count in table.values.items() if rule.hides(count)} <= protected.hidden
    assert protected.shown == {cell: count for cell, count in table.values.items() if cell not in protected.hidden}


@settings(max_examples=100, deadline=None)
@given(table=tables(), rule=RULES)
def test_nothing_is_hidden_when_nothing_is_small(table, rule):
    large = Table(table.rows, {cell: table.counts[cell] + rule.threshold for cell in table.counts}, table.columns)
    assert not protect(large, rule).hidden


@settings(max_examples=60, deadline=None)
@given(table=tables(rows=3, columns=3), rule=RULES)
@example(Table(("a", "b"), dict(zip(map(Cell, "abb", "yxy"), [3, 3, 2], strict=True)), ("x", "y")), Rule())
def test_no_second_count_is_hidden_in_vain(table, rule):
    protected = protect(table, rule)
    small = {cell for cell, count in table.values.items() if rule.hides(count)}
    for cell in protected.hidden - small:
        fewer = protected.hidden - {cell}
        found = {other: attack(table, fewer, other) for other in fewer}
        assert any(
            high - low < rule.width or (other in small and (low > rule.lowest or high < rule.highest))
            for other, (low, high) in found.items()
        )


@settings(max_examples=100, deadline=None)
@given(table=tables(), data=st.data())
def test_the_bounds_are_exactly_those_of_linear_programming(table, data):
    hidden = frozenset(data.draw(st.sets(st.sampled_from(list(table.values)), min_size=1)))
    for cell in hidden:
        low, high = bounds(table.arcs, table.values, hidden, cell)
        least, most = attack(table, hidden, cell)
        assert (low, high if high < 10**9 else float("inf")) == (least, most)


@settings(max_examples=60, deadline=None)
@given(table=tables(), rule=RULES, data=st.data())
def test_what_an_earlier_report_hid_stays_hidden(table, rule, data):
    before = data.draw(st.sets(st.sampled_from(list(table.values))))
    assert before <= protect(table, rule, hidden_before=before).hidden


@settings(max_examples=60, deadline=None)
@given(table=tables(), rule=RULES, data=st.data())
def test_what_an_earlier_report_showed_is_never_hidden_in_vain_and_what_it_gives_away_is_said(table, rule, data):
    before = data.draw(st.sets(st.sampled_from(list(table.values))))
    protected = protect(table, rule, shown_before=before)
    assert not before & protected.hidden
    for cell in protected.hidden:
        low, high = attack(table, protected.hidden, cell)
        bounded = high - low < rule.width or (
            rule.hides(table.values[cell]) and (low > rule.lowest or high < rule.highest)
        )
        assert bounded == (cell in protected.exposed)


def test_one_small_count_takes_the_smallest_other_with_it_so_that_the_total_can_stay():
    table = Table(("a", "b", "c"), {Cell("a"): 2, Cell("b"): 9, Cell("c"): 40})
    protected = protect(table, Rule(threshold=5))
    assert protected.hidden == {Cell("a"), Cell("b")}
    assert [protected.text(cell) for cell in (Cell("a"), Cell("b"), Cell("c"), Cell())] == ["*", "*", "40", "51"]


def test_two_small_counts_whose_sum_gives_them_away_need_a_third():
    table = Table(("a", "b", "c"), {Cell("a"): 1, Cell("b"): 1, Cell("c"): 40})
    assert protect(table, Rule(threshold=5)).hidden == {Cell("a"), Cell("b"), Cell("c")}


def test_a_small_count_in_a_cross_table_needs_a_rectangle():
    counts = {Cell(row, column): 20 for row, column in product("abc", "xyz")} | {Cell("a", "x"): 3}
    protected = protect(Table(tuple("abc"), counts, tuple("xyz")), Rule(threshold=5))
    assert len(protected.hidden) == 4
    assert not [cell for cell in protected.hidden if cell.is_total]


def test_a_table_of_one_child_shows_nothing_of_that_child():
    table = Table(("a", "b"), {Cell("a"): 1})
    assert protect(table, Rule(threshold=5)).hidden >= {Cell("a"), Cell()}


def test_rounding_comes_after_hiding():
    table = Table(("a", "b"), {Cell("a"): 12, Cell("b"): 13})
    assert protect(table, Rule(threshold=5, rounding=5)).shown == {Cell("a"): 10, Cell("b"): 15, Cell(): 25}


def test_a_rule_that_protects_nobody_cannot_be_made():
    with pytest.raises(ValueError, match="1 or more"):
        Rule(threshold=0)


def test_the_rule_for_partners_shows_everything():
    table = Table(("a", "b"), {Cell("a"): 1, Cell("b"): 2})
    assert protect(table, Rule(threshold=1)).shown == table.values


def test_tables_of_one_report_are_refused_when_a_total_they_share_would_be_hidden():
    ages = ("under 1", "1 to 17")
    by_sex = Table(ages, {Cell("under 1", "girls"): 3, Cell("1 to 17", "girls"): 30}, ("girls", "boys"))
    by_place = Table(ages, {Cell("under 1", "home"): 3, Cell("1 to 17", "home"): 30}, ("home", "hospital"))
    with pytest.raises(TooMuchTogether, match="share"):
        protect_all({"Age and sex": by_sex, "Age and place": by_place}, Rule(threshold=5))


def test_tables_of_one_report_go_together_when_the_totals_they_share_can_be_shown():
    ages = ("under 1", "1 to 17")
    by_sex = Table(ages, dict(zip(map(Cell, ages * 2, ["g", "g", "b", "b"]), [3, 20, 17, 20], strict=True)), ("g", "b"))
    by_place = Table(ages, dict(zip(map(Cell, ages * 2, "hhoo"), [10, 20, 10, 20], strict=True)), ("h", "o"))
    protected = protect_all({"Age and sex": by_sex, "Age and place": by_place}, Rule(threshold=5))
    assert protected["Age and sex"].hidden
    assert not protected["Age and place"].hidden
