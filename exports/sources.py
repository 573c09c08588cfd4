"""Where the values of a field are in the database."""

import inspect
from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any, NamedTuple

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models.constants import LOOKUP_SEP
from django.db.models.fields.related_descriptors import ForeignKeyDeferredAttribute
from django.db.models.query_utils import DeferredAttribute
from django_fsm import FSMFieldDescriptor
from import_export.fields import Field

from exports.renderers import Values

# What `values_list` is asked for: the name of a column, or an expression.
Selected = str | models.Expression
# Attributes that give back exactly what was read from the database.
PLAIN = (DeferredAttribute, ForeignKeyDeferredAttribute, FSMFieldDescriptor)


class KeyField(Field):
    """A field whose value is one key of a JSON column, whatever characters the key has.

    `decode` turns what is stored into that dictionary, once a row however many keys are read.
    """

    def __init__(self, attribute: str, key: str, decode: Callable[[Any], Any] | None = None, **options: Any) -> None:
        super().__init__(attribute=attribute, **options)
        self.key = key
        self.decode = decode

    @property
    def source(self) -> "Source":
        return Source(self.attribute, (self.key,), self.decode)

    def get_value(self, instance: models.Model) -> Any:
        stored = super().get_value(instance)
        return self.source.dig([self.decode(stored) if self.decode else stored])[0]


class Source(NamedTuple):
    """What to select, how to open what that gives, and the keys to follow inside."""

    select: Selected
    keys: tuple[str, ...] = ()
    decode: Callable[[Any], Any] | None = None

    @property
    def opening(self) -> tuple[Selected, Any]:
        return self.select, self.decode

    def open(self, read: Mapping[Selected, Values]) -> Values:
        """The column as it was read, decoded."""
        column = read[self.select]
        return [self.decode(value) for value in column] if self.decode else column

    def dig(self, column: Values) -> Values:
        """The values at the keys."""
        if not self.keys:
            return column
        if len(self.keys) == 1:
            key = self.keys[0]
            return [value.get(key) if value.__class__ is dict else None for value in column]
        return [reduce(_step, self.keys, value) for value in column]


def _step(value: Any, key: str) -> Any:
    return value.get(key) if value.__class__ is dict else None


def source_of(field: Field, rows: models.QuerySet) -> Source | None:
    """Where a stock field's values can be read without making an instance; None when they cannot."""
    if type(field) is KeyField:
        return field.source
    if type(field) is not Field or not field.attribute:
        return None
    if field.attribute in rows.query.annotations:
        return Source(field.attribute)
    return _follow(rows.model, field.attribute.split("__"))


def field_at(model: type[models.Model], selected: Selected) -> models.Field | None:
    """The model field that a lookup leads to; None for an annotation or expression."""
    if not isinstance(selected, str):
        return None
    *relations, last = selected.split(LOOKUP_SEP)
    try:
        for name in relations:
            model = model._meta.get_field(name).related_model  # type: ignore[assignment]
        return model._meta.get_field(last)  # type: ignore[return-value]
    except FieldDoesNotExist:
        return None


def _follow(model: type[models.Model], path: list[str], prefix: str = "") -> Source | None:
    name, *rest = path
    column = _column(model, name)
    if column is None:
        return None
    if isinstance(column, models.JSONField):
        return Source(prefix + name, tuple(rest))
    if not rest:
        return Source(prefix + name) if name == column.attname else None
    if column.is_relation and name == column.name:
        return _follow(column.related_model, rest, f"{prefix}{name}__")
    return None


def _column(model: type[models.Model], name: str) -> Any:
    """The concrete field whose value an instance gives back under this name, unaltered."""
    columns = {field.attname: field for field in model._meta.concrete_fields}
    column = columns.get(name) or next((field for field in columns.values() if field.name == name), None)
    if column is None:
        return None
    return column if type(inspect.getattr_static(model, column.attname)) in PLAIN else None
