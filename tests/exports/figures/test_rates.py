"""Rates of deaths, by the populations and births that were brought in."""

import csv
import datetime as dt
import io
import re

import pytest
from scipy.stats import chi2

from exports.disclosure import Rule
from exports.disclosure.protect import HIDDEN
from exports.figures.files import table_csv
from exports.figures.intervals import interval
from exports.figures.registry import FIGURES
from exports.figures.showing import shown
from exports.figures.years import Asked
from exports.imports.services import lists
from exports.models import HomeArea, ReferenceVersion
from tests.exports.figures.counting import YEARS, child
from tests.exports.imports.test_lists import brought

pytestmark = pytest.mark.django_db
WITH = ", with its 95% interval"
CHILDREN = f"Children who died per 100,000 children, by “Mid-years”{WITH}"
NEONATAL = f"Neonatal deaths per 1,000 live births, by “Births”{WITH}"
INFANT = f"Infant deaths per 1,000 live births, by “Births”{WITH}"


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
    return {row[0]: dict(zip(first[1:], map(plainly, row[1:]), strict=True)) for row in rest}


def plainly(text: str) -> str:
    """A rate without its interval."""
    return re.sub(r"\(\d+\.\d to \d+\.\d; ", "(", text)


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
    assert (row[0], row[-1]) == ("10", "10.0 (4.8 to 18.4; of 100,000)")


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
    assert [plainly(row[1][-1]) for row in table.rows] == ["12.0 (of 100,000)", "–", ""]


def test_the_total_of_the_years_has_no_rate(used):
    used()
    died(2023, 12)
    assert read(1)["Total"][CHILDREN] == ""


def test_rates_take_two_queries_more_and_no_more_for_many_areas(used, django_assert_max_num_queries):
    used(areas=[f"E{number}" for number in range(40)])
    with django_assert_max_num_queries(6):
        FIGURES[1].result(YEARS)


# How sure a rate is


@pytest.mark.parametrize("number", [0, 1, 2, 5, 10, 20, 47, 300, 5_000])
def test_an_interval_is_near_the_exact_one_of_rare_events(number):
    least, most = interval(number)
    assert least == pytest.approx(chi2.ppf(0.025, 2 * number) / 2 if number else 0, rel=0.06, abs=0.03)
    assert most == pytest.approx(chi2.ppf(0.975, 2 * (number + 1)) / 2, rel=0.01)
    assert 0 <= least <= number < most


def test_a_rate_says_how_far_chance_may_have_moved_it(used):
    used()
    died(2023, 20)
    [table] = shown(FIGURES[1].result(YEARS), "public", Rule()).tables
    assert dict(table.rows)["2023–24"][-1] == "20.0 (12.2 to 30.9; of 100,000)"
    assert table.columns[-1] == CHILDREN


def test_a_curve_has_the_rates_that_are_shown_and_those_of_elsewhere(used, listed):
    used()
    listed("elsewhere", [["2023", "neonatal", "England", "2.5"], ["2020", "neonatal", "England", "2.9"]], "Release")
    died(2023, 20, "0_27_days")
    died(2024, 9, "0_27_days")
    neonatal, infant = shown(FIGURES[2].result(YEARS), "public", Rule()).tables[0].curves
    assert [(row, round(rate, 1)) for row, rate, *_ in neonatal.points] == [("2023–24", 4.0)]
    assert neonatal.beside == (("England", (("2023–24", 2.5),)),)
    assert infant.beside == ()
    neonatal, _ = shown(FIGURES[2].result(YEARS), "partners", Rule()).tables[0].curves
    assert [(row, round(rate, 1)) for row, rate, *_ in neonatal.points] == [("2023–24", 4.0), ("2024–25", 1.8)]


# Of groups and of areas


YEAR = Asked(2023, 2023, YEARS.extract)
TWO = Asked(2023, 2024, YEARS.extract)
FIFTHS = [["2023", "imd_quintile", str(fifth), str(10_000 * fifth)] for fifth in range(1, 6)]
ETHNIC = [["2023", "ethnicity", group, "5000"] for group in ("White", "mixed", "ASIAN", "black", "other")]
PLACE = [["ZZ99 3WZ", "E06000031", "", "", "1"]]


@pytest.fixture
def listed(person):
    def use(kind, lines, name="Census"):
        by = person("Administrator")
        lists.use(brought(kind, lines, by, name), by)

    return use


def rows_of(number: int, asked: Asked, audience: str = "partners") -> dict[str, dict[str, str]]:
    table = shown(FIGURES[number].result(asked), audience, Rule()).tables[0]
    first, *rest = csv.reader(io.StringIO(table_csv(table)))
    return {row[0]: dict(zip(first[1:], map(plainly, row[1:]), strict=True)) for row in rest}


def home(fifth: int | None, often: int, authority: str = "E06000031") -> None:
    edition = ReferenceVersion.objects.get(kind="postcodes")
    for _ in range(often):
        case = child(dt.date(2023, 6, 1))
        HomeArea.objects.create(case=case, edition=edition, local_authority=authority, imd_quintile=fifth)


def test_ethnic_groups_have_their_share_of_the_children_who_live_here(listed):
    listed("groups", ETHNIC)
    for _ in range(10):
        child(dt.date(2023, 6, 1), ethnicity="asian_indian")
    [heading] = [each for each in rows_of(5, TWO)["Asian"] if each.startswith("Of all children")]
    assert heading == "Of all children who live here, 2023, by “Census”"
    rows = rows_of(5, TWO)
    assert (rows["Asian"][heading], rows["Not stated"][heading], rows["Total"][heading]) == (
        "20% (5,000 of 25,000)",
        "–",
        "",
    )
    assert FIGURES[5].result(TWO).missing == ()


def test_without_the_number_of_every_group_there_is_no_share(listed):
    listed("groups", ETHNIC[1:])
    child(dt.date(2023, 6, 1))
    assert not any(heading.startswith("Of all children") for heading in rows_of(5, TWO)["White"])
    assert "by ethnic group has not been brought in" in FIGURES[5].result(TWO).missing[0]


def test_fifths_of_deprivation_have_rates_of_one_year(listed):
    listed("postcodes", PLACE, "Postcodes")
    listed("groups", FIFTHS)
    home(1, 6)
    home(2, 4)
    rate = f"Children who died per 100,000 children, by “Census”{WITH}"
    rows = rows_of(6, YEAR)
    assert rows["1, the most deprived"][rate] == "60.0 (of 10,000)"
    assert rows["2"][rate] == "20.0 (of 20,000)"


def test_rates_of_several_years_are_of_all_of_them_and_only_where_each_has_a_number(listed):
    listed("postcodes", PLACE, "Postcodes")
    listed("groups", FIFTHS)
    home(1, 6)
    assert "by fifth of deprivation, for each of these years" in FIGURES[6].result(TWO).missing[0]
    listed("groups", [*FIFTHS, *(["2024", *rest] for _, *rest in FIFTHS)], "Two years")
    row = rows_of(6, TWO)["1, the most deprived"]
    assert row[f"Children who died per 100,000 children and year, by “Two years”{WITH}"] == "30.0 (of 20,000)"


def test_local_authorities_have_rates_by_the_populations_of_their_areas(listed):
    listed("postcodes", PLACE, "Postcodes")
    listed("population", [["2023", "E06000031", "", "", "50000"]], "Mid-years")
    home(1, 5)
    home(1, 5, "E10000003")
    rows = rows_of(7, YEAR)
    assert rows["E06000031"][CHILDREN] == "10.0 (of 50,000)"
    assert rows["E10000003"][CHILDREN] == "–"


def test_a_year_that_has_not_ended_has_no_rate_of_areas_either(listed):
    listed("postcodes", PLACE, "Postcodes")
    listed("population", [["2023", "E06000031", "", "", "50000"]], "Mid-years")
    home(1, 5)
    assert CHILDREN not in rows_of(7, Asked(2023, 2023, dt.date(2024, 2, 1)))["E06000031"]


def test_the_public_reads_no_rate_of_a_group_whose_number_is_hidden(listed):
    listed("postcodes", PLACE, "Postcodes")
    listed("groups", FIFTHS)
    home(1, 3)
    home(2, 30)
    home(3, 25)
    home(4, 26)
    rows = rows_of(6, YEAR, "public")
    rate = f"Children who died per 100,000 children, by “Census”{WITH}"
    assert rows["1, the most deprived"][rate] == HIDDEN
    assert rows["2"][rate] == "150.0 (of 20,000)"


def test_rates_of_elsewhere_stand_beside_ours(listed):
    lines = [["2023", "infant", "England", "3.8"], ["2023", "neonatal", "England", "2.65"]]
    listed("elsewhere", [*lines, ["2024", "neonatal", "East of England", "2"]], "Release 2024")
    died(2023, 5, "0_27_days")
    rows = rows_of(2, TWO)
    words = "neonatal and infant deaths per 1,000 live births, by “Release 2024”"
    assert [row[f"England: {words}"] for row in rows.values()] == ["2.65 and 3.8", "–", ""]
    assert [row[f"East of England: {words}"] for row in rows.values()] == ["–", "2 and –", ""]
    assert not any("comparison" in sentence for sentence in FIGURES[2].result(TWO).missing)
    assert any("comparison" in sentence for sentence in FIGURES[2].result(Asked(2020, 2021, TWO.extract)).missing)
