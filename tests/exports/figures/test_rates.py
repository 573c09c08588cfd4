"""Rates of deaths, by the populations and births that were brought in."""

import csv
import datetime as dt
import io

import pytest

from exports.disclosure import Rule
from exports.disclosure.protect import HIDDEN
from exports.figures.files import table_csv
from exports.figures.registry import FIGURES
from exports.figures.showing import shown
from exports.figures.years import Asked
from exports.imports.services import lists
from tests.exports.figures.counting import YEARS, child
from tests.exports.imports.test_lists import brought

pytestmark = pytest.mark.django_db
CHILDREN = "Children who died per 100,000 children, by “Mid-years”"
NEONATAL = "Neonatal deaths per 1,000 live births, by “Births”"
INFANT = "Infant deaths per 1,000 live births, by “Births”"


@pytest.fixture
def used(person):
    """Two areas of 50,000 children and 2,500 births each, in two of the three years."""

    def use(years=("2023", "2024"), areas=("E1", "E2")):
        by = person("Administrator")
        people = [[year, area, "", "", "50000"] for year in years for area in areas]
        born = [[year, area, "", "2500"] for year in years for area in areas]
        lists.use(brought("population", people, by, "Mid-years"), by)
        lists.use(brought("births", born, by, "Births"), by)

    return use


def read(number: int, audience: str = "partners") -> dict[str, dict[str, str]]:
    """By year, what stands under each heading."""
    [table] = shown(FIGURES[number].result(YEARS), audience, Rule()).tables
    first, *rest = csv.reader(io.StringIO(table_csv(table)))
    return {row[0]: dict(zip(first[1:], row[1:], strict=True)) for row in rest}


def died(year: int, often: int, age_group: str = "1_4_years") -> None:
    for _ in range(often):
        child(dt.date(year, 6, 1), age_group=age_group)


def test_without_a_list_there_is_no_rate_and_the_figure_says_what_it_needs(db):
    died(2023, 3)
    assert CHILDREN not in read(1)["2023–24"]
    assert any("Rates need the number of children" in words for words in FIGURES[1].result(YEARS).missing)
    assert any("Rates need the number of live births" in words for words in FIGURES[2].result(YEARS).missing)


def test_children_who_died_are_counted_for_every_100_000_who_live_here(used):
    used()
    died(2023, 12)
    died(2024, 7)
    rows = read(1)
    assert (rows["2023–24"][CHILDREN], rows["2024–25"][CHILDREN]) == ("12.0 (of 100,000)", "7.0 (of 100,000)")


def test_a_year_that_the_list_lacks_has_none_and_is_named(used):
    used()
    died(2025, 6)
    assert read(1)["2025–26"][CHILDREN] == "–"
    assert "“Mid-years” has no number for 2025–26." in FIGURES[1].result(YEARS).missing


def test_infant_deaths_have_the_neonatal_among_them(used):
    used()
    died(2023, 10, "0_27_days")
    died(2023, 5, "28_364_days")
    died(2023, 9)
    row = read(2)["2023–24"]
    assert (row[NEONATAL], row[INFANT]) == ("2.0 (of 5,000)", "3.0 (of 5,000)")


def test_the_public_reads_no_rate_of_a_number_that_is_hidden(used):
    used()
    for year in (2023, 2024, 2025):
        died(year, 20)
        died(year, 12, "0_27_days")
    died(2023, 2, "28_364_days")
    died(2024, 9, "28_364_days")
    died(2025, 9, "28_364_days")
    row = read(2, "public")["2023–24"]
    assert row[INFANT] == HIDDEN
    assert read(2)["2023–24"][INFANT] == "2.8 (of 5,000)"


def test_a_rate_is_of_what_is_shown_when_numbers_are_rounded(used):
    used()
    died(2023, 12)
    [table] = shown(FIGURES[1].result(YEARS), "public", Rule(rounding=5, smallest_base=1)).tables
    row = dict(table.rows)["2023–24"]
    assert (row[0], row[-1]) == ("10", "10.0 (of 100,000)")


def test_the_public_reads_no_rate_of_few_deaths(used):
    used()
    died(2023, 19)
    died(2024, 20)
    rows = read(1, "public")
    assert (rows["2023–24"][CHILDREN], rows["2024–25"][CHILDREN]) == ("–", "20.0 (of 100,000)")
    assert read(1)["2023–24"][CHILDREN] == "19.0 (of 100,000)"


def test_a_year_that_has_not_ended_has_no_rate(used):
    used(years=("2024", "2025"))
    died(2024, 12)
    died(2025, 12)
    [table] = shown(FIGURES[1].result(Asked(2024, 2025, dt.date(2026, 3, 30))), "partners", Rule()).tables
    assert [row[1][-1] for row in table.rows] == ["12.0 (of 100,000)", "–", ""]


def test_the_total_of_the_years_has_no_rate(used):
    used()
    died(2023, 12)
    assert read(1)["Total"][CHILDREN] == ""


def test_rates_take_two_queries_more_and_no_more_for_many_areas(used, django_assert_max_num_queries):
    used(areas=[f"E{number}" for number in range(40)])
    with django_assert_max_num_queries(6):
        FIGURES[1].result(YEARS)
