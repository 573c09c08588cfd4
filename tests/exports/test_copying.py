"""What PostgreSQL copies is, byte for byte, what Python would have written."""

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from import_export import fields, resources, widgets

from exports.copying import copyable
from exports.plan import BATCH, compile_plan
from exports.writers import Tally, csv_blocks, csv_lines
from tests.exports.conftest import Sample
from tests.exports.test_plan import VALUES, make

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL copies"),
]


class Copied(resources.ModelResource):
    """Every column that can be copied, one of them through a foreign key."""

    shelf_name = fields.Field(attribute="shelf__name", column_name="Shelf")
    plain = fields.Field(attribute="text", column_name="plain", widget=widgets.CharWidget())
    number = fields.Field(attribute="money", column_name="number", widget=widgets.NumberWidget())

    class Meta:
        model = Sample
        exclude = ("real", "span", "answers", "shelf")


def written_by_python(plan, monkeypatch, **options) -> bytes:
    with monkeypatch.context() as patch:
        patch.setattr(csv_lines, "copyable", lambda plan, guarded: None)
        return b"".join(csv_blocks(plan, **options))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(VALUES, max_size=4), guarded=st.booleans())
def test_any_values_are_copied_as_python_writes_them(samples, shelf, monkeypatch, rows, guarded):
    samples.objects.all().delete()
    for index, values in enumerate(rows):
        samples.objects.create(shelf=shelf if index % 2 else None, **values)
    plan = compile_plan(Copied(), samples.objects.all())
    assert copyable(plan, guarded) is not None
    assert b"".join(csv_blocks(plan, guarded=guarded)) == written_by_python(plan, monkeypatch, guarded=guarded)


def test_copied_rows_come_in_order_narrowed_and_counted(samples, monkeypatch):
    make(samples, BATCH + 3)
    plan = compile_plan(Copied(), samples.objects.filter(whole__gt=0).order_by("-pk"))
    tally = Tally()
    assert b"".join(csv_blocks(plan, tally)) == written_by_python(plan, monkeypatch)
    assert tally.rows == BATCH + 2


def test_a_slice_is_copied_as_a_slice(samples, monkeypatch):
    make(samples, 5)
    plan = compile_plan(Copied(), samples.objects.order_by("pk")[1:3])
    assert b"".join(csv_blocks(plan)) == written_by_python(plan, monkeypatch)


def test_copying_takes_one_statement(samples):
    make(samples, 3)
    plan = compile_plan(Copied(), samples.objects.all())
    with CaptureQueriesContext(connection) as queries:
        b"".join(csv_blocks(plan))
    asked = [query["sql"][:13] for query in queries if "SAVEPOINT" not in query["sql"]]
    assert asked == ["COPY (SELECT "]


def test_no_rows_give_the_heading_alone(samples):
    for rows in (samples.objects.none(), samples.objects.all()):
        assert b"".join(csv_blocks(compile_plan(Copied(), rows))).count(b"\r\n") == 1


def test_a_copy_that_is_broken_off_leaves_the_connection_usable(samples):
    make(samples, BATCH * 3)
    samples.objects.update(text="long" * 1_000)  # more than the server sends ahead
    for _ in range(3):
        blocks = csv_blocks(compile_plan(Copied(), samples.objects.all()))
        next(blocks), next(blocks)
        blocks.close()
        assert samples.objects.count() == BATCH * 3


def test_another_time_zone_is_copied_as_python_writes_it(samples, monkeypatch):
    make(samples, 2)
    for zone in ("America/New_York", timezone.get_fixed_timezone(60)):
        with timezone.override(zone):
            plan = compile_plan(Copied(), samples.objects.all())
            assert b"".join(csv_blocks(plan)) == written_by_python(plan, monkeypatch)


@pytest.mark.parametrize(
    "field",
    [
        fields.Field(attribute="real", column_name="x", widget=widgets.FloatWidget()),
        fields.Field(attribute="answers__colour", column_name="x"),
        fields.Field(attribute="double", column_name="x", widget=widgets.IntegerWidget()),
        fields.Field(attribute="day", column_name="x", widget=widgets.DateWidget(format="%d/%m/%Y")),
        fields.Field(attribute="moment", column_name="x", widget=widgets.DateWidget()),
        fields.Field(attribute="whole", column_name="x"),
    ],
)
def test_a_column_that_sql_may_write_otherwise_keeps_the_whole_plan_with_python(samples, field):
    class Mixed(resources.Resource):
        text = fields.Field(attribute="text", column_name="text")
        other = field

    plan = compile_plan(Mixed(), samples.objects.annotate(double=F("whole") * 2))
    assert copyable(plan, guarded=True) is None
