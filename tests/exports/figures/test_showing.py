"""What partners and the public see of a table: nobody can work out what is hidden."""

import json
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.disclosure import Cell, Rule, TooMuchTogether, protect
from exports.disclosure.protect import HIDDEN
from exports.figures.showing import Shown, shown
from exports.figures.tables import FigureTable, Measure, Rate, Result
from exports.figures.together import check_together
from tests.exports.disclosure.test_protect import attack

RULES = st.builds(Rule, threshold=st.sampled_from([3, 5, 8]), smallest_base=st.sampled_from([1, 20]))
COUNTS = st.one_of(st.integers(0, 6), st.integers(0, 60), st.just(0))


@st.composite
def figure_tables(draw) -> FigureTable:
    rows = tuple(f"r{index}" for index in range(draw(st.integers(1, 5))))
    in_rows = draw(st.booleans())
    columns = tuple(f"c{index}" for index in range(draw(st.integers(1 if in_rows else 0, 3))))
    if in_rows:
        counts = _in_rows(draw, rows, columns)
    else:
        counts = {Cell(*place): draw(COUNTS) for place in product(rows, columns or (None,))}
    average = not columns and draw(st.booleans())
    rates = () if in_rows else draw(st.lists(rates_of(rows, columns), max_size=2).map(tuple))
    share = draw(st.booleans())
    return FigureTable("Invented", "Children", "Row", rows, counts, "Column", columns, in_rows, share, average, rates)


def rates_of(rows: tuple[str, ...], columns: tuple[str, ...]) -> st.SearchStrategy[Rate]:
    """Per 1,000, of some of the columns, with a base for some of the rows."""
    some = st.lists(st.sampled_from(columns), unique=True, min_size=1).map(tuple) if columns else st.just(())
    bases = st.dictionaries(st.sampled_from(rows), st.integers(1, 10**6))
    elsewhere = st.dictionaries(st.just("England"), st.dictionaries(st.sampled_from(rows), st.floats(0, 10)))
    return st.builds(Rate, st.just("Rate"), st.just(1_000), bases, some, elsewhere)


def _in_rows(draw, rows, columns):
    """Every row divides the same children."""
    total = draw(COUNTS)
    counts = {}
    for row in rows:
        cuts = sorted(draw(st.integers(0, total)) for _ in columns[1:])
        parts = [end - start for start, end in zip([0, *cuts], [*cuts, total], strict=True)]
        counts |= {Cell(row, column): part for column, part in zip(columns, parts, strict=True)}
    return counts


def cells(table: FigureTable, public: Shown) -> dict[Cell, str]:
    """What is read in each inner cell."""
    [drawn] = public.tables
    texts = {row: found for row, found in drawn.rows}
    return {
        Cell(row, column): texts[row][place]
        for row in table.rows
        for place, column in enumerate(table.columns or (None,))
    }


@settings(max_examples=150, deadline=None)
@given(table=figure_tables(), rule=RULES)
def test_a_small_count_is_never_read_by_the_public(table, rule):
    for cell, text in cells(table, shown(Result((table,)), "public", rule)).items():
        if rule.hides(table.counts.get(cell, 0)):
            assert text == HIDDEN


@settings(max_examples=150, deadline=None)
@given(table=figure_tables(), rule=RULES)
def test_no_rate_is_drawn_or_read_of_a_number_that_is_not_shown(table, rule):
    [seen] = shown(Result((table,)), "public", rule).tables
    read = {row: dict(zip(table.columns, numbers, strict=False)) for row, numbers in seen.numbers}
    totals = {row: texts[len(table.columns)] for row, texts in seen.rows}
    for rate, curve in zip(table.rates, seen.curves, strict=True):
        for row, number, least, most in curve.points:
            counts = [read[row][column] for column in rate.columns] or [int(totals[row].replace(",", ""))]
            assert number == pytest.approx(rate.per * sum(counts) / rate.bases[row])
            assert least <= number <= most
            assert sum(counts) >= rule.smallest_base


@settings(max_examples=80, deadline=None)
@given(table=figure_tables(), rule=RULES)
def test_a_hidden_count_cannot_be_worked_out_from_all_that_is_read(table, rule):
    read = cells(table, shown(Result((table,)), "public", rule))
    for part in table.parts.values():
        places = {table.place(cell): text for cell, text in read.items() if table.place(cell) in part.values}
        totals = {cell for cell in part.values if cell not in places}
        hidden = frozenset(place for place, text in places.items() if text == HIDDEN)
        hidden |= frozenset(cell for cell in totals if rule.hides(part.values[cell]))
        for cell in hidden:
            low, high = attack(part, _as_hidden(part, hidden, rule), cell)
            assert high - low >= rule.width


def _as_hidden(part, hidden, rule):
    """All that the figure hides of the part, its totals included."""
    assert hidden <= protect(part, rule).hidden
    return protect(part, rule).hidden


@settings(max_examples=100, deadline=None)
@given(table=figure_tables(), rule=RULES)
def test_what_stands_beside_a_hidden_count_tells_nothing_of_it(table, rule):
    """No share and no average where a count they come from is hidden, and no number for the chart."""
    [drawn] = shown(Result((table,)), "public", rule).tables
    for (_, texts), (_, numbers) in zip(drawn.rows, drawn.numbers, strict=False):
        counted = len(table.columns or (None,))
        for text, number in zip(texts[:counted], numbers, strict=True):
            assert (text == HIDDEN) == (number is None)
        if table.share and texts[0] == HIDDEN:
            assert texts[len(drawn.columns) - 1 - table.average] in (HIDDEN, "–")


@settings(max_examples=100, deadline=None)
@given(table=figure_tables(), rule=RULES)
def test_partners_read_every_count_as_it_is(table, rule):
    for cell, text in cells(table, shown(Result((table,)), "partners", rule)).items():
        assert text == f"{table.counts.get(cell, 0):,}"


@settings(max_examples=60, deadline=None)
@given(table=figure_tables(), rule=RULES)
def test_what_was_stored_is_read_again_as_it_was(table, rule):
    before = shown(Result((table,), missing=("Something.",)), "public", rule)
    assert Shown.read(json.loads(json.dumps(before.stored()))) == before


def test_a_median_of_few_children_is_not_shown_to_the_public():
    result = Result(measures=(Measure("Median number of days", "47", 19),))
    assert "47" not in shown(result, "public", Rule()).measures[0]
    assert shown(result, "partners", Rule()).measures == ("Median number of days: 47 (of 19).",)


def test_a_three_year_average_is_of_numbers_that_are_shown():
    years = ("a", "b", "c", "d")
    counts = {Cell(year): number for year, number in zip(years, (30, 31, 32, 60), strict=True)}
    table = FigureTable("Deaths", "Children", "Year", years, counts, average=True)
    [drawn] = shown(Result((table,)), "public", Rule()).tables
    assert [texts[-1] for _, texts in drawn.rows] == ["–", "–", "31.0", "41.0", ""]


def tables_that_share(small: int) -> tuple[Result, Result]:
    one = FigureTable("By category", "Reviews", "Category", ("a", "b"), {Cell("a"): small, Cell("b"): 40})
    both = {Cell("a", "x"): small, Cell("b", "x"): 20, Cell("b", "y"): 20}
    two = FigureTable("By category and more", "Reviews", "Category", ("a", "b"), both, "More", ("x", "y"))
    return Result((one,)), Result((two,))


def test_tables_that_would_give_each_other_away_are_refused_in_words():
    with pytest.raises(TooMuchTogether, match=r"“Category: [ab]”"):
        check_together([(each, {}) for each in tables_that_share(3)], Rule())
    check_together([(each, {}) for each in tables_that_share(30)], Rule())


def test_the_same_word_in_tables_about_other_things_is_not_the_same_category():
    sex = FigureTable("By sex", "Children", "Sex", ("Not known", "x", "z"), {Cell("Not known"): 2, Cell("x"): 40})
    place = FigureTable("By place", "Children", "Place", ("Not known", "y", "z"), {Cell("Not known"): 1, Cell("y"): 41})
    check_together([(Result((sex,)), {}), (Result((place,)), {})], Rule())
