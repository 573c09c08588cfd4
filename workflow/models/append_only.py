"""Rows that are written once: kept with the forms room, which writes some too."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from forms.models.append_only import AppendOnly, AppendOnlyQuerySet

__all__ = ["AppendOnly", "AppendOnlyQuerySet", "WrittenBy"]


class WrittenBy(AppendOnly):
    """Written once, by a member of staff, at a moment."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True
