"""Screens on which something is done to a case: each asks, calls one service, and says what happened."""

from workflow.views.actions.base import ActionView
from workflow.views.actions.move import MoveView
from workflow.views.actions.triage import (
    ConfirmScopeView,
    JarView,
    MilestoneView,
    NhsNumberView,
    ScopeView,
    UrgencyView,
)
from workflow.views.actions.waiting import EndHoldView, HoldView, NoteView

__all__ = [
    "ActionView",
    "ConfirmScopeView",
    "EndHoldView",
    "HoldView",
    "JarView",
    "MilestoneView",
    "MoveView",
    "NhsNumberView",
    "NoteView",
    "ScopeView",
    "UrgencyView",
]
