"""Rows that are written once. The database refuses to change them too (`workflow/triggers.py`)."""

from typing import Any, NoReturn

from django.core.exceptions import ValidationError
from django.db import models


class AppendOnlyQuerySet(models.QuerySet):
    def update(self, **kwargs: Any) -> NoReturn:
        raise ValidationError("This record is never changed.")

    def delete(self) -> NoReturn:
        raise ValidationError("This record is never deleted.")


class AppendOnly(models.Model):
    """Can be added and read; changing or deleting raises ValidationError."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise ValidationError("This record is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise ValidationError("This record is never deleted.")
