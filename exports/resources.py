"""Columns of a dataset as a django-import-export Resource."""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from import_export.fields import Field
from import_export.resources import Resource
from import_export.widgets import Widget

from exports.renderers import Renderer, one_by_one, texts
from forms.kinds.text import ADDRESS_PARTS
from forms.sealing import unseal


class ColumnsResource(Resource):
    """A resource made of the fields it is given, in their order."""

    def __init__(self, fields: Iterable[Field], **options: Any) -> None:
        super().__init__(**options)
        self.fields = {field.column_name: field for field in fields}


class AnswerWidget(Widget):
    """An answer as it is stored: codes joined by "; ", parts of an address by ", ", repeat groups and grids as JSON."""

    column_renderer = staticmethod(texts)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        if value is None:
            return ""
        if isinstance(value, list) and not any(isinstance(item, dict) for item in value):
            return "; ".join(str(item) for item in value)
        if isinstance(value, list):
            return json.dumps(value, ensure_ascii=False)
        if isinstance(value, dict) and not value.keys() <= ADDRESS_PARTS.keys():
            return json.dumps(value, ensure_ascii=False)
        if isinstance(value, dict):
            return ", ".join(str(part) for part in value.values() if part)
        if kwargs.get("force_native_type") and isinstance(value, int | float):
            return value
        return str(value)


class MonthWidget(Widget):
    """The month of a date or moment, such as "2026-03": near enough to count by, too wide to find a child by."""

    @staticmethod
    def column_renderer(widget: Widget) -> Renderer:
        return Renderer(one_by_one(widget), inert=True)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        if value is None:
            return ""
        day = timezone.localtime(value) if isinstance(value, datetime) else value
        return f"{day.year:04}-{day.month:02}"


class DaysWidget(Widget):
    """A length of time in days, to the tenth."""

    @staticmethod
    def column_renderer(widget: Widget) -> Renderer:
        return Renderer(one_by_one(widget), inert=True)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        if value is None:
            return ""
        days = round(value / timedelta(days=1), 1)
        return days if kwargs.get("force_native_type") else str(days)


def opened(token: str | None) -> dict[str, Any]:
    """What is sealed in a token; nothing when there is none."""
    return unseal(token) if token else {}
