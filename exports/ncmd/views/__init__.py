"""Returns to the national database, in the Wagtail admin."""

from exports.ncmd.views.case import CaseReturnView, MoveView, SheetView
from exports.ncmd.views.listing import AgenciesView, ReturnsView

__all__ = ["AgenciesView", "CaseReturnView", "MoveView", "ReturnsView", "SheetView"]
