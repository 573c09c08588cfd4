"""Rows that are written once. The database refuses to change them too (`workflow/triggers.py`)."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NoReturn

from django.core.checks import CheckMessage, Error
from django.core.exceptions import ValidationError
from django.db import models, transaction

from forms.audit.lines import Line
from forms.inserting import insert
from forms.signals import written_once


class AppendOnlyQuerySet(models.QuerySet):
    def update(self, **kwargs: Any) -> NoReturn:
        raise ValidationError("This record is never changed.")

    def delete(self) -> NoReturn:
        raise ValidationError("This record is never deleted.")

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        with transaction.atomic(using=self.db, savepoint=False):
            rows = super().bulk_create(objs, *args, **kwargs)
            written_once.send(self.model, rows=rows)
        return rows

    def add_told(self, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Add many rows of which one line of the audit log tells already, such as those of an import (`insert`)."""
        insert(self.model, columns, rows)


class AppendOnly(models.Model):
    """Can be added and read; changing or deleting raises ValidationError.

    Each model has `audited`: the line of the audit log that a row is worth, or None where another line tells it.
    """

    audited: Callable[..., Line | None]
    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise ValidationError("This record is never changed.")
        with transaction.atomic(using=kwargs.get("using"), savepoint=False):
            super().save(*args, **kwargs)
            written_once.send(type(self), rows=[self])

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise ValidationError("This record is never deleted.")

    @classmethod
    def check(cls, **kwargs: Any) -> list[CheckMessage]:
        told = Error(f"{cls.__name__} does not say what the audit log tells of it.", obj=cls, id="cdop_forms.E001")
        return [*super().check(**kwargs), *([] if hasattr(cls, "audited") else [told])]
