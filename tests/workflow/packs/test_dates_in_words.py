"""Days told without their dates."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflow.packs.people import BORN, DIED, FAMILY
from workflow.packs.distances import told, when
from workflow.packs.known import Known
from workflow.packs.scanning import scan, suggested

days = st.dates(dt.date(1990, 1, 1), dt.date(2028, 12, 31))
FORMS = ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d %B %Y", "%d %b %Y", "%B %d, %Y", "%d of %B %Y", "%d/%m/%y"]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (DIED, "the day of the death"),
        (BORN, "the day of the birth"),
        (dt.date(2026, 11, 19), "1 day before the death"),
        (dt.date(2026, 11, 6), "2 weeks before the death"),
        (dt.date(2026, 12, 1), "11 days after the death"),
        (dt.date(2027, 11, 20), "11 months after the death"),
        (dt.date(2025, 3, 1), "aged 6 years"),
        (dt.date(2020, 3, 1), "aged 12 months"),
        (dt.date(2019, 3, 11), "aged 10 days"),
        (dt.date(2018, 12, 1), "2 months before the birth"),
    ],
)
def test_a_day_is_told_by_the_age_or_by_how_far_it_is_from_the_death(day, words):
    assert when(day, BORN, DIED) == words


def test_what_is_known_of_the_two_days_is_enough():
    assert when(dt.date(2025, 11, 20), None, DIED) == "11 months before the death"
    assert when(dt.date(2025, 3, 1), BORN, None) == "aged 6 years"
    assert when(dt.date(2025, 3, 1), None, None) == "[date]"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2026-11-18", "2 days before the death"),
        ("2026-11-18T14:05", "2 days before the death"),
        ("2025-03", "aged about 6 years"),
        ("2025", "aged about 6 years"),
        ("nonsense", "[date]"),
    ],
)
def test_a_stored_answer_is_told_as_exactly_as_it_was_given(value, words):
    assert told(value, BORN, DIED) == words


@given(days, st.one_of(st.none(), days), st.one_of(st.none(), days), st.booleans())
def test_no_day_is_told_with_its_year(day, born, died, about):
    words = when(day, born, died, about)
    assert str(day.year) not in words
    assert not any(month in words for month in ("January", "May ", "December"))


@given(days, st.sampled_from(FORMS))
def test_a_date_is_found_in_whatever_spelling(day, form):
    text = f"seen {day.strftime(form)} at home"
    read = suggested(text, scan(text, FAMILY))
    assert read.startswith("seen ")
    assert read.endswith(" at home")
    assert not any(character.isdigit() for character in read.replace(when(day, BORN, DIED), ""))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("on 18th November 2026", "2 days before the death"),
        ("on 18 Nov she slept", "2 days before the death she slept"),
        ("on the 20th of November", "on the day of the death"),
        ("on 20/11/26", "on the day of the death"),
        ("on 2026-11-20.", "on the day of the death."),
        ("on 18 November. Then", "2 days before the death. Then"),
        ("in March 2025", "aged about 6 years"),
        ("since Nov 18th", "since 2 days before the death"),
        ("on 31/02/2026", "on [date]"),
        ("on 11/18/2026", "2 days before the death"),
        ("born 1.3.19", "born the day of the birth"),
    ],
)
def test_a_date_reads_well_in_its_sentence(written, read):
    assert suggested(f"It was {written}", scan(f"It was {written}", FAMILY)) == f"It was {read}"


def test_a_date_without_a_year_is_the_one_nearest_to_the_death():
    known = Known(died=dt.date(2026, 1, 3))
    assert suggested("on 31 December", scan("on 31 December", known)) == "3 days before the death"


@pytest.mark.parametrize("written", ["at 3 may have slept", "then they march 2 abreast"])
def test_a_month_that_may_be_a_verb_is_left_to_a_person(written):
    assert suggested(written, scan(written, FAMILY)) == written
