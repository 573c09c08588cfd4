"""What may leave, and what has left, in the Wagtail admin."""

from exports.views.dataset import CodebookView, DatasetView
from exports.views.datasets import DatasetListView
from exports.views.log import ExportLogView

__all__ = ["CodebookView", "DatasetListView", "DatasetView", "ExportLogView"]
