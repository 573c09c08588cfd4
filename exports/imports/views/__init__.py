"""Bringing in, in the Wagtail admin."""

from exports.imports.views.asking import BeginView, ColumnsView, DiscardView, MakeView, MeaningsView, UndoView
from exports.imports.views.lists import ListsView, NewListView, UseListView
from exports.imports.views.showing import ImportsView, ImportView

__all__ = [
    "BeginView",
    "ColumnsView",
    "DiscardView",
    "ImportView",
    "ImportsView",
    "ListsView",
    "MakeView",
    "MeaningsView",
    "NewListView",
    "UndoView",
    "UseListView",
]
