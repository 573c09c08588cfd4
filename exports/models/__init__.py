"""What leaves (datasets, returns, figures and reports, extracts for researchers), and what was brought in."""

from exports.models.factors import FoundFactor
from exports.models.figures import FigureSettings
from exports.models.imports import (
    AreaCount,
    HistoryEvent,
    HistoryImport,
    HistoryRow,
    ImportProfile,
    ListedNumber,
    PostcodeArea,
    ReferenceEvent,
    ReferenceVersion,
)
from exports.models.log import OUTCOMES, ExportEnd, ExportLog
from exports.models.ncmd import NcmdReturn, NcmdReturnChange
from exports.models.ncmd_figure import NcmdFigure
from exports.models.ncmd_limits import NcmdLimits
from exports.models.ncmd_sending import NcmdBatch, NcmdSending
from exports.models.places import HomeArea
from exports.models.prepared import PreparedExport, PreparedPart
from exports.models.report import AnnualReportPage, Freeze, FrozenFigure, ReportPdf
from exports.models.research import ResearchChange, ResearchExtract, ResearchProject, ResearchRequest

__all__ = [
    "OUTCOMES",
    "AnnualReportPage",
    "AreaCount",
    "ExportEnd",
    "ExportLog",
    "FigureSettings",
    "FoundFactor",
    "Freeze",
    "FrozenFigure",
    "HistoryEvent",
    "HistoryImport",
    "HistoryRow",
    "HomeArea",
    "ImportProfile",
    "ListedNumber",
    "NcmdBatch",
    "NcmdFigure",
    "NcmdLimits",
    "NcmdReturn",
    "NcmdReturnChange",
    "NcmdSending",
    "PostcodeArea",
    "PreparedExport",
    "PreparedPart",
    "ReferenceEvent",
    "ReferenceVersion",
    "ReportPdf",
    "ResearchChange",
    "ResearchExtract",
    "ResearchProject",
    "ResearchRequest",
]
