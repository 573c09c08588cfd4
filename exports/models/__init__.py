"""What leaves: datasets, returns to the national database, figures and reports, extracts for researchers."""

from exports.models.figures import FigureSettings
from exports.models.log import OUTCOMES, ExportEnd, ExportLog
from exports.models.ncmd import NcmdReturn, NcmdReturnChange
from exports.models.ncmd_figure import NcmdFigure
from exports.models.ncmd_sending import NcmdBatch, NcmdSending
from exports.models.report import AnnualReportPage, Freeze, FrozenFigure
from exports.models.research import ResearchChange, ResearchExtract, ResearchProject, ResearchRequest

__all__ = [
    "OUTCOMES",
    "AnnualReportPage",
    "ExportEnd",
    "ExportLog",
    "FigureSettings",
    "Freeze",
    "FrozenFigure",
    "NcmdBatch",
    "NcmdFigure",
    "NcmdReturn",
    "NcmdReturnChange",
    "NcmdSending",
    "ResearchChange",
    "ResearchExtract",
    "ResearchProject",
    "ResearchRequest",
]
