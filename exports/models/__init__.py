"""What has left: datasets as files, and the returns to the national database. And what was brought in."""

from exports.models.imports import (
    AreaCount,
    HistoryEvent,
    HistoryImport,
    HistoryRow,
    ImportProfile,
    PostcodeArea,
    ReferenceEvent,
    ReferenceVersion,
)
from exports.models.log import OUTCOMES, ExportEnd, ExportLog
from exports.models.ncmd import NcmdReturn, NcmdReturnChange

__all__ = [
    "OUTCOMES",
    "AreaCount",
    "ExportEnd",
    "ExportLog",
    "HistoryEvent",
    "HistoryImport",
    "HistoryRow",
    "ImportProfile",
    "NcmdReturn",
    "NcmdReturnChange",
    "PostcodeArea",
    "ReferenceEvent",
    "ReferenceVersion",
]
