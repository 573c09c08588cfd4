"""What has left: datasets as files, the returns to the national database, and extracts for researchers."""

from exports.models.log import OUTCOMES, ExportEnd, ExportLog
from exports.models.ncmd import NcmdReturn, NcmdReturnChange
from exports.models.ncmd_figure import NcmdFigure
from exports.models.ncmd_sending import NcmdBatch, NcmdSending
from exports.models.research import ResearchChange, ResearchExtract, ResearchProject, ResearchRequest

__all__ = [
    "OUTCOMES",
    "ExportEnd",
    "ExportLog",
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
