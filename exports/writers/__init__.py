"""Files of a plan's rows, block by block, in constant memory."""

from exports.writers.csv_lines import csv_blocks
from exports.writers.json_lines import json_blocks
from exports.writers.tally import Tally
from exports.writers.xlsx import TooLargeForExcel, check_size, join_xlsx, write_xlsx, xlsx_blocks, xlsx_piece

__all__ = [
    "Tally",
    "TooLargeForExcel",
    "check_size",
    "csv_blocks",
    "join_xlsx",
    "json_blocks",
    "write_xlsx",
    "xlsx_blocks",
    "xlsx_piece",
]
