"""A table with one column of every kind, made for these tests only."""

from collections.abc import Iterator

import pytest
from django.db import connection, models
from import_export import fields, resources, widgets

from exports.sources import KeyField


class Shelf(models.Model):
    name = models.CharField(max_length=50)

    class Meta:
        app_label = "test_exports"

    def __str__(self) -> str:
        return self.name


class Sample(models.Model):
    text = models.TextField(null=True)  # noqa: DJ001 - what a stock column may hold
    whole = models.BigIntegerField(null=True)
    real = models.FloatField(null=True)
    money = models.DecimalField(max_digits=12, decimal_places=3, null=True)
    yes = models.BooleanField(null=True)
    day = models.DateField(null=True)
    clock = models.TimeField(null=True)
    moment = models.DateTimeField(null=True)
    span = models.DurationField(null=True)
    answers = models.JSONField(default=dict)
    shelf = models.ForeignKey(Shelf, on_delete=models.CASCADE, null=True)

    class Meta:
        app_label = "test_exports"
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def loud(self) -> str:
        return (self.text or "").upper()


class SampleResource(resources.ModelResource):
    """Every stock column, a JSON key, a path through a foreign key."""

    colour = fields.Field(attribute="answers__colour", column_name="Colour")
    deep = fields.Field(attribute="answers__home__town", column_name="Town")
    size = fields.Field(attribute="answers__size", column_name="Size", widget=widgets.IntegerWidget())
    odd = KeyField("answers", "a__b", column_name="Odd key")
    shelf_name = fields.Field(attribute="shelf__name", column_name="Shelf")

    class Meta:
        model = Sample


class SlowResource(SampleResource):
    """Some columns that only an instance can tell."""

    loud = fields.Field(attribute="loud", column_name="Loud")
    both = fields.Field(column_name="Both")

    class Meta:
        model = Sample

    def dehydrate_both(self, sample: Sample) -> str:
        return f"{sample.whole} {sample.yes}"


@pytest.fixture(scope="session")
def _tables(django_db_setup, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        with connection.schema_editor() as editor:
            editor.create_model(Shelf)
            editor.create_model(Sample)
        yield
        with connection.schema_editor() as editor:
            editor.delete_model(Sample)
            editor.delete_model(Shelf)


@pytest.fixture
def samples(_tables, db) -> type[Sample]:
    return Sample


@pytest.fixture
def resource() -> SampleResource:
    return SampleResource()


@pytest.fixture
def slow_resource() -> SlowResource:
    return SlowResource()


@pytest.fixture
def shelf(samples) -> Shelf:
    return Shelf.objects.create(name='Top, "left"')
