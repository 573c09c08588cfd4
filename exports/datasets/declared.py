"""What a dataset declares once; files, codebooks and screens all come from it."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.db.models import QuerySet
from import_export.fields import Field
from import_export.widgets import BooleanWidget, DateTimeWidget, DateWidget, IntegerWidget, Widget

from exports.plan import Plan, compile_plan
from exports.resources import AnswerWidget, ColumnsResource, DaysWidget, MonthWidget, opened
from exports.sources import KeyField
from forms.kinds.editing import SENSITIVITY
from workflow.permissions import Person, user_can_export_data

# By type of column: how a person reads a cell, and what it is to a program (Frictionless Table Schema).
TYPES = {
    "text": ("Text", "string"),
    "code": ("One code", "string"),
    "codes": ("Codes, joined by “; ”", "string"),
    "whole": ("Whole number", "integer"),
    "number": ("Number", "number"),
    "days": ("Number of days", "number"),
    "number_or_code": ("Number, or one code", "string"),
    "yes_no": ("1 for yes, 0 for no", "boolean"),
    "month": ("Month (YYYY-MM)", "yearmonth"),
    "date": ("Date (YYYY-MM-DD)", "date"),
    "part_date": ("Date (YYYY-MM-DD), or as much of it as is known", "string"),
    "moment": ("Date and time (YYYY-MM-DD HH:MM:SS, UK time)", "datetime"),
    "time": ("Time (HH:MM)", "string"),
    "group": ("Several entries (JSON)", "string"),
}
WIDGETS: dict[str, Callable[[], Widget]] = {
    "whole": IntegerWidget,
    "days": DaysWidget,
    "yes_no": BooleanWidget,
    "month": MonthWidget,
    "date": DateWidget,
    "moment": DateTimeWidget,
}
# Most sensitive first.
SENSITIVITIES = dict(SENSITIVITY) | {"N": "Not sensitive"}
IDENTIFYING = frozenset("IP")
Codes = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Column:
    """One column of a dataset: what it is called, what it means, how sensitive it is, and how it is read.

    Without `make` it is the attribute of the same name, written by the widget of its type. `item` is the item of the
    data dictionary that it answers.
    """

    name: str
    title: str
    type: str
    meaning: str = ""
    codes: Codes = ()
    sensitivity: str = "N"
    item: str = ""
    make: Callable[..., Field] | None = field(default=None, repr=False)

    @property
    def identifying(self) -> bool:
        """Whether it leaves only in an export that was asked to identify people, by a person who may."""
        return self.sensitivity in IDENTIFYING

    @property
    def type_label(self) -> str:
        return TYPES[self.type][0]

    @property
    def data_type(self) -> str:
        return TYPES[self.type][1]

    @property
    def sensitivity_label(self) -> str:
        return SENSITIVITIES[self.sensitivity]

    def field(self) -> Field:
        make = self.make or attribute(self.name, self.type)
        return make(column_name=self.name)


def attribute(path: str, kind: str) -> Callable[..., Field]:
    """How to read an attribute of the rows' model, written by the widget of this type of column."""
    return partial(Field, path, widget=WIDGETS.get(kind, Widget)())


def key(path: str, name: str, widget: Widget | None = None, sealed: bool = False) -> Callable[..., Field]:
    """How to read one key of a JSON column, or of one that is sealed."""
    return partial(KeyField, path, name, decode=opened if sealed else None, widget=widget or AnswerWidget())


class Dataset(ABC):
    """Rows and columns that may leave, each declared once."""

    name: str
    title: str
    purpose: str
    retention = "Delete your copy when the work that you gave as the reason is done."

    @abstractmethod
    def columns(self) -> list[Column]:
        """Every column there is, those that identify people included."""

    @abstractmethod
    def all_rows(self) -> QuerySet[Any]:
        """Every row there is, in a lasting order."""

    def open_to(self, user: Person) -> bool:
        """Whether this person may export anything of it."""
        return user_can_export_data(user)

    def rows(self, user: Person | None) -> QuerySet[Any]:
        """The rows this person may export. None is the operator of the server, at its shell."""
        rows = self.all_rows()
        return rows if user is None or self.open_to(user) else rows.none()

    def columns_for(self, identity: bool) -> list[Column]:
        return [column for column in self.columns() if identity or not column.identifying]

    @property
    def file_stem(self) -> str:
        """Its name as a file can bear it."""
        return self.name.replace(":", "-")

    def resource(self, identity: bool = False) -> ColumnsResource:
        return ColumnsResource(column.field() for column in self.columns_for(identity))

    def plan(self, user: Person | None, identity: bool = False, native: bool = False, most: int | None = None) -> Plan:
        """How to stream this person's rows, or the first `most` of them.

        Whether they may have `identity` is for `services` to check.
        """
        return compile_plan(self.resource(identity), self.rows(user)[:most], native)
