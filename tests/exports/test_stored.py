"""On SQLite days, moments, decimals and yes or no are written from what is stored; the stock resource says the same."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection, models
from django.db.models import Count, Max, Value
from django.utils import timezone, translation
from import_export import fields, resources, widgets

from exports import stored
from exports.plan import compile_plan
from exports.writers import csv_blocks

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite is read as it stores"),
]


def streamed(resource, rows) -> str:
    return b"".join(csv_blocks(compile_plan(resource, rows))).decode()


def as_stored(resource, rows) -> set[str]:
    return {column.header for column in compile_plan(resource, rows).columns if column.stored}


def hours_around(*moments: dt.datetime) -> list[dt.datetime]:
    return [moment + dt.timedelta(minutes=30 * step) for moment in moments for step in range(-60, 61)]


def test_the_four_kinds_are_read_as_they_are_stored(samples, resource):
    assert as_stored(resource, samples.objects.all()) == {"money", "yes", "day", "moment"}


@pytest.mark.parametrize("zone", ["Europe/London", "America/New_York", "Asia/Kathmandu", "Pacific/Apia", "UTC"])
def test_moments_around_a_change_of_the_clocks_are_right_in_every_zone(samples, resource, zone):
    changes = [
        dt.datetime(2026, 3, 29, 1, tzinfo=dt.UTC),  # London forward, and New York three weeks before
        dt.datetime(2026, 3, 8, 7, tzinfo=dt.UTC),
        dt.datetime(2026, 10, 25, 1, tzinfo=dt.UTC),
        dt.datetime(2011, 12, 30, 10, tzinfo=dt.UTC),  # Samoa left this day out
        dt.datetime(1968, 10, 27, 0, tzinfo=dt.UTC),  # London stayed an hour ahead for three years
    ]
    samples.objects.bulk_create(samples(moment=moment) for moment in hours_around(*changes))
    with timezone.override(zone):
        assert streamed(resource, samples.objects.all()) == resource.export(samples.objects.all()).csv


def test_parts_of_a_second_are_left_out_as_in_stock(samples, resource):
    samples.objects.create(moment=dt.datetime(2026, 7, 1, 23, 59, 59, 999_999, tzinfo=dt.UTC))
    text = streamed(resource, samples.objects.all())
    assert "2026-07-02 00:59:59," in text
    assert text == resource.export(samples.objects.all()).csv


@pytest.mark.parametrize("year", [1, 999, 1847, 9999])
def test_the_first_and_last_years_there_are_come_out_as_in_stock(samples, resource, year):
    day = dt.date(year, 6, 1)
    samples.objects.create(day=day, moment=dt.datetime(year, 6, 1, 12, tzinfo=dt.UTC))
    assert streamed(resource, samples.objects.all()) == resource.export(samples.objects.all()).csv


def test_more_days_than_are_kept_are_still_right(samples, resource, monkeypatch):
    monkeypatch.setattr(stored, "DAYS_KEPT", 3)
    start = dt.datetime(2026, 3, 20, 12, tzinfo=dt.UTC)
    samples.objects.bulk_create(samples(moment=start + dt.timedelta(days=day)) for day in range(20))
    assert streamed(resource, samples.objects.all()) == resource.export(samples.objects.all()).csv


@pytest.mark.parametrize("amount", ["0", "-0.001", "0.005", "999999999.999", "-999999999.999", "5", "1234.5"])
def test_a_decimal_has_all_its_places(samples, resource, amount):
    samples.objects.create(money=Decimal(amount))
    assert streamed(resource, samples.objects.all()) == resource.export(samples.objects.all()).csv


def test_a_decimal_of_more_digits_than_a_float_holds_is_left_to_django(samples, monkeypatch):
    money = samples._meta.get_field("money")
    monkeypatch.setattr(money, "max_digits", stored.SURE_DIGITS + 1)

    class Amounts(resources.Resource):
        money = fields.Field(attribute="money", column_name="money", widget=widgets.DecimalWidget())

    assert as_stored(Amounts(), samples.objects.all()) == set()


def test_numbers_of_another_language_and_other_formats_are_left_to_the_widgets(samples):
    class Own(resources.Resource):
        money = fields.Field(attribute="money", column_name="money", widget=widgets.DecimalWidget())
        day = fields.Field(attribute="day", column_name="day", widget=widgets.DateWidget(format="%d/%m/%Y"))
        moment = fields.Field(attribute="moment", column_name="moment", widget=widgets.DateTimeWidget(format="%H:%M"))

    with translation.override("de"):
        assert as_stored(Own(), samples.objects.all()) == set()
    assert as_stored(Own(), samples.objects.all()) == {"money"}


def test_a_widget_on_a_field_of_another_kind_is_left_to_the_widget(samples):
    class Crossed(resources.Resource):
        yes = fields.Field(attribute="whole", column_name="yes", widget=widgets.BooleanWidget())
        day = fields.Field(attribute="moment", column_name="day", widget=widgets.DateWidget())
        number = fields.Field(attribute="whole", column_name="number", widget=widgets.NumberWidget())

    samples.objects.create(whole=1, moment=dt.datetime(2026, 7, 1, 23, 30, tzinfo=dt.UTC))
    rows = samples.objects.all()
    assert as_stored(Crossed(), rows) == set()
    assert streamed(Crossed(), rows) == Crossed().export(rows).csv


def test_annotations_and_groups_are_left_to_django(samples):
    class Latest(resources.Resource):
        latest = fields.Field(attribute="latest", column_name="latest", widget=widgets.DateTimeWidget())
        yes = fields.Field(attribute="yes", column_name="yes", widget=widgets.BooleanWidget())

    samples.objects.create(moment=dt.datetime(2026, 7, 1, 9, tzinfo=dt.UTC), yes=True)
    ungrouped = samples.objects.annotate(latest=Value(None, output_field=models.DateTimeField()))
    assert as_stored(Latest(), ungrouped) == {"yes"}
    grouped = samples.objects.annotate(latest=Max("moment"), how_many=Count("pk"))
    assert as_stored(Latest(), grouped) == set()
    assert streamed(Latest(), grouped) == Latest().export(grouped).csv == "latest,yes\r\n2026-07-01 10:00:00,1\r\n"


def test_a_field_that_reads_its_own_way_is_left_to_django(samples, monkeypatch):
    yes = samples._meta.get_field("yes")
    monkeypatch.setattr(yes, "from_db_value", lambda value, expression, connection: not value, raising=False)

    class Turned(resources.Resource):
        yes = fields.Field(attribute="yes", column_name="yes", widget=widgets.BooleanWidget())

    assert as_stored(Turned(), samples.objects.all()) == set()


def test_the_first_rows_of_a_sliced_queryset_are_read_the_same_way(samples, resource):
    samples.objects.bulk_create(samples(whole=number, yes=bool(number % 2)) for number in range(5))
    rows = samples.objects.order_by("-pk")[:3]
    assert streamed(resource, rows) == resource.export(rows).csv


def test_excel_still_gets_real_dates_and_numbers(samples, resource):
    samples.objects.create(day=dt.date(2026, 7, 1), yes=True, money="1.500")
    plan = compile_plan(resource, samples.objects.all(), native=True)
    assert not any(column.stored for column in plan.columns)
    row = dict(zip(plan.headers, (column[0] for column in next(plan.batches())), strict=True))
    assert row["day"] == dt.date(2026, 7, 1)
    assert row["money"] == Decimal("1.5")
