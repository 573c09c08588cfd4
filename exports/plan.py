"""Streams what a django-import-export Resource would export, in constant memory.

`Resource.export()` builds the whole dataset in memory, cell by cell. A plan is compiled once for a resource and a
queryset: one renderer per column, fed by `values_list` in batches. A column that only an instance can tell (its field
or widget is not a stock one, or it has a `dehydrate_…` method) asks the resource, instance by instance. The cells are
the same either way.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from import_export.fields import Field
from import_export.resources import Resource

from exports.renderers import Render, Values, renderer_for
from exports.sources import Selected, Source, source_of
from exports.stored import Stored, as_stored

BATCH = 500
WHOLE_DATASET = ("export", "export_resource", "after_export")


class NotStreamable(TypeError):
    """This resource changes something that only makes sense with the whole dataset in memory."""


@dataclass(frozen=True)
class Column:
    """One column of an export. Without a `source` its cells come from instances, through the resource."""

    header: str
    field: Field
    source: Source | None
    render: Render
    inert: bool
    stored: Stored | None = None

    def cells_of(self, instances: Values) -> Values:
        """The cells of a batch of instances."""
        if self.source is None:
            return self.render(instances)
        return self.render([self.field.get_value(instance) for instance in instances])


@dataclass(frozen=True)
class Plan:
    """How to write a queryset's rows, a batch of columns at a time."""

    columns: tuple[Column, ...]
    rows: Iterable[Any]
    reads_values: bool

    @property
    def headers(self) -> list[str]:
        return [column.header for column in self.columns]

    def batches(self) -> Iterator[list[Values]]:
        """The cells of up to `BATCH` rows at a time, column by column."""
        return self._from_values() if self.reads_values else self._from_instances()

    def _from_values(self) -> Iterator[list[Values]]:
        selected, readers = self._readers()
        for batch in batched(iterate(self.rows.values_list(*selected))):  # type: ignore[attr-defined]
            read = dict(zip(selected, zip(*batch, strict=True), strict=True))
            opened = {source.opening: source.open(read) for source, _ in readers}
            yield [render(source.dig(opened[source.opening])) for source, render in readers]

    def _readers(self) -> tuple[list[Selected], list[tuple[Source, Render]]]:
        """What to select, each once, and for every column where in that it is and how it is written."""
        readers = [
            (Source(column.stored.select), column.stored.render) if column.stored else (column.source, column.render)
            for column in self.columns
            if column.source
        ]
        return list(dict.fromkeys(source.select for source, _ in readers)), readers

    def _from_instances(self) -> Iterator[list[Values]]:
        for instances in batched(iterate(self.rows)):
            yield [column.cells_of(instances) for column in self.columns]


def compile_plan(resource: Resource, rows: Iterable[Any], native: bool = False) -> Plan:
    """How to stream `rows` through a resource. With `native`, numbers and dates stay what they are (for XLSX).

    Raises:
        NotStreamable: the resource overrides a step that needs every row at once.
    """
    for name in WHOLE_DATASET:
        if getattr(type(resource), name) is not getattr(Resource, name):
            raise NotStreamable(f"{type(resource).__name__}.{name} needs the whole dataset in memory.")
    resource.before_export(rows)
    rows = resource.filter_export(rows)
    columns = tuple(_column(resource, field, rows, native) for field in resource.get_export_fields())
    return Plan(columns, rows, _selects_each_row(rows) and all(column.source for column in columns))


def _column(resource: Resource, field: Field, rows: Iterable[Any], native: bool) -> Column:
    header = str(field.column_name)
    renderer, asks = renderer_for(field.widget), _asks_resource(resource, field)
    if isinstance(rows, QuerySet) and renderer and not asks and (source := source_of(field, rows)):
        if native:
            return Column(header, field, source, _native(field), inert=True)
        return Column(header, field, source, renderer.cells, renderer.inert, as_stored(field, source, rows))
    return Column(header, field, None, _through(resource, field, native), inert=False)


def _asks_resource(resource: Resource, field: Field) -> bool:
    """Whether the resource itself has a say in this field's cells."""
    if type(resource).export_field is not Resource.export_field:
        return True
    method = field.get_dehydrate_method(resource.get_field_name(field))
    return callable(method) or hasattr(resource, method)


def _through(resource: Resource, field: Field, native: bool) -> Render:
    options = {"force_native_type": True} if native else {}
    return lambda instances: [resource.export_field(field, instance, **options) for instance in instances]


def _native(field: Field) -> Render:
    render: Callable[..., Any] = field.widget.render
    return lambda values: [render(value, force_native_type=True) for value in values]


def _selects_each_row(rows: Iterable[Any]) -> bool:
    """Whether reading fewer columns gives the same rows: not with DISTINCT or UNION."""
    return isinstance(rows, QuerySet) and not (rows.query.distinct or rows.query.combinator)


def iterate(rows: Iterable[Any]) -> Iterator[Any]:
    """Rows as they come from the database, never all at once."""
    return rows.iterator(chunk_size=BATCH) if isinstance(rows, QuerySet) else iter(rows)


def batched(rows: Iterator[Any]) -> Iterator[list[Any]]:
    while batch := list(islice(rows, BATCH)):
        yield batch
