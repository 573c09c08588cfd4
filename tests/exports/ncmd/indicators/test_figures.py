"""What is counted, of what, and in which period. Plain Python: no database."""

import datetime as dt

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from exports.ncmd.indicators.declared import INDICATORS, SHARE
from exports.ncmd.indicators.figures import Seen, figures, periods_of, seen_in
from exports.ncmd.indicators.limits import COMPLETE, Limits
from exports.ncmd.indicators.stories import Story

USUAL = Limits()
NOW = timezone.make_aware(dt.datetime(2026, 11, 20, 12))


def day(number):
    return timezone.make_aware(dt.datetime(2026, 5, 1, 10)) + dt.timedelta(days=number)


def story(**more):
    return Story(**{"died_at": day(0), "open": True} | more)


def counted(told, indicator, group="", limits=USUAL):
    """Part and base of this indicator in the year of one story."""
    found = figures(each for each in seen_in(told, NOW, limits) if (each.indicator, each.group) == (indicator, group))
    return next(((each.part, each.base) for each in found if each.span == "year"), None)


def median(told, indicator, limits=USUAL):
    found = figures(each for each in seen_in(told, NOW, limits) if each.indicator == indicator)
    return next((each.median for each in found if each.span == "year"), None)


@pytest.mark.parametrize(
    ("on", "year", "quarter"),
    [
        ((2026, 3, 31), "2025-26", "2025-26 Q4"),
        ((2026, 4, 1), "2026-27", "2026-27 Q1"),
        ((2026, 9, 30), "2026-27", "2026-27 Q2"),
        ((2026, 12, 31), "2026-27", "2026-27 Q3"),
        ((2000, 1, 1), "1999-00", "1999-00 Q4"),
    ],
)
def test_a_year_ends_on_31_march(on, year, quarter):
    moment = timezone.make_aware(dt.datetime(*on, 12))
    assert periods_of(moment) == {"year": year, "quarter": quarter}


def test_the_night_belongs_to_the_day_of_this_country():
    late = dt.datetime(2026, 6, 30, 23, 30, tzinfo=dt.UTC)
    assert periods_of(late)["quarter"] == "2026-27 Q2"


@pytest.mark.parametrize(
    ("steps", "wanted"),
    [({"ncmd": day(2)}, (1, 1)), ({"ncmd": day(2) + dt.timedelta(minutes=1)}, (0, 1)), ({}, (0, 1))],
)
def test_ncmd_is_told_within_48_hours_or_not(steps, wanted):
    assert counted(story(steps=steps), "notified_ncmd") == wanted


def test_a_death_whose_time_has_not_run_out_is_not_late():
    recent = NOW - dt.timedelta(hours=20)
    assert counted(story(died_at=recent), "notified_ncmd") is None
    assert counted(story(died_at=recent, steps={"ncmd": NOW}), "notified_ncmd") == (1, 1)


@pytest.mark.parametrize(("told", "wanted"), [(True, (1, 1)), (False, (0, 1)), (None, None)])
def test_the_limit_for_notifying_this_panel_counts_where_it_ran(told, wanted):
    assert counted(story(told_here=told), "notified_here") == wanted


def test_days_are_those_of_the_calendar_from_death_to_each_step():
    steps = {"jar": day(4), "cdrm": day(80), "panel": day(150), "final": day(153)}
    told = story(steps=steps)
    assert [median(told, f"death_to_{step}") for step in steps] == [4, 80, 150, 153]
    assert median(told, "panel_to_final") == 3


def test_what_was_not_reached_has_no_days():
    assert median(story(), "death_to_panel") is None
    assert median(story(steps={"final": day(9)}), "panel_to_final") is None


@pytest.mark.parametrize(("days", "wanted"), [(90, (1, 1, 1)), (91, (0, 1, 1)), (365, (0, 0, 1)), (366, (0, 0, 0))])
def test_a_review_is_within_the_days_that_it_took(days, wanted):
    told = story(died_at=day(-300), steps={"panel": day(-300) + dt.timedelta(days=days)})
    parts = [counted(told, f"reviewed_{which}") for which in ("first", "second", "last")]
    assert parts == [(part, 1) for part in wanted]


def test_each_item_is_known_not_known_or_blank():
    told = story(known=frozenset({"sex"}), unknown=frozenset({"ethnicity"}))
    assert [counted(told, "complete", item) for item in ("sex", "ethnicity", "postcode")] == [(1, 1), (0, 1), (0, 1)]
    assert [counted(told, "not_known", item) for item in ("sex", "ethnicity", "postcode")] == [(0, 1), (1, 1), (0, 1)]
    assert len([each for each in seen_in(told, NOW, USUAL) if each.indicator == "complete"]) == len(COMPLETE)


def test_what_is_open_for_more_than_a_year_and_what_holds_it_is_counted_while_it_is_open():
    old = NOW - dt.timedelta(days=366)
    assert counted(story(died_at=old), "open_long") == (1, 1)
    assert counted(story(died_at=old + dt.timedelta(days=2)), "open_long") is None
    assert counted(story(died_at=old, open=False), "open_long") is None
    assert counted(story(holds=frozenset({"coroner"})), "on_hold", "coroner") == (1, 1)
    assert counted(story(holds=frozenset({"coroner"}), open=False), "on_hold", "coroner") is None


@pytest.mark.parametrize(
    ("answer", "modifiable", "inadequate"),
    [
        ("identified", (1, 1), (0, 1)),
        ("none_identified", (0, 1), (0, 1)),
        ("inadequate_information", None, (1, 1)),
        (None, None, None),
    ],
)
def test_what_could_not_be_said_is_kept_apart_from_what_was_found(answer, modifiable, inadequate):
    told = story(steps={"panel": day(100)}, says={"modifiability": answer, "factors": []})
    assert (counted(told, "modifiable"), counted(told, "inadequate")) == (modifiable, inadequate)


def test_factors_without_a_grade_are_counted_of_all_factors():
    told = story(steps={"panel": day(100)}, says={"factors": [{"level": "1"}, {"level": None}, {}]})
    assert counted(told, "ungraded") == (2, 3)


def test_quartiles_are_those_of_the_days():
    seen = [Seen("death_to_panel", day(0), days=days) for days in (10, 20, 30, 40, 50)]
    year = next(each for each in figures(seen) if each.span == "year")
    assert (year.lower, year.median, year.upper, year.base) == (20, 30, 40, 5)


@given(st.lists(st.tuples(st.integers(-700, 700), st.integers(0, 5), st.integers(0, 5)), max_size=40))
def test_the_quarters_of_a_year_add_up_to_it(drawn):
    seen = [Seen("deaths", day(on), part, part + more) for on, part, more in drawn]
    found = figures(seen)
    for year in (each for each in found if each.span == "year"):
        quarters = [each for each in found if each.span == "quarter" and each.period.startswith(year.period)]
        assert 1 <= len(quarters) <= 4
        assert (sum(each.part for each in quarters), sum(each.base for each in quarters)) == (year.part, year.base)


@given(st.lists(st.floats(0, 1_000), min_size=1, max_size=30))
def test_quartiles_are_in_order_and_within_what_was_seen(days):
    year = figures([Seen("death_to_panel", day(0), days=each) for each in days])[-1]
    assert min(days) - 1e-6 <= year.lower <= year.median <= year.upper <= max(days) + 1e-6


def test_every_indicator_that_is_seen_is_declared():
    told = story(
        told_here=True,
        steps={step: day(9) for step in ("ncmd", "jar", "cdrm", "panel", "final")},
        says={"modifiability": "identified", "factors": [{}]},
        died_at=day(-900),
        holds=frozenset({"coroner"}),
    )
    seen = {each.indicator for each in seen_in(told, NOW, USUAL)}
    assert set(INDICATORS) - seen == {"requests_on_time", "duplicates"}
    assert not seen - set(INDICATORS)
    assert all(each.part <= each.base for each in seen_in(told, NOW, USUAL) if INDICATORS[each.indicator].kind == SHARE)


MOMENTS = st.datetimes(dt.datetime(2019, 4, 1), dt.datetime(2040, 3, 31)).map(timezone.make_aware)


@st.composite
def stories_of_any_kind(draw):
    died = draw(MOMENTS)
    steps = draw(st.dictionaries(st.sampled_from(["ncmd", "jar", "cdrm", "panel", "final"]), MOMENTS))
    items = st.frozensets(st.sampled_from(COMPLETE))
    found = st.sampled_from(["identified", "none_identified", "inadequate_information", None])
    levels = st.lists(st.fixed_dictionaries({"level": st.sampled_from(["0", "1", "2", None])}), max_size=4)
    return Story(
        died, draw(st.booleans()), steps, draw(st.sampled_from([True, False, None])),
        draw(st.fixed_dictionaries({"modifiability": found, "factors": levels})), draw(items), draw(items),
    )  # fmt: skip


@given(st.lists(stories_of_any_kind(), max_size=6), MOMENTS)
def test_whatever_happened_no_part_exceeds_its_base_and_the_quarters_make_the_year(told, now):
    found = figures(each for one in told for each in seen_in(one, now, USUAL))
    for each in found:
        assert 0 <= each.part <= each.base
    for year in (each for each in found if each.span == "year"):
        quarters = [
            each
            for each in found
            if (each.span, each.indicator, each.group) == ("quarter", year.indicator, year.group)
            and each.period.startswith(year.period)
        ]
        assert sum(each.part for each in quarters) == year.part
        assert sum(each.base for each in quarters) == year.base


@given(st.lists(stories_of_any_kind(), max_size=6), MOMENTS)
def test_every_death_is_counted_once_and_the_limits_to_a_review_only_widen(told, now):
    found = [each for each in figures(each for one in told for each in seen_in(one, now, USUAL)) if each.span == "year"]
    assert sum(each.part for each in found if each.indicator == "deaths") == len(told)
    parts = {name: sum(each.part for each in found if each.indicator == name) for name in USUAL.reviewed}
    assert parts["reviewed_first"] <= parts["reviewed_second"] <= parts["reviewed_last"]


def test_days_of_what_happened_before_the_death_was_recorded_are_none_below_zero():
    assert median(story(steps={"jar": day(-2)}), "death_to_jar") == 0


@pytest.mark.parametrize(
    ("moment", "year"),
    [
        (dt.datetime(2026, 3, 31, 22, 59, 59, tzinfo=dt.UTC), "2025-26"),
        (dt.datetime(2026, 3, 31, 23, 0, tzinfo=dt.UTC), "2026-27"),
        (dt.datetime(2025, 3, 31, 22, 59, tzinfo=dt.UTC), "2024-25"),
        (dt.datetime(2028, 2, 29, 12, 0, tzinfo=dt.UTC), "2027-28"),
        (dt.datetime(2100, 3, 31, 12, 0, tzinfo=dt.UTC), "2099-00"),
    ],
)
def test_the_year_turns_at_midnight_of_british_summer_time(moment, year):
    assert periods_of(moment)["year"] == year
