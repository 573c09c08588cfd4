"""A table of a figure as a CSV file."""

import csv
import io

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from exports.cells import safe
from exports.figures.showing import ShownTable


def table_csv(table: ShownTable) -> str:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow([safe(cell) for cell in (table.heading, *table.columns)])
    writer.writerows([safe(cell) for cell in (row, *texts)] for row, texts in table.rows)
    return buffer.getvalue()


def csv_file(table: ShownTable, name: str) -> HttpResponse:
    return HttpResponse(
        table_csv(table),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": content_disposition_header(True, name) or "attachment"},
    )
