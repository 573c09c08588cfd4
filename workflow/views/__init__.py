"""Cases in the Wagtail admin."""

from workflow.views.actions import (
    ConfirmScopeView,
    EndHoldView,
    HoldView,
    JarView,
    MoveView,
    NoteView,
    ScopeView,
)
from workflow.views.case import CaseView
from workflow.views.listing import CaseListView

__all__ = [
    "CaseListView",
    "CaseView",
    "ConfirmScopeView",
    "EndHoldView",
    "HoldView",
    "JarView",
    "MoveView",
    "NoteView",
    "ScopeView",
]
