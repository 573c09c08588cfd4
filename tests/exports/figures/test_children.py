"""Which children are counted, in which year."""

import datetime as dt

import pytest

from exports.figures.children import deaths, reviews
from exports.figures.years import Asked
from tests.exports.figures.counting import EXTRACT, YEARS, child, held, moved, panel, reviewed

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", ["duplicate", "transferred_out", "offered_to_us", "not_taken_over", "out_of_scope"])
def test_a_child_counted_elsewhere_or_out_of_scope_is_not_counted_here(state):
    child(state=state)
    assert not deaths(YEARS).exists()


@pytest.mark.parametrize("state", ["notified", "information_gathering", "panel_scheduled", "closed"])
def test_a_child_in_scope_is_counted_wherever_the_review_is(state):
    case = child(state=state)
    assert list(deaths(YEARS)) == [case]


def test_a_child_who_was_notified_twice_is_counted_once():
    first = child()
    second = child(state="duplicate")
    type(second).objects.filter(pk=second.pk).update(duplicate_of=first)
    assert list(deaths(YEARS)) == [first]


@pytest.mark.parametrize(
    ("died", "counted"),
    [((2023, 3, 31), False), ((2023, 4, 1), True), ((2026, 3, 31), True), ((2026, 4, 1), False)],
)
def test_the_day_of_death_decides_the_year(died, counted):
    child(dt.date(*died))
    assert deaths(YEARS).exists() == counted


def test_what_was_notified_after_the_extract_is_not_counted():
    child(opened=EXTRACT)
    child(opened=EXTRACT + dt.timedelta(days=1))
    assert deaths(YEARS).count() == 1


def test_a_review_is_counted_in_the_year_of_the_panel_whenever_the_child_died():
    reviewed(died=dt.date(2019, 6, 1), on=dt.date(2023, 4, 1))
    reviewed(died=dt.date(2024, 6, 1), on=dt.date(2026, 4, 1))
    assert reviews(YEARS).count() == 1


def test_a_review_that_was_opened_again_is_not_counted_until_the_panel_has_met_again():
    case = child(state="information_gathering")
    panel(case, dt.date(2025, 1, 10))
    assert not reviews(YEARS).exists()


def test_of_two_panels_the_last_one_counts():
    case = reviewed(on=dt.date(2023, 5, 1))
    panel(case, dt.date(2026, 4, 2))
    assert not reviews(YEARS).exists()
    assert reviews(Asked(2026, 2026, EXTRACT)).count() == 1


def test_a_panel_after_the_extract_does_not_count_yet():
    case = reviewed(on=dt.date(2025, 5, 1))
    panel(case, dt.date(2026, 9, 1))
    assert reviews(YEARS).get() == case


def test_reviews_that_were_ever_on_hold_can_be_left_out(person):
    case, other = child(), child()
    held(case, person("Coordinator"), dt.date(2024, 7, 1), dt.date(2024, 8, 1))
    assert deaths(YEARS).count() == 2
    assert list(deaths(Asked(2023, 2025, EXTRACT, holds=False))) == [other]


def test_a_move_that_is_no_panel_makes_no_review():
    moved(child(state="closed"), "close", "closed", dt.date(2025, 1, 1))
    assert not reviews(YEARS).exists()
