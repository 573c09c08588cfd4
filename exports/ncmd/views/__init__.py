"""Returns to the national database, in the Wagtail admin."""

from exports.ncmd.views.batch import ActOnBatchView, BatchView
from exports.ncmd.views.case import CaseReturnView, MoveView, SheetView
from exports.ncmd.views.indicators import IndicatorsView
from exports.ncmd.views.listing import AgenciesView, ReturnsView
from exports.ncmd.views.sending import HandOverView, OneSendingView, SendingView

__all__ = [
    "ActOnBatchView",
    "AgenciesView",
    "BatchView",
    "CaseReturnView",
    "HandOverView",
    "IndicatorsView",
    "MoveView",
    "OneSendingView",
    "ReturnsView",
    "SendingView",
    "SheetView",
]
