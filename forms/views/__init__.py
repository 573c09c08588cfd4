"""The screens of a journey: one page at a time, on the server, with or without JavaScript."""

from forms.views.check import CheckView, SentView
from forms.views.items import ItemView, RemoveItemView
from forms.views.later import LaterView, MineView, ResumeView, ReturnView, SavedView, StopView
from forms.views.page import PageView

__all__ = [
    "CheckView",
    "ItemView",
    "LaterView",
    "MineView",
    "PageView",
    "RemoveItemView",
    "ResumeView",
    "ReturnView",
    "SavedView",
    "SentView",
    "StopView",
]
