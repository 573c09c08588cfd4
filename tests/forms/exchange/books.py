"""Workbooks as other people make them."""

from io import BytesIO
from typing import Any

from openpyxl import Workbook


def book(**sheets: list[list[Any]]) -> bytes:
    """A workbook with the rows of each sheet, header first."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
    file = BytesIO()
    workbook.save(file)
    return file.getvalue()
