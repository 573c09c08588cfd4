"""Rows that are written once: kept with the forms room, which writes some too."""

from forms.models.append_only import AppendOnly, AppendOnlyQuerySet

__all__ = ["AppendOnly", "AppendOnlyQuerySet"]
