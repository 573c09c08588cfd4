"""Cells of a whole column at once, equal to what the stock widgets of django-import-export write one by one.

Each renderer has one shortcut, taken only by values of exactly one type; every other value goes to the widget itself.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from django.conf import settings
from django.utils import timezone
from django.utils.formats import get_format
from import_export import widgets

Values = Sequence[Any]
Render = Callable[[Values], Values]

ISO_DATE, ISO_TIME = "%Y-%m-%d", "%H:%M:%S"
# A decimal written with fewer characters than this is never in the scientific notation that very long ones get.
SHORT = 100


class Renderer(NamedTuple):
    """How a column's values become cells. An `inert` one never writes what a spreadsheet could run."""

    cells: Render
    inert: bool = False


def one_by_one(widget: widgets.Widget) -> Render:
    render = widget.render
    return lambda values: [render(value) for value in values]


def texts(widget: widgets.Widget) -> Renderer:
    render = widget.render
    return Renderer(lambda values: [value if value.__class__ is str else render(value) for value in values])


def whole_numbers(widget: widgets.Widget) -> Renderer:
    render = widget.render
    cells: Render = lambda values: [str(value) if value.__class__ is int else render(value) for value in values]  # noqa: E731
    return Renderer(cells if plain_numbers() else one_by_one(widget), inert=True)


def decimals(widget: widgets.Widget) -> Renderer:
    render = widget.render

    def cells(values: Values) -> Values:
        return [
            text if value.__class__ is Decimal and len(text := format(value, "f")) < SHORT else render(value)
            for value in values
        ]

    return Renderer(cells if plain_numbers() else one_by_one(widget), inert=True)


def floats(widget: widgets.Widget) -> Renderer:
    render = widget.render

    def cells(values: Values) -> Values:
        return [
            text if value.__class__ is float and "e" not in (text := repr(value)) else render(value) for value in values
        ]

    return Renderer(cells if plain_numbers() else one_by_one(widget), inert=True)


def yes_or_no(widget: widgets.Widget) -> Renderer:
    render = widget.render
    return Renderer(
        lambda values: ["1" if value is True else "0" if value is False else render(value) for value in values],
        inert=True,
    )


def dates(widget: widgets.DateWidget) -> Renderer:
    render, day = widget.render, dt.date
    if widget.formats[0] != ISO_DATE:
        return Renderer(one_by_one(widget))
    return Renderer(
        lambda values: [value.isoformat() if value.__class__ is day else render(value) for value in values], inert=True
    )


def moments(widget: widgets.DateTimeWidget) -> Renderer:
    render, moment = widget.render, dt.datetime
    if widget.formats[0] != f"{ISO_DATE} {ISO_TIME}" or not settings.USE_TZ:
        return Renderer(one_by_one(widget))

    def cells(values: Values) -> Values:
        zone = timezone.get_current_timezone()
        return [
            str(value.astimezone(zone))[:19] if value.__class__ is moment and value.tzinfo else render(value)
            for value in values
        ]

    return Renderer(cells, inert=True)


def times(widget: widgets.TimeWidget) -> Renderer:
    render, clock = widget.render, dt.time
    if widget.formats[0] != ISO_TIME:
        return Renderer(one_by_one(widget))
    return Renderer(
        lambda values: [str(value)[:8] if value.__class__ is clock else render(value) for value in values], inert=True
    )


def keys(widget: widgets.ForeignKeyWidget) -> Renderer | None:
    """A foreign key written as its id; one that reads the other object needs that object."""
    return texts(widget) if widget.key_is_id else None


def plain_numbers() -> bool:
    """Whether numbers are written here as Python writes them."""
    return get_format("DECIMAL_SEPARATOR") == "." and not settings.USE_THOUSAND_SEPARATOR


MAKERS: dict[type, Callable[[Any], Renderer | None]] = {
    widgets.Widget: texts,
    widgets.CharWidget: texts,
    widgets.NumberWidget: decimals,
    widgets.IntegerWidget: whole_numbers,
    widgets.DecimalWidget: decimals,
    widgets.FloatWidget: floats,
    widgets.BooleanWidget: yes_or_no,
    widgets.DateWidget: dates,
    widgets.DateTimeWidget: moments,
    widgets.TimeWidget: times,
    widgets.DurationWidget: lambda widget: Renderer(one_by_one(widget)),
    widgets.SimpleArrayWidget: lambda widget: Renderer(one_by_one(widget)),
    widgets.JSONWidget: lambda widget: Renderer(one_by_one(widget)),
    widgets.ForeignKeyWidget: keys,
}


def renderer_for(widget: widgets.Widget) -> Renderer | None:
    """The renderer of a widget whose output depends on the value alone; None when we cannot know that."""
    if maker := getattr(type(widget), "column_renderer", None) or MAKERS.get(type(widget)):
        return maker(widget) if widget.coerce_to_string else Renderer(one_by_one(widget))
    return None
