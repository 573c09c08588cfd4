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
from workflow.views.outbox import OutboxView, TryAgainView
from workflow.views.requests import AskAgenciesView, RequestMoveView, RequestView, RequestWordView

__all__ = [
    "AskAgenciesView",
    "CaseListView",
    "CaseView",
    "ConfirmScopeView",
    "EndHoldView",
    "HoldView",
    "JarView",
    "MoveView",
    "NoteView",
    "OutboxView",
    "RequestMoveView",
    "RequestView",
    "RequestWordView",
    "ScopeView",
    "TryAgainView",
]
