"""What a plan streams is, byte for byte, what the stock resource would have exported."""

import datetime as dt
import json
import tracemalloc

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from import_export import fields, resources, widgets

from exports.plan import BATCH, NotStreamable, compile_plan
from exports.writers import csv_blocks

pytestmark = pytest.mark.django_db

LONDON = dt.timezone(dt.timedelta(hours=1))
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12) | st.sampled_from(
    ['said "no"', "two\r\nlines", "=1+1", "+44 20 7946 0000", "-3.5", "@name", "\ttab", "a,b", " ", "Zoë 👶"]
)
KEYS = st.none() | TEXT | st.integers(-(10**6), 10**6) | st.booleans() | st.lists(TEXT, max_size=2)
ANSWERS = st.fixed_dictionaries(
    {},
    optional={"colour": KEYS, "size": KEYS, "a__b": KEYS, "home": st.none() | st.dictionaries(st.just("town"), KEYS)},
)
VALUES = st.fixed_dictionaries(
    {
        "text": st.none() | TEXT,
        "whole": st.none() | st.integers(-(2**63), 2**63 - 1),
        "real": st.none() | st.floats(allow_nan=False, allow_infinity=False, allow_subnormal=False),
        "money": st.none() | st.decimals(-(10**8), 10**8, places=3),
        "yes": st.none() | st.booleans(),
        "day": st.none() | st.dates(),
        "clock": st.none() | st.times(),
        "moment": st.none() | st.datetimes(dt.datetime(1800, 1, 1), timezones=st.sampled_from([dt.UTC, LONDON])),
        "span": st.none() | st.timedeltas(dt.timedelta(-999), dt.timedelta(999)),
        "answers": ANSWERS,
    }
)


def streamed(resource, rows, **options) -> str:
    return b"".join(csv_blocks(compile_plan(resource, rows), **options)).decode()


def make(samples, count: int) -> None:
    moment = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    samples.objects.bulk_create(
        samples(text=f"Invented {number}", whole=number, moment=moment, answers={"colour": f"c{number}"})
        for number in range(count)
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(VALUES, max_size=4))
def test_any_values_come_out_as_the_stock_resource_writes_them(samples, resource, slow_resource, shelf, rows):
    samples.objects.all().delete()
    for index, values in enumerate(rows):
        samples.objects.create(shelf=shelf if index % 2 else None, **values)
    for one in (resource, slow_resource):
        assert streamed(one, samples.objects.all(), guarded=False) == one.export(samples.objects.all()).csv


def test_more_rows_than_a_batch_come_out_in_order(samples, resource):
    make(samples, BATCH + 3)
    rows = samples.objects.order_by("-pk")
    assert streamed(resource, rows) == resource.export(rows).csv


def test_no_rows_give_the_heading_alone(samples, resource):
    assert streamed(resource, samples.objects.none()) == resource.export(samples.objects.none()).csv
    assert streamed(resource, samples.objects.all()).count("\r\n") == 1


def test_stock_columns_never_make_an_instance(samples, resource):
    plan = compile_plan(resource, samples.objects.all())
    assert plan.reads_values
    assert all(column.source for column in plan.columns)


def test_only_the_columns_of_the_plan_are_read(samples):
    class Narrow(resources.Resource):
        colour = fields.Field(attribute="answers__colour", column_name="colour")

    make(samples, 1)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        streamed(Narrow(), samples.objects.all())
    assert len(queries) == 1
    assert "text" not in queries[0]["sql"]


def test_a_column_that_needs_an_instance_is_the_only_one_that_asks_for_it(samples, slow_resource):
    plan = compile_plan(slow_resource, samples.objects.all())
    assert not plan.reads_values
    assert {column.header for column in plan.columns if column.source is None} == {"Loud", "Both"}


def test_related_columns_take_one_query_where_stock_takes_one_a_row(samples, resource, shelf):
    make(samples, 30)
    samples.objects.update(shelf=shelf)
    with CaptureQueriesContext(connection) as queries:
        ours = streamed(resource, samples.objects.all())
    assert len(queries) == 1
    assert ours == resource.export(samples.objects.all()).csv


def test_distinct_rows_stay_distinct_when_columns_are_left_out(samples):
    class Narrow(resources.Resource):
        colour = fields.Field(attribute="answers__colour", column_name="colour")

    make(samples, 2)
    samples.objects.update(answers={"colour": "red"})
    rows = samples.objects.order_by("pk").distinct()
    if connection.vendor == "postgresql":
        rows = rows.defer("answers")
    assert streamed(Narrow(), rows).count("red") == 2


def test_annotations_can_be_columns(samples):
    from django.db.models import F

    class Doubled(resources.Resource):
        double = fields.Field(attribute="double", column_name="double", widget=widgets.IntegerWidget())

    make(samples, 3)
    rows = samples.objects.annotate(double=F("whole") * 2)
    assert compile_plan(Doubled(), rows).reads_values
    assert streamed(Doubled(), rows) == Doubled().export(rows).csv == "double\r\n0\r\n2\r\n4\r\n"


def test_other_formats_and_languages_are_left_to_the_widgets(samples):
    class Own(resources.Resource):
        day = fields.Field(attribute="day", column_name="day", widget=widgets.DateWidget(format="%d/%m/%Y"))
        moment = fields.Field(attribute="moment", column_name="m", widget=widgets.DateTimeWidget(format="%d.%m.%y"))
        clock = fields.Field(attribute="clock", column_name="clock", widget=widgets.TimeWidget(format="%Hh%M"))
        money = fields.Field(attribute="money", column_name="money", widget=widgets.DecimalWidget())
        real = fields.Field(attribute="real", column_name="real", widget=widgets.FloatWidget(coerce_to_string=False))

    samples.objects.create(
        day=dt.date(2026, 3, 1), clock=dt.time(9, 5), money="1234.500", real=0.5, moment=timezone.now()
    )
    with translation.override("de"):
        text = streamed(Own(), samples.objects.all())
        assert text == Own().export(samples.objects.all()).csv
    assert "01/03/2026" in text
    assert '"1234,500"' in text


def test_moments_are_written_in_the_current_time_zone(samples, resource):
    samples.objects.create(moment=dt.datetime(2026, 7, 1, 23, 30, tzinfo=dt.UTC))
    assert "2026-07-02 00:30:00" in streamed(resource, samples.objects.all())
    with timezone.override("America/New_York"):
        assert "2026-07-01 19:30:00" in streamed(resource, samples.objects.all())


def test_a_list_of_objects_is_exported_as_well_as_a_queryset(samples, resource):
    make(samples, 3)
    rows = list(samples.objects.all())
    assert streamed(resource, rows) == resource.export(rows).csv


def test_a_resource_narrows_its_rows_as_it_would_in_stock(samples):
    class Even(resources.ModelResource):
        class Meta:
            model = samples
            fields = ("whole",)

        def filter_export(self, queryset, **kwargs):
            return queryset.filter(whole=2)

    make(samples, 4)
    assert streamed(Even(), samples.objects.all()) == "whole\r\n2\r\n"


def test_a_resource_that_needs_the_whole_dataset_is_refused(samples):
    class Whole(resources.ModelResource):
        class Meta:
            model = samples

        def after_export(self, queryset, dataset, **kwargs):
            dataset.append_col(range(len(dataset)), header="n")

    with pytest.raises(NotStreamable, match="after_export"):
        compile_plan(Whole(), samples.objects.all())


def test_a_resource_with_its_own_export_field_is_asked_for_every_cell(samples):
    class Shouting(resources.ModelResource):
        class Meta:
            model = samples
            fields = ("text",)

        def export_field(self, field, instance, **kwargs):
            return super().export_field(field, instance, **kwargs).upper()

    make(samples, 1)
    assert streamed(Shouting(), samples.objects.all()) == "text\r\nINVENTED 0\r\n"


def test_a_key_of_something_that_holds_no_keys_is_blank(samples, resource):
    samples.objects.create(answers=json.loads('["colour"]'))
    assert streamed(resource, samples.objects.all()) == resource.export(samples.objects.all()).csv


def test_memory_does_not_grow_with_the_number_of_rows(samples, resource):
    def peak(rows) -> int:
        tracemalloc.start()
        for _ in csv_blocks(compile_plan(resource, rows)):
            pass
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    make(samples, 20_000)
    peak(samples.objects.all()[:600])
    small, large = peak(samples.objects.all()[:2_000]), peak(samples.objects.all())
    assert large < small * 1.3
