"""An annual report as a tagged PDF (PDF/UA-1), of what one audience reads on screen."""

from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from django.utils.formats import date_format

from content.models import AreaSettings
from content.templatetags.cdop_content import area_words
from content.typesetting import pdf_from, shown
from exports.models import AnnualReportPage
from exports.report.presenters import DrawnTable, Piece, parts_of

TEMPLATE = Path(__file__).with_name("report.typ").read_bytes()
SMALL = "* Not shown, so that no child can be found in a small number."
# The typeface that comes with Typst: the picture names one that a browser has.
WEB_FONT, SET_FONT = "Arial, sans-serif", "Libertinus Serif"


def pdf_of(page: AnnualReportPage, audience: str = "public") -> bytes:
    """Made anew each time; the published one is kept by `services.keep_pdf`."""
    return pdf_from(TEMPLATE, shown(_content(page, audience)))


def _content(page: AnnualReportPage, audience: str) -> dict[str, Any]:
    about = [unescape(area_words(page.summary))] if page.summary else []
    if page.freeze:
        day = date_format(page.freeze.extract, "j F Y")
        about.append(f"The numbers are what was known on {day}. Behind each of them is a child.")
    area = AreaSettings.in_force().area_name
    return {
        "title": page.title,
        "area": area,
        "footer": area if audience == "public" else f"{area}: for partners, with true numbers. Not for publication.",
        "about": about,
        "parts": [
            {"title": title, "pieces": [each for piece in pieces for each in _piece(piece)]}
            for title, pieces in parts_of(page, audience)
        ],
    }


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
    return {
        "caption": table.caption,
        "heading": table.heading,
        "columns": list(table.columns),
        "rows": [[row, list(texts)] for row, texts in table.rows],
        "note": SMALL if table.hides else "",
        "svg": picture["svg"].replace(WEB_FONT, SET_FONT) if picture else "",
        "alt": picture["words"] if picture else "",
    }


def texts_of(html: str) -> list[dict[str, Any]]:
    """What a block says, as headings, paragraphs and lists."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end()
    return reader.found


class _Reader(HTMLParser):
    """Keeps the words and where they break. The address of a link stands behind its words."""

    HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6", "summary")
    BREAKS = ("p", "div", "br", "section", "details", "figcaption", "blockquote")
    UNSAID = ("script", "style", "svg")

    def __init__(self) -> None:
        super().__init__()
        self.found: list[dict[str, Any]] = []
        self.words: list[str] = []
        self.kind = "text"
        self.address = ""
        self.unsaid = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.unsaid += tag in self.UNSAID
        if tag in self.HEADINGS or tag == "li":
            self.end()
            self.kind = "list" if tag == "li" else "heading"
        elif tag in self.BREAKS and self.kind == "text":
            self.end()
        elif tag == "a":
            self.address = dict(attrs).get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        self.unsaid -= tag in self.UNSAID
        if tag == "a" and self.address.startswith("http"):
            self.words.append(f" ({self.address})")
        if tag in self.HEADINGS or tag == "li" or (tag in self.BREAKS and self.kind == "text"):
            self.end()

    def handle_data(self, data: str) -> None:
        if not self.unsaid:
            self.words.append(data)

    def end(self) -> None:
        words, kind = " ".join("".join(self.words).split()), self.kind
        self.words, self.kind = [], "text"
        if not words:
            return
        if kind != "list":
            self.found.append({"kind": kind, "words": words})
        elif self.found and self.found[-1]["kind"] == "list":
            self.found[-1]["items"].append(words)
        else:
            self.found.append({"kind": "list", "items": [words]})
