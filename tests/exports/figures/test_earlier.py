"""What earlier reports showed is known to whoever reads the next one: together they give nothing away."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from exports.disclosure import Cell, Rule, Table, protect
from exports.disclosure.knowledge import Knowledge
from exports.figures.earlier import Published, told_before, told_of_more
from exports.figures.showing import shown
from exports.figures.tables import FigureTable, Result
from exports.figures.together import check_together, hides_a_year
from exports.figures.years import Asked
from tests.exports.disclosure.test_protect import attack

RULE = Rule()
LABELS = ("a", "b", "c", "d")


def by_age(*numbers: int, labels: tuple[str, ...] = LABELS, caption: str = "By age") -> Result:
    counts = {Cell(label): number for label, number in zip(labels, numbers, strict=True)}
    return Result((FigureTable(caption, "Children", "Age", labels, counts),))


def by_year(numbers: dict[str, int]) -> Result:
    counts = {Cell(year): number for year, number in numbers.items()}
    return Result((FigureTable("By year", "Children", "Year", tuple(numbers), counts),))


def by_year_and_age(rows: dict[str, tuple[int, ...]]) -> Result:
    counts = {
        Cell(year, age): number
        for year, row in rows.items()
        for age, number in zip(LABELS, row, strict=False)
        if number
    }
    columns = LABELS[: len(next(iter(rows.values())))]
    return Result((FigureTable("By year and age", "Children", "Year", tuple(rows), counts, "Age", columns),))


def published(result: Result, first: int, last: int, before=None) -> Published:
    return Published(first, last, shown(result, "public", RULE, before), shown(result, "partners", RULE))


def next_to(old: Published, result: Result, first: int, last: int) -> Published:
    return published(result, first, last, told_before(result, Asked(first, last), [old], RULE))


def cells(one: Published, table: int = 0) -> dict[str, tuple[str, ...]]:
    return dict(one.public.tables[table].rows)


def hidden_in(one: Published) -> set[str]:
    return {row for row, (text, *_) in cells(one).items() if text == "*"}


# The same years again


def test_what_was_hidden_stays_hidden_although_another_choice_would_do_now():
    old = published(by_age(2, 9, 40, 40), 2020, 2024)
    assert hidden_in(old) == {"a", "b"}
    alone = published(by_age(2, 9, 8, 40), 2020, 2024)
    assert cells(alone)["c"] == ("*",)
    again = next_to(old, by_age(2, 9, 8, 40), 2020, 2024)
    assert [cells(again)[row] for row in LABELS] == [("*",), ("*",), ("8",), ("40",)]


def test_what_nobody_has_read_before_changes_nothing():
    result = by_age(2, 9, 40, 40)
    assert told_before(result, Asked(2020, 2024), [], RULE) == {}
    assert shown(result, "public", RULE, {}) == shown(result, "public", RULE)


def test_partners_read_true_numbers_all_the_same():
    result = by_age(20, 9, 40, 40)
    told = told_before(result, Asked(2020, 2024), [published(by_age(2, 9, 40, 40), 2020, 2024)], RULE)
    assert "*" not in str(shown(result, "partners", RULE, told))


def test_a_number_that_became_small_is_hidden_although_it_was_shown():
    again = next_to(published(by_age(20, 9, 40, 40), 2020, 2024), by_age(3, 9, 40, 40), 2020, 2024)
    assert cells(again)["a"] == ("*",)


def test_a_category_that_is_new_is_shown_like_any():
    old = published(by_age(20, 9, 40, labels=LABELS[:3]), 2020, 2024)
    assert cells(next_to(old, by_age(20, 9, 40, 12), 2020, 2024))["d"] == ("12",)


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(st.tuples(*[st.integers(0, 30)] * 3), min_size=3, max_size=3),
    changes=st.tuples(*[st.integers(0, 2)] * 3),
)
def test_of_two_reports_whose_years_overlap_each_hidden_number_stays_as_open_as_before(rows, changes):
    y1, y2, y3 = rows
    old = by_year_and_age({"1": y1, "2": y2})
    new = by_year_and_age({"2": y2, "3": y3})
    first = published(old, 2020, 2021)
    told = told_before(new, Asked(2021, 2022), [first], RULE)
    (part,) = new.tables[0].parts.values()
    second = protect(part, RULE, *told["By year and age", ""])
    read = {("Year: 2", age): text for age, text in zip((*LABELS[:3], None), cells(first)["2"], strict=False)}
    known = {Cell(row, age and f"Age: {age}") for (row, age), text in read.items() if text != "*"}
    hidden = second.hidden - known
    assert hidden >= {Cell(row, age and f"Age: {age}") for (row, age), text in read.items() if text == "*"}
    for cell in hidden - second.exposed:
        low, high = attack(part, frozenset(hidden), cell)
        assert high - low >= RULE.width


def known_of_both(old: Published, new: Published) -> list[tuple[set[tuple[str, str]], int]]:
    """What both reports say: that some cells, by year and age, add up to a number."""
    said = []
    for one in (old, new):
        rows = cells(one)
        years = [year for year in rows if year != "Total"]
        for year, texts in rows.items():
            for age, text in zip((*LABELS[:3], ""), texts, strict=False):
                if text != "*":
                    of = {
                        (y, a) for y in ([year] if year != "Total" else years) for a in ([age] if age else LABELS[:3])
                    }
                    said.append((of, int(text)))
    return said


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.tuples(*[st.integers(0, 30)] * 3), min_size=4, max_size=4), overlap=st.sampled_from([1, 2, 3]))
def test_totals_of_other_years_do_not_tell_of_a_year_that_only_one_report_has(rows, overlap):
    years = {str(number): row for number, row in enumerate(rows)}
    first, second = "012", "0123"[3 - overlap :]
    results = [by_year_and_age({year: years[year] for year in which}) for which in (first, second)]
    assume(not hides_a_year(results[0], RULE, {}))
    old = published(results[0], 2020, 2022)
    told = told_before(results[1], Asked(2024 - len(second), 2023), [old], RULE)
    assume(not hides_a_year(results[1], RULE, told))
    new = published(results[1], 2024 - len(second), 2023, told)
    places = sorted({(year, age) for year in years for age in LABELS[:3]})
    said = known_of_both(old, new)
    equations = np.array([[place in of for place in places] for of, _ in said], dtype=float)
    for number, (year, age) in enumerate(places):
        if not RULE.hides(years[year][LABELS.index(age)]):
            continue
        goal = np.zeros(len(places))
        goal[number] = 1
        low, high = (
            linprog(sign * goal, A_eq=equations, b_eq=[total for _, total in said], method="highs").x[number]
            for sign in (1, -1)
        )
        assert high - low >= RULE.width - 0.001, (year, age, low, high)


# One range within the other


def test_a_year_more_does_not_tell_of_the_few_children_of_that_year():
    old = published(by_age(20, 30, 40, 50), 2020, 2023)
    alone = published(by_age(22, 45, 41, 70), 2020, 2024)
    assert "*" not in str(cells(alone))
    assert hidden_in(next_to(old, by_age(22, 45, 41, 70), 2020, 2024)) == {"a", "b", "c"}


def test_nor_does_a_year_less():
    old = published(by_age(22, 45, 41, 70), 2020, 2024)
    assert hidden_in(next_to(old, by_age(20, 30, 40, 50), 2020, 2023)) == {"a", "b", "c"}


def test_many_children_of_the_year_between_may_be_told():
    old = published(by_age(20, 30, 40, 50), 2020, 2023)
    assert "*" not in str(cells(next_to(old, by_age(30, 45, 60, 70), 2020, 2024)))


@settings(max_examples=60, deadline=None)
@given(old=st.tuples(*[st.integers(5, 40)] * 4), between=st.tuples(*[st.integers(0, 20)] * 4))
def test_no_small_number_of_the_years_between_can_be_worked_out(old, between):
    first = published(by_age(*old), 2020, 2023)
    second = next_to(first, by_age(*(one + other for one, other in zip(old, between, strict=True))), 2020, 2024)
    both = {row for row in (*LABELS, "Total") if (cells(first)[row], cells(second)[row]).count(("*",)) == 0}
    table = Table(LABELS, {Cell(label): number for label, number in zip(LABELS, between, strict=True)})
    hidden = frozenset(Cell(row) if row != "Total" else Cell() for row in {*LABELS, "Total"} - both)
    for cell, number in table.values.items():
        assert cell in hidden or not RULE.hides(number)
    for cell in hidden:
        low, high = attack(table, hidden, cell)
        assert high - low >= RULE.width


# Other years


def test_ranges_that_only_overlap_hide_nothing_of_each_other():
    old = published(by_age(2, 9, 40, 40), 2019, 2023)
    assert hidden_in(next_to(old, by_age(20, 9, 40, 40), 2020, 2024)) == set()


def test_of_figures_by_year_the_years_that_both_have_are_compared():
    old = published(by_year({"2022": 3, "2023": 30, "2024": 8}), 2022, 2024)
    told = told_before(by_year({"2023": 30, "2024": 8, "2025": 20}), Asked(2023, 2025), [old], RULE)
    (earlier,) = told.values()
    assert Cell("Year: 2024") in earlier.hidden
    assert Cell("Year: 2023") in earlier.shown
    assert Cell() not in earlier.hidden | earlier.shown


def test_a_year_that_was_hidden_keeps_the_report_from_being_frozen_for_the_public():
    old = published(by_year_and_age({"2023": (1, 1, 1), "2024": (9, 8, 7)}), 2023, 2024)
    result = by_year_and_age({"2023": (9, 8, 7), "2024": (9, 8, 7)})
    told = told_before(result, Asked(2023, 2024), [old], RULE)
    assert hides_a_year(result, RULE, told)
    assert not hides_a_year(result, RULE, {})


def test_tables_side_by_side_are_checked_with_what_was_read_before():
    result = by_age(20, 9, 40, 40)
    again = by_age(20, 9, 40, 40, caption="By age, again")
    check_together([(result, {}), (again, {})], RULE)
    told = told_before(result, Asked(2020, 2024), [published(by_age(2, 9, 40, 40), 2020, 2024)], RULE)
    with pytest.raises(ValueError, match="share “Age: "):
        check_together([(result, told), (again, {})], RULE)


# The same figure without reviews that were on hold


def of_fewer(result: Result, wider: Published) -> Published:
    told = told_of_more(result, wider, RULE)
    return Published(2024, 2024, shown(result, "public", RULE, told), shown(result, "partners", RULE))


def test_children_whose_review_was_on_hold_are_not_told_by_leaving_them_out():
    every = published(by_age(22, 45, 41, 70), 2024, 2024)
    assert hidden_in(every) == set()
    assert hidden_in(of_fewer(by_age(20, 30, 40, 50), every)) == {"a", "b", "c"}


def test_what_is_hidden_of_all_is_hidden_of_fewer():
    every = published(by_age(2, 9, 40, 40), 2024, 2024)
    assert hidden_in(every) == {"a", "b"}
    assert hidden_in(of_fewer(by_age(0, 9, 30, 20), every)) >= {"a", "b"}


@settings(max_examples=60, deadline=None)
@given(
    fewer=st.tuples(*[st.integers(0, 12)] * 4),
    held=st.tuples(*[st.integers(0, 8)] * 4),
)
def test_with_and_without_holds_side_by_side_tell_of_no_few_children(fewer, held):
    every = published(by_age(*(one + other for one, other in zip(fewer, held, strict=True))), 2024, 2024)
    less = of_fewer(by_age(*fewer), every)
    known = Knowledge()
    for one, who in ((every, ("fewer", "held")), (less, ("fewer",))):
        for row, (text, *_) in cells(one).items():
            if text != "*":
                known.tell([(each, age) for each in who for age in (LABELS if row == "Total" else (row,))], int(text))
    for numbers, who in ((held, ("held",)), (fewer, ("fewer",)), (np.add(fewer, held), ("fewer", "held"))):
        for age, number in zip(LABELS, numbers, strict=True):
            if RULE.hides(number):
                of = [(each, age) for each in who]
                assert known.most(of) - known.least(of) >= RULE.width, (who, age, number)
