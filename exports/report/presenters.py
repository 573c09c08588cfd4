"""A report as it is read: parts, text and the figures that were frozen."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from exports.figures.drawn import DrawnTable, drawn
from exports.figures.registry import FIGURES
from exports.figures.showing import Shown
from exports.models import AnnualReportPage, FrozenFigure


@dataclass(frozen=True)
class Piece:
    """A block of text, or a figure with its tables; neither where this reader is not to see the figure."""

    block: Any
    figure: FrozenFigure | None = None
    reading: Shown | None = None
    tables: tuple[DrawnTable, ...] = ()


def parts_of(page: AnnualReportPage, audience: str = "public") -> list[tuple[str, list[Piece]]]:
    """Title and pieces of each part. The public reads its own figures, partners all of them with true numbers."""
    frozen = page.frozen()
    if audience == "public":
        frozen = {block: each for block, each in frozen.items() if each.audience == "public"}
    return [
        (part.value["title"], [_piece(block, frozen, audience == "public") for block in part.value["body"]])
        for part in page.body
    ]


def _piece(block: Any, frozen: dict[str, FrozenFigure], public: bool) -> Piece:
    if block.block_type != "figure":
        return Piece(block)
    figure = frozen.get(block.id)
    if figure is None:
        return Piece(None)
    reading = figure.reading if public else figure.reading_of_partners
    return Piece(None, figure, reading, tuple(_drawn(figure, reading, public)))


def _drawn(figure: FrozenFigure, reading: Shown, public: bool) -> Iterator[DrawnTable]:
    """What was drawn when it was frozen is for the public."""
    for number, table in enumerate(reading.tables, 1):
        yield drawn(FIGURES[figure.number], table, figure.picture(number) if public else None)
