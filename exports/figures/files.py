"""A table of a figure as a CSV file, and a file as an answer to who asks for it."""

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
    return _file(table_csv(table), "text/csv; charset=utf-8", name)


def pdf_file(data: bytes, name: str) -> HttpResponse:
    return _file(data, "application/pdf", name)


def _file(content: str | bytes, content_type: str, name: str) -> HttpResponse:
    disposition = content_disposition_header(True, name) or "attachment"
    return HttpResponse(content, content_type=content_type, headers={"Content-Disposition": disposition})
