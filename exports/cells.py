"""Cells that a spreadsheet shows and never runs."""

import re
from typing import Any

# What Excel, LibreOffice and Google Sheets may take for the start of a formula, full-width forms included.
RISKY = frozenset("=+-@\t\r\n＝＋－＠")
NUMBER = re.compile(r"-\d+(\.\d+)?([eE][+-]?\d+)?", re.ASCII)
# What XML 1.0 cannot hold, in any spelling.
ILLEGAL_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def safe(cell: Any) -> Any:
    """A cell with an apostrophe before what could start a formula; negative numbers stay numbers."""
    if isinstance(cell, str) and cell[:1] in RISKY and cell and not NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


def safe_column(cells: Any) -> list[Any]:
    return [safe(cell) if cell.__class__ is not str or cell[:1] in RISKY else cell for cell in cells]


def xml_text(text: str) -> str:
    """Text that an XLSX file can hold; what it cannot is shown as the replacement character."""
    return ILLEGAL_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)
