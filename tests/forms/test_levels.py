"""Grades of older analyses are understood beside those of today."""

import pytest

from forms.definitions import read
from forms.levels import WORDS, as_current, in_words


@pytest.mark.parametrize(("level", "current"), [("0", "0"), ("1", "1"), ("1*", "1"), ("2", "2"), ("3", "2")])
def test_a_legacy_grade_has_a_nearest_grade_of_today(level, current):
    assert as_current(level, "legacy") == current


@pytest.mark.parametrize("level", WORDS["v2018"])
def test_a_grade_of_today_stays_what_it_is(level):
    assert as_current(level) == level


@pytest.mark.parametrize("level", ["1*", "3", "", "two"])
def test_a_grade_that_is_not_of_the_scheme_is_refused(level):
    with pytest.raises(KeyError):
        as_current(level)


def test_the_highest_legacy_grade_keeps_its_own_meaning():
    assert in_words("3", "legacy") == "Complete and sufficient explanation"


def test_the_analysis_form_offers_the_grades_of_today():
    pages = read("analysis")["pages"]
    (group,) = [question for page in pages for question in page["questions"] if question["key"] == "factors"]
    (level,) = [question for question in group["questions"] if question["key"] == "level"]
    assert [choice["code"] for choice in level["choices"]] == list(WORDS["v2018"])
