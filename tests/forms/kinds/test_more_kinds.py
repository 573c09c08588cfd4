"""Months, dates with a time, grids, long lists, headings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.kinds import kind_of
from forms.schema import Choice
from tests.forms.asking import ask, in_words, posted, refusal, stored

ROWS = [Choice(code="smoking", label="Smoking"), Choice(code="alcohol", label="Alcohol")]


def grid(**options):
    return ask("grid", rows=ROWS, choices=["yes", "no"], **options)


def test_a_month_and_year_are_kept_as_such():
    question = ask("month_year")
    assert stored(question, month="3", year="2026") == "2026-03"
    assert stored(question, month="March", year="2026") == "2026-03"
    assert in_words(question, "2026-03") == "March 2026"


@pytest.mark.parametrize(("month", "year"), [("13", "2026"), ("3", "26"), ("", "2026"), ("3", ""), ("x", "2026")])
def test_half_a_month_or_no_month_is_refused(month, year):
    assert "It" in refusal(ask("month_year"), month=month, year=year)


def test_a_date_and_time_are_kept_together():
    question = ask("date_time")
    assert stored(question, day="1", month="3", year="2026", time="2.05pm") == "2026-03-01T14:05"
    assert in_words(question, "2026-03-01T14:05") == "1 March 2026, 14:05"
    assert "time" in refusal(question, day="1", month="3", year="2026")


def test_a_grid_keeps_the_answer_of_each_row():
    assert stored(grid(), smoking="yes", alcohol="no") == {"smoking": "yes", "alcohol": "no"}
    assert stored(grid(), smoking="yes") == {"smoking": "yes"}
    assert stored(grid()) is None
    assert in_words(grid(), {"smoking": "yes", "alcohol": "no"}) == "Smoking: Yes\nAlcohol: No"


def test_a_mandatory_grid_names_the_row_that_is_missing():
    assert "Alcohol" in refusal(grid(required="mandatory"), smoking="yes")


def test_a_mandatory_grid_left_blank_names_every_row():
    assert refusal(grid(required="mandatory")) == "Choose an answer for “Smoking”, “Alcohol”"


def test_a_grid_takes_no_answer_that_was_not_offered():
    assert "offered" in refusal(grid(), smoking="perhaps")


def test_a_long_list_is_a_list():
    question = ask("lookup", choices=["cambridge", "ely"])
    assert stored(question, it="ely") == "ely"
    assert "offered" in refusal(question, it="paris")


@pytest.mark.parametrize("kind", ["calculated", "hidden", "heading", "information"])
def test_what_nobody_types_takes_nothing_from_a_browser(kind):
    question = ask(kind)
    assert kind_of(question).clean(question, posted({"it": "forged"})) is None
    assert not kind_of(question).typed


@given(
    st.sampled_from(["2026-03", "1999-12"]),
    st.dates().filter(lambda day: day.year >= 1900),
    st.times(),
    st.dictionaries(st.sampled_from(["smoking", "alcohol"]), st.sampled_from(["yes", "no"]), min_size=1),
)
def test_what_is_stored_fills_the_page_again_and_comes_out_the_same(month, day, time, rows):
    moment = f"{day.isoformat()}T{time.hour:02}:{time.minute:02}"
    for question, value in ((ask("month_year"), month), (ask("date_time"), moment), (grid(), rows)):
        kind = kind_of(question)
        assert kind.clean(question, posted(kind.raw(question, value))) == value
