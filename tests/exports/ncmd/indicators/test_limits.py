"""What the indicators are measured against is for each area to set, and the figures follow."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from exports.models import NcmdFigure, NcmdLimits
from exports.ncmd.indicators.figures import seen_in
from exports.ncmd.indicators.limits import COMPLETE, Limits
from exports.ncmd.indicators.selectors import limits_in_force
from exports.ncmd.indicators.services import work_out, work_out_daily
from exports.ncmd.indicators.stories import Story
from tests.exports.test_datasets import exported
from workflow.roles import ROLES

pytestmark = pytest.mark.django_db
PAGE = "/admin/exports/ncmd/indicators/"
STALE = "The limits were changed since"
NOW = timezone.make_aware(dt.datetime(2026, 11, 20, 12))


def address():
    return f"/admin/settings/cdop_exports/ncmdlimits/{NcmdLimits.load().pk}/"


def filled(**more):
    usual = {"hours_to_ncmd": 48, "first_days": 90, "second_days": 180, "last_days": 365, "open_days": 365}
    return usual | {"items": list(COMPLETE)} | more


def set_to(**fields):
    limits = NcmdLimits.load()
    for name, value in fields.items():
        setattr(limits, name, value)
    limits.full_clean()
    limits.save()


def part(indicator, limits, **told):
    story = Story(**{"died_at": NOW - dt.timedelta(days=100), "open": True} | told)
    return [each.part for each in seen_in(story, NOW, limits) if each.indicator == indicator]


def test_an_area_that_has_set_nothing_has_the_usual_limits():
    assert limits_in_force() == Limits()
    NcmdLimits.load()
    assert limits_in_force() == Limits()


@pytest.mark.parametrize(("hours", "told", "kept"), [(24, 24, True), (24, 25, False), (72, 72, True), (72, 73, False)])
def test_ncmd_is_told_within_the_hours_that_are_set(hours, told, kept):
    died = NOW - dt.timedelta(days=10)
    steps = {"ncmd": died + dt.timedelta(hours=told)}
    assert part("notified_ncmd", Limits(hours_to_ncmd=hours), died_at=died, steps=steps) == [kept]


@pytest.mark.parametrize(("days", "wanted"), [(30, [1, 1, 1]), (31, [0, 1, 1]), (61, [0, 0, 1]), (91, [0, 0, 0])])
def test_a_review_is_measured_by_the_days_that_are_set(days, wanted):
    limits = Limits(first_days=30, second_days=60, last_days=90)
    died = NOW - dt.timedelta(days=100)
    steps = {"panel": died + dt.timedelta(days=days)}
    reviewed = [part(name, limits, died_at=died, steps=steps) for name in limits.reviewed]
    assert reviewed == [[each] for each in wanted]


@pytest.mark.parametrize(("days", "wanted"), [(99, [1]), (100, []), (101, [])])
def test_a_case_is_open_for_long_after_the_days_that_are_set(days, wanted):
    assert part("open_long", Limits(open_days=days)) == wanted


def test_only_the_items_that_are_set_are_counted(due):
    set_to(items=["sex", "first_language"])
    work_out()
    assert set(NcmdFigure.objects.filter(indicator="complete").values_list("group", flat=True)) == {
        "sex",
        "first_language",
    }


def test_a_changed_limit_works_all_figures_out_anew_before_the_day_is_over(due):
    work_out()
    assert work_out_daily() == 0
    set_to(hours_to_ncmd=24)
    assert work_out_daily() > 0
    assert set(NcmdFigure.objects.filter(indicator="notified_ncmd").values_list("limit", flat=True)) <= {"24 hours"}
    assert work_out_daily() == 0


def test_the_page_names_the_limit_of_its_figures_and_says_when_another_was_set_since(client, person):
    made = timezone.now() - dt.timedelta(minutes=5)
    NcmdFigure.objects.create(
        indicator="reviewed_first", span="year", period="2025-26", part=1, base=2, limit="90 days", worked_out_at=made
    )
    client.force_login(person("Coordinator"))
    text = client.get(PAGE).content.decode()
    assert "Reviewed within the first limit: 90 days" in text
    assert STALE not in text
    set_to(first_days=60)
    text = client.get(PAGE).content.decode()
    assert "Reviewed within the first limit: 90 days" in text
    assert STALE in text


def test_the_dataset_says_with_which_limit_each_row_was_worked_out(due):
    NcmdFigure.objects.create(
        indicator="open_long", span="year", period="2025-26", part=1, base=1, limit="28 days", worked_out_at=NOW
    )
    rows = exported("ncmd_indicators")
    assert [row["limit"] for row in rows if row["indicator"] == "open_long"] == ["28 days"]


def test_they_are_set_by_those_who_keep_the_settings_and_by_nobody_else(client, person):
    opened, changed = set(), set()
    for number, role in enumerate(ROLES, start=100):
        client.force_login(person(role))
        opened |= {role} if client.get(address()).status_code == 200 else set()
        client.post(address(), filled(hours_to_ncmd=number))
        changed |= {role} if limits_in_force().hours_to_ncmd == number else set()
    assert opened == changed == {"Coordinator", "Administrator"}


@pytest.mark.parametrize(("role", "offered"), [("Coordinator", True), ("Analyst", False)])
def test_the_page_leads_those_who_may_to_the_setting(client, person, role, offered):
    client.force_login(person(role))
    assert ("Set the limits and items" in client.get(PAGE).content.decode()) == offered


def test_the_screen_offers_items_in_words_and_keeps_what_was_ticked(client, person):
    client.force_login(person("Coordinator"))
    assert "Mother’s body mass index (BMI) at booking" in client.get(address()).content.decode()
    client.post(address(), filled(items=["sex", "postcode"], last_days=400))
    assert (limits_in_force().items, limits_in_force().last_days) == (("sex", "postcode"), 400)


@pytest.mark.parametrize(
    "wrong",
    [
        {"first_days": 180},
        {"second_days": 400},
        {"hours_to_ncmd": 0},
        {"open_days": 3651},
        {"items": []},
        {"items": ["notifier_name"]},
        {"last_days": ""},
    ],
)
def test_limits_that_make_no_sense_are_refused(client, person, wrong):
    client.force_login(person("Coordinator"))
    assert "could not be saved due to errors" in client.post(address(), filled(**wrong)).content.decode()
    assert limits_in_force() == Limits()


def test_the_days_to_a_review_are_in_order():
    with pytest.raises(ValidationError, match="fewer than the second"):
        NcmdLimits(first_days=200).full_clean()


def test_a_limit_is_named_in_words():
    limits = Limits(hours_to_ncmd=1, open_days=400)
    named = [limits.of(each) for each in ("notified_ncmd", "reviewed_second", "open_long", "deaths")]
    assert named == ["1 hour", "180 days", "400 days", ""]


def test_reading_the_limits_takes_one_query():
    with CaptureQueriesContext(connection) as captured:
        limits_in_force()
    assert len(captured) == 1
