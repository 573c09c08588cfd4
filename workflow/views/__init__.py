"""Cases in the Wagtail admin."""

from workflow.views.actions import (
    ConfirmScopeView,
    EndHoldView,
    HoldView,
    JarView,
    MilestoneView,
    MoveView,
    NhsNumberView,
    NoteView,
    ScopeView,
    UrgencyView,
)
from workflow.views.answers import AnswerFileView, AnswerPreviewView, AnswersView, OneAnswerView
from workflow.views.case import CaseView
from workflow.views.files import FileView, PreviewView
from workflow.views.finding import FindChildView
from workflow.views.listing import CaseListView
from workflow.views.matching import CompareView
from workflow.views.notifying import NewNotificationView, TransferInView
from workflow.views.outbox import CameBackView, DealtWithView, OutboxView, TryAgainView
from workflow.views.packs import (
    FinishPackView,
    PackPdfView,
    PassageView,
    PreparePackView,
    ReadPackView,
    SavePackView,
    WithdrawPackView,
)
from workflow.views.record import AgreeView, RecordView
from workflow.views.requests import AskAgenciesView, RequestMoveView, RequestView, RequestWordView
from workflow.views.timeline import TimelineView

__all__ = [
    "AgreeView",
    "AnswerFileView",
    "AnswerPreviewView",
    "AnswersView",
    "AskAgenciesView",
    "CameBackView",
    "CaseListView",
    "CaseView",
    "CompareView",
    "ConfirmScopeView",
    "DealtWithView",
    "EndHoldView",
    "FileView",
    "FindChildView",
    "FinishPackView",
    "HoldView",
    "JarView",
    "MilestoneView",
    "MoveView",
    "NewNotificationView",
    "NhsNumberView",
    "NoteView",
    "OneAnswerView",
    "OutboxView",
    "PackPdfView",
    "PassageView",
    "PreparePackView",
    "PreviewView",
    "ReadPackView",
    "RecordView",
    "RequestMoveView",
    "RequestView",
    "RequestWordView",
    "SavePackView",
    "ScopeView",
    "TimelineView",
    "TransferInView",
    "TryAgainView",
    "UrgencyView",
    "WithdrawPackView",
]
