"""What has left: datasets as files, and the returns to the national database."""

from exports.models.figures import FigureSettings
from exports.models.log import OUTCOMES, ExportEnd, ExportLog
from exports.models.ncmd import NcmdReturn, NcmdReturnChange
from exports.models.report import AnnualReportPage, Freeze, FrozenFigure

__all__ = [
    "OUTCOMES",
    "AnnualReportPage",
    "ExportEnd",
    "ExportLog",
    "FigureSettings",
    "Freeze",
    "FrozenFigure",
    "NcmdReturn",
    "NcmdReturnChange",
]
