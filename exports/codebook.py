"""The codebook of a dataset: what each column is called and means, as a CSV file."""

import csv
import io
from collections.abc import Iterable

from exports.cells import safe
from exports.datasets import Column

HEADING = ("name", "title", "meaning", "type", "codes", "sensitivity", "identifying", "item")


def codebook_csv(columns: Iterable[Column]) -> str:
    """One line for each column. Codes stand as "code = words", one under the other."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(HEADING)
    writer.writerows([safe(cell) for cell in _line(column)] for column in columns)
    return buffer.getvalue()


def _line(column: Column) -> tuple[str, ...]:
    codes = "\n".join(f"{code} = {words}" for code, words in column.codes)
    identifying = "yes" if column.identifying else "no"
    return (
        column.name,
        column.title,
        column.meaning,
        column.type_label,
        codes,
        column.sensitivity_label,
        identifying,
        column.item,
    )
