"""What has left: datasets as files, the returns to the national database, and extracts for researchers."""

from exports.models.log import OUTCOMES, ExportEnd, ExportLog
from exports.models.ncmd import NcmdReturn, NcmdReturnChange
from exports.models.research import ResearchChange, ResearchExtract, ResearchProject, ResearchRequest

__all__ = [
    "OUTCOMES",
    "ExportEnd",
    "ExportLog",
    "NcmdReturn",
    "NcmdReturnChange",
    "ResearchChange",
    "ResearchExtract",
    "ResearchProject",
    "ResearchRequest",
]
