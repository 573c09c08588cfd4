"""An annual report as a tagged PDF (PDF/UA-1), of what one audience reads on screen."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from html import unescape
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from content.models import AreaSettings
from content.templatetags.cdop_content import area_words
from content.typesetting import pdf_from, shown
from exports.figures.vega import picture_of
from exports.models import AnnualReportPage
from exports.report.presenters import DrawnTable, Piece, parts_of
from exports.report.texts import texts_of

TEMPLATE = Path(__file__).with_name("report.typ").read_bytes()
SMALL = "* Not shown, so that no child can be found in a small number."
# The typeface that comes with Typst: the picture names one that a browser has.
WEB_FONT, SET_FONT = "Arial, sans-serif", "Libertinus Serif"


def pdf_of(page: AnnualReportPage, audience: str = "public", reader: str = "") -> bytes:
    """Made anew each time; the published one is kept by `services.keep_pdf`. A `reader` is named on every page."""
    return pdf_from(TEMPLATE, shown(_content(page, audience, reader)))


def _content(page: AnnualReportPage, audience: str, reader: str = "") -> dict[str, Any]:
    about = [unescape(area_words(page.summary))] if page.summary else []
    if page.freeze:
        day = date_format(page.freeze.extract, "j F Y")
        about.append(f"The numbers are what was known on {day}. Behind each of them is a child.")
    area = AreaSettings.in_force().area_name
    return {
        "title": page.title,
        "area": area,
        "footer": area if audience == "public" else _in_confidence(area, reader),
        "about": about,
        "parts": [
            {"title": title, "pieces": in_steps(each for piece in pieces for each in _piece(piece))}
            for title, pieces in parts_of(page, audience)
        ],
    }


def _in_confidence(area: str, reader: str) -> str:
    taken = f" Taken by {reader}, {date_format(timezone.localdate(), 'j F Y')}." if reader else ""
    return f"{area}: for partners, with true numbers. Not for publication.{taken}"


def in_steps(pieces: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """With headings of which none is more than one level below the one before: the part's own is the first level."""
    found, above = list(pieces), 1
    for piece in found:
        if piece["kind"] == "heading":
            above = piece["level"] = min(piece["level"], above + 1)
        elif piece["kind"] == "figure":
            above = 3
    return found


def _piece(piece: Piece) -> Iterator[dict[str, Any]]:
    if piece.figure and piece.reading:
        yield {
            "kind": "figure",
            "words": f"{piece.figure.title}, {piece.figure.years}",
            "meaning": piece.figure.meaning,
            "tables": [_table(drawn) for drawn in piece.tables],
            "measures": list(piece.reading.measures),
        }
    elif piece.block:
        yield from texts_of(str(piece.block))


def _table(drawn: DrawnTable) -> dict[str, Any]:
    table, picture = drawn.table, drawn.picture
    if drawn.chart:  # Partners’ bars, which are not kept as a picture.
        made = picture_of(table)
        picture = asdict(made) if made else None
    return {
        "caption": table.caption,
        "heading": table.heading,
        "columns": list(table.columns),
        "rows": [[row, list(texts)] for row, texts in table.rows],
        "notes": [*([table.note] if table.note else []), *([SMALL] if table.hides else [])],
        "svg": picture["svg"].replace(WEB_FONT, SET_FONT) if picture else "",
        "alt": picture["words"] if picture else "",
    }
