"""Adding time limits to a moment: working days of England, months, and the ends of days."""

import datetime as dt

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from workflow.working_days import after_working_days, due, is_working_day

DAYS = st.dates(min_value=dt.date(2015, 1, 1), max_value=dt.date(2045, 12, 31))
MOMENTS = st.datetimes(min_value=dt.datetime(2015, 1, 1), max_value=dt.datetime(2045, 12, 31)).map(
    lambda moment: moment.replace(tzinfo=dt.UTC)
)
# The last Sundays of March and October, at one in the morning UTC, and the day before and after.
CHANGES = st.builds(
    lambda year, month: dt.datetime(year, month, 31 - (dt.date(year, month, 31).weekday() + 1) % 7, 1, tzinfo=dt.UTC),
    st.integers(min_value=2015, max_value=2045),
    st.sampled_from([3, 10]),
)
AROUND_A_CHANGE = st.builds(
    lambda moment, minutes: moment + dt.timedelta(minutes=minutes),
    CHANGES,
    st.integers(min_value=-1500, max_value=1500),
)
AMOUNTS = st.integers(min_value=1, max_value=60)
LONG_UNITS = st.sampled_from(["days", "working_days", "weeks", "months"])


@pytest.mark.parametrize(
    ("start", "amount", "ends"),
    [
        (dt.date(2026, 4, 1), 1, dt.date(2027, 3, 31)),
        (dt.date(2026, 3, 31), 1, dt.date(2026, 3, 31)),
        (dt.date(2026, 12, 31), 1, dt.date(2027, 3, 31)),
        (dt.date(2027, 1, 1), 2, dt.date(2028, 3, 31)),
    ],
)
def test_a_year_ends_on_31_march(start, amount, ends):
    begun = timezone.make_aware(dt.datetime.combine(start, dt.time(23, 30)))
    assert timezone.localdate(due(begun, amount, "year_ends")) == ends


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (dt.date(2026, 3, 3), True),
        (dt.date(2026, 3, 7), False),
        (dt.date(2026, 12, 25), False),
        (dt.date(2026, 12, 28), False),  # Boxing Day is a Saturday, so the Monday after is its bank holiday
        (dt.date(2026, 4, 3), False),  # Good Friday
        (dt.date(2026, 4, 6), False),  # Easter Monday
        (dt.date(2026, 3, 17), True),  # St Patrick's Day is one in Northern Ireland only
        (dt.date(2022, 9, 19), False),  # the state funeral of Queen Elizabeth II
    ],
)
def test_bank_holidays_are_those_of_england(day, working):
    assert is_working_day(day) is working


@pytest.mark.parametrize(
    ("start", "amount", "unit", "ends"),
    [
        ("2026-03-27 10:00", 48, "hours", "2026-03-29 11:00"),  # clocks go forward on the 29th
        ("2026-10-24 10:00", 48, "hours", "2026-10-26 09:00"),  # and back on the 25th
        ("2026-03-03 23:50", 1, "days", "2026-03-04 23:59"),
        ("2026-01-31 10:00", 1, "months", "2026-02-28 23:59"),
        ("2026-11-30 10:00", 3, "months", "2027-02-28 23:59"),
        ("2026-04-02 10:00", 1, "working_days", "2026-04-07 23:59"),  # over Easter
        ("2026-12-24 10:00", 2, "working_days", "2026-12-30 23:59"),
        ("2026-03-03 10:00", 6, "weeks", "2026-04-14 23:59"),
    ],
)
def test_a_limit_runs_out_when_people_expect_it(start, amount, unit, ends):
    begins = timezone.make_aware(dt.datetime.fromisoformat(start))
    assert f"{timezone.localtime(due(begins, amount, unit)):%Y-%m-%d %H:%M}" == ends


@given(DAYS, AMOUNTS)
def test_as_many_working_days_lie_between_as_were_added(day, amount):
    end = after_working_days(day, amount)
    between = [day + dt.timedelta(days=number) for number in range(1, (end - day).days + 1)]
    assert sum(is_working_day(each) for each in between) == amount
    assert is_working_day(end)


@given(DAYS, AMOUNTS, AMOUNTS)
def test_adding_in_two_steps_is_adding_at_once(day, first, second):
    assert after_working_days(after_working_days(day, first), second) == after_working_days(day, first + second)


@given(DAYS, DAYS, AMOUNTS)
def test_a_later_start_never_ends_earlier(one, other, amount):
    first, second = sorted((one, other))
    assert after_working_days(first, amount) <= after_working_days(second, amount)


@given(MOMENTS, AMOUNTS, LONG_UNITS)
def test_a_limit_in_days_or_longer_gives_the_whole_of_its_last_day(start, amount, unit):
    ends = timezone.localtime(due(start, amount, unit))
    assert ends.time() == dt.time(23, 59, 59)
    assert ends > start


@given(MOMENTS, AMOUNTS)
def test_hours_are_counted_exactly_over_clock_changes(start, amount):
    assert due(start, amount, "hours") - start == dt.timedelta(hours=amount)


@given(AROUND_A_CHANGE, st.integers(min_value=1, max_value=72))
def test_hours_over_a_clock_change_are_on_the_clock_face_one_more_or_less(start, amount):
    ends = timezone.localtime(due(start, amount, "hours"))
    shown = ends.replace(tzinfo=None) - timezone.localtime(start).replace(tzinfo=None)
    changed = ends.utcoffset() - timezone.localtime(start).utcoffset()
    assert shown == dt.timedelta(hours=amount) + changed
    assert ends - start == dt.timedelta(hours=amount)


@given(AROUND_A_CHANGE, AMOUNTS, LONG_UNITS)
def test_days_over_a_clock_change_end_with_the_day_that_was_promised(start, amount, unit):
    ends, first = timezone.localtime(due(start, amount, unit)), timezone.localdate(start)
    assert ends.time() == dt.time(23, 59, 59)
    if unit in ("days", "weeks"):
        assert ends.date() - first == dt.timedelta(**{unit: amount})
    if unit == "working_days":
        assert is_working_day(ends.date())


@given(MOMENTS, AMOUNTS, LONG_UNITS)
def test_one_more_is_never_sooner(start, amount, unit):
    assert due(start, amount, unit) < due(start, amount + 1, unit)


@given(MOMENTS, st.integers(min_value=1, max_value=36))
def test_months_keep_the_day_or_take_the_last_one(start, amount):
    first, last = timezone.localdate(start), timezone.localdate(due(start, amount, "months"))
    assert (last.year * 12 + last.month) - (first.year * 12 + first.month) == amount
    assert last.day == first.day or (last + dt.timedelta(days=1)).day == 1
