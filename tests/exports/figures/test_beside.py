"""Reports whose years overlap in any way: all of them together tell of no few children."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from exports.disclosure import Cell, Rule
from exports.figures.beside import guarded
from exports.figures.earlier import Published, told_before
from exports.figures.showing import shown
from exports.figures.tables import FigureTable, Result
from exports.figures.years import Asked, ReportYear
from tests.exports.figures.test_earlier import by_age, cells, hidden_in

RULE = Rule()
AGES = ("a", "b", "c", "d")
World = dict[int, tuple[int, ...]]


def pooled(world: World, first: int, last: int, ages: tuple[str, ...] = AGES) -> Result:
    return by_age(*(sum(world[year][at] for year in range(first, last + 1)) for at in range(len(ages))), labels=ages)


def year_by_year(world: World, first: int, last: int) -> Result:
    years = {year: str(ReportYear(year)) for year in range(first, last + 1)}
    counts = {
        Cell(label, age): number for year, label in years.items() for age, number in zip(AGES, world[year], strict=True)
    }
    return Result((FigureTable("By year", "Children", "Year", tuple(years.values()), counts, "Age", AGES),))


def reported(result: Result, first: int, last: int, before: list[Published], rule: Rule = RULE) -> Published:
    """As it is published after those."""
    asked = Asked(first, last)
    told = guarded(result, asked, before, rule, told_before(result, asked, before, rule))
    return Published(first, last, shown(result, "public", rule, told), shown(result, "partners", rule))


def alone(result: Result, first: int, last: int) -> Published:
    return reported(result, first, last, [])


# What must not be worked out


def test_three_ranges_that_add_up_to_one_year_do_not_tell_of_it():
    world = {2019: (9, 9, 9, 9), 2020: (30, 20, 20, 20), 2021: (2, 9, 40, 9)}
    both, first = alone(pooled(world, 2019, 2020), 2019, 2020), alone(pooled(world, 2019, 2019), 2019, 2019)
    assert hidden_in(both) == hidden_in(first) == set()
    assert hidden_in(alone(pooled(world, 2020, 2021), 2020, 2021)) == set()
    assert hidden_in(reported(pooled(world, 2020, 2021), 2020, 2021, [both, first])) >= {"a"}


def test_a_year_in_which_nobody_died_does_not_make_the_next_one_readable():
    world = {2019: (0, 0, 0, 0), 2020: (30, 20, 20, 20), 2021: (2, 9, 40, 9)}
    old = [alone(pooled(world, 2019, 2020), 2019, 2020), alone(pooled(world, 2019, 2019), 2019, 2019)]
    assert "a" in hidden_in(reported(pooled(world, 2020, 2021), 2020, 2021, old))


def test_what_was_hidden_is_not_bounded_by_what_is_shown_of_more_years():
    """Of 4, 4 and 4 together, two that are 5 a year later would tell that the third is 2 or more."""
    old = alone(by_age(43, 8, 4, 6, 4, 4, labels=tuple("abcdef")), 2015, 2018)
    later = by_age(57, 13, 5, 7, 4, 5, labels=tuple("abcdef"))
    told = reported(later, 2015, 2019, [old])
    assert hidden_in(told) > hidden_in(Published(2015, 2019, shown(later, "public", RULE), old.true))
    assert "c" in hidden_in(told) or "f" in hidden_in(told)


# What may be told


def test_windows_that_move_on_by_a_year_hide_nothing_of_each_other():
    world = {year: (20, 9, 8, 7) for year in range(2015, 2025)}
    before: list[Published] = []
    for first in range(2015, 2020):
        before.append(reported(pooled(world, first, first + 4), first, first + 4, before))
        assert hidden_in(before[-1]) == set()


def test_of_the_same_years_nothing_more_is_hidden_and_nothing_solved(monkeypatch):
    old = alone(by_age(2, 9, 40, 40), 2020, 2024)
    monkeypatch.setattr("exports.figures.beside._Together", None)
    assert hidden_in(reported(by_age(2, 9, 40, 40), 2020, 2024, [old])) == hidden_in(old)


def test_of_years_apart_each_is_as_it_would_be_alone():
    world = {2015: (9, 8, 40, 7), 2016: (3, 20, 6, 9)}
    old = alone(pooled(world, 2015, 2015), 2015, 2015)
    assert cells(reported(pooled(world, 2016, 2016), 2016, 2016, [old])) == cells(
        alone(pooled(world, 2016, 2016), 2016, 2016)
    )


COLUMNS = {2020: (9, 9, 9, 9), 2021: (30, 2, 2, 20), 2022: (8, 3, 9, 4), 2023: (4, 1, 30, 12)}


@pytest.mark.parametrize("years", [(2022, 2023), (2020, 2021)])
def test_a_table_by_year_beside_the_same_years_or_years_apart_keeps_its_totals(years):
    old = alone(year_by_year(COLUMNS, 2020, 2021), 2020, 2021)
    table = year_by_year(COLUMNS, *years)
    assert cells(reported(table, *years, [old])) == cells(alone(table, *years))
    assert "*" in str(cells(old))
    assert "*" not in cells(old)["Total"]


def test_one_that_was_read_of_other_years_too_has_no_total_of_what_it_hides():
    old = alone(year_by_year(COLUMNS, 2020, 2021), 2020, 2021)
    later = cells(reported(year_by_year(COLUMNS, 2021, 2022), 2021, 2022, [old]))
    assert later["Total"][1:3] == ("*", "*")


def test_numbers_that_have_changed_by_many_since_are_of_other_children_and_no_error():
    old = alone(by_age(20, 30, 40, 50), 2020, 2023)
    again = reported(by_age(12, 80, 41, 70), 2020, 2024, [old])
    assert cells(again)["Total"] == ("203",)


def test_a_category_that_one_report_does_not_have_had_no_child_in_it():
    old = alone(by_age(20, 30, 40, labels=AGES[:3]), 2020, 2023)
    assert "d" in hidden_in(reported(by_age(25, 36, 46, 3), 2020, 2024, [old]))


@pytest.mark.parametrize("rounding", [3, 5])
def test_rounded_numbers_are_known_less_closely(rounding):
    rule = Rule(rounding=rounding)
    world = {2019: (9, 9, 9, 9), 2020: (30, 20, 20, 20), 2021: (2, 9, 40, 9)}
    old = [reported(pooled(world, *years), *years, [], rule) for years in ((2019, 2020), (2019, 2019))]
    assert cells(reported(pooled(world, 2020, 2021), 2020, 2021, old, rule))["Total"] != ("*",)


# All that three reports say, solved by another library


def said(one: Published, by_year: bool, ages: tuple[str, ...] = AGES):
    """Each number or gap with the years and ages that it is the sum of, and what it truly is."""
    rows = dict(one.public.tables[0].rows)
    true = dict(one.true.tables[0].rows)
    every = range(one.first, one.last + 1)
    for row, texts in rows.items():
        for at, text in enumerate(texts):
            years = [int(row[:4])] if by_year and row != "Total" else every
            columns = (*ages, None)[at : at + 1] if by_year else ()
            of = columns if by_year and columns != (None,) else ages if by_year or row == "Total" else (row,)
            number = int(true[row][at].replace(",", ""))
            yield {(year, age) for year in years for age in of}, None if text == "*" else number, number


def solved(reports: list[Published], by_year: bool, of: set) -> tuple[float, float]:
    """The least and the most that a sum can be, for somebody who has read these reports."""
    told = [(each, number) for one in reports for each, number, _ in said(one, by_year) if number is not None]
    places = sorted(of.union(*(each for each, _ in told)))
    rows = np.array([[float(place in each) for place in places] for each, _ in told]).reshape(-1, len(places))
    goal = np.array([float(place in of) for place in places])
    low, high = (
        sign * linprog(sign * goal, rows * 0, [0] * len(told), rows, [n for _, n in told], (0, 1000)).fun
        for sign in (1, -1)
    )
    return low, high


def narrow(low: float, high: float) -> bool:
    """Whether somebody would know that there is a child, of few, and nearly how many."""
    return low > 0.999 and high < RULE.threshold - 0.001 and high - low < RULE.width - 0.001


def bounded(low: float, high: float) -> bool:
    """Whether a small number that is hidden could not be each of the small ones."""
    return low > RULE.lowest + 0.001 or high < RULE.highest - 0.001


def guarded_sums(reports: list[Published], by_year: bool):
    for one in reports:
        yield from ((of, bounded) for of, n, truly in said(one, by_year) if n is None and RULE.hides(truly))
    edges = sorted({edge for one in reports for edge in (one.first, one.last + 1)})
    for start, end in combinations(edges, 2):
        yield from (({(year, age) for year in range(start, end)}, narrow) for age in AGES)


RANGES = st.tuples(st.integers(2015, 2019), st.integers(0, 3)).map(lambda drawn: (drawn[0], sum(drawn)))


@settings(max_examples=30, deadline=None)
@given(
    numbers=st.lists(st.tuples(*[st.integers(0, 25) | st.integers(0, 4)] * 4), min_size=8, max_size=8),
    ranges=st.lists(RANGES, min_size=2, max_size=4, unique=True),
    by_year=st.booleans(),
)
def test_whatever_the_years_no_report_tells_more_of_few_children_than_those_before(numbers, ranges, by_year):
    world = dict(zip(range(2015, 2023), numbers, strict=True))
    make = year_by_year if by_year else pooled
    reports: list[Published] = []
    for first, last in ranges:
        reports.append(reported(make(world, first, last), first, last, reports))
        for of, tells in guarded_sums(reports, by_year):
            if tells(*solved(reports, by_year, of)):
                assert tells(*solved(reports[:-1], by_year, of)), (of, [(one.first, one.last) for one in reports])
