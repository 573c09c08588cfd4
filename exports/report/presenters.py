"""A report as it is read: parts, text and the figures that were frozen."""

from dataclasses import dataclass
from typing import Any

from exports.figures.drawing import Chart, chart_of
from exports.figures.registry import FIGURES
from exports.figures.showing import ShownTable
from exports.models import AnnualReportPage, FrozenFigure


@dataclass(frozen=True)
class Piece:
    """A block of text, or a figure with its tables; neither where this reader is not to see the figure."""

    block: Any
    figure: FrozenFigure | None = None
    tables: tuple[tuple[ShownTable, Chart | None], ...] = ()


def parts_of(page: AnnualReportPage, audience: str = "public") -> list[tuple[str, list[Piece]]]:
    """Title and pieces of each part. A figure that is not for the public is on no public page."""
    frozen = {block: each for block, each in page.frozen().items() if audience == each.audience}
    return [(part.value["title"], [_piece(block, frozen) for block in part.value["body"]]) for part in page.body]


def _piece(block: Any, frozen: dict[str, FrozenFigure]) -> Piece:
    if block.block_type != "figure":
        return Piece(block)
    figure = frozen.get(block.id)
    return Piece(None, figure, drawn(figure)) if figure else Piece(None)


def drawn(figure: FrozenFigure) -> tuple[tuple[ShownTable, Chart | None], ...]:
    charted = FIGURES[figure.number].charted
    return tuple((table, chart_of(table) if charted else None) for table in figure.reading.tables)
