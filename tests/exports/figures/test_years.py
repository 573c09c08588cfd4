"""Report years run from 1 April to 31 March."""

import datetime as dt

import pytest

from exports.figures.years import Asked, ReportYear
from tests.exports.figures.counting import EXTRACT


@pytest.mark.parametrize(
    ("day", "year"),
    [((2024, 3, 31), "2023–24"), ((2024, 4, 1), "2024–25"), ((2024, 12, 31), "2024–25"), ((2000, 1, 1), "1999–00")],
)
def test_a_day_is_in_the_report_year_that_began_in_april(day, year):
    assert str(ReportYear.of(dt.date(*day))) == year


def test_a_year_ends_the_day_before_the_next_begins():
    for start in range(2008, 2030):
        assert ReportYear(start).last + dt.timedelta(days=1) == ReportYear(start + 1).first


def test_one_year_is_named_alone_and_several_from_first_to_last():
    assert str(Asked(2024, 2024, EXTRACT)) == "2024–25"
    assert str(Asked(2020, 2024, EXTRACT)) == "2020–21 to 2024–25"


def test_nothing_after_the_extract_is_asked_for():
    assert Asked(2025, 2027, EXTRACT).days == (dt.date(2025, 4, 1), EXTRACT)


@pytest.mark.parametrize(("first", "last"), [(2025, 2024), (2007, 2010), (2008, 2028)])
def test_years_that_nobody_means_are_refused(first, last):
    with pytest.raises(ValueError, match="Choose between 1 and 20 years"):
        Asked(first, last, EXTRACT)


def test_the_last_year_keeps_the_extract_and_whether_holds_count():
    assert Asked(2020, 2024, EXTRACT, holds=False).last_year == Asked(2024, 2024, EXTRACT, holds=False)
