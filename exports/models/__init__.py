"""What has left: datasets as files, and the returns to the national database."""

from exports.models.log import OUTCOMES, ExportEnd, ExportLog
from exports.models.ncmd import NcmdReturn, NcmdReturnChange
from exports.models.ncmd_figure import NcmdFigure
from exports.models.ncmd_limits import NcmdLimits
from exports.models.ncmd_sending import NcmdBatch, NcmdSending

__all__ = [
    "OUTCOMES",
    "ExportEnd",
    "ExportLog",
    "NcmdBatch",
    "NcmdFigure",
    "NcmdLimits",
    "NcmdReturn",
    "NcmdReturnChange",
    "NcmdSending",
]
