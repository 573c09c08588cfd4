"""Answering researchers, in the Wagtail admin."""

from exports.research.views.listing import AskView, ProjectsView
from exports.research.views.project import ExtractView, MoveView, ProjectView

__all__ = ["AskView", "ExtractView", "MoveView", "ProjectView", "ProjectsView"]
