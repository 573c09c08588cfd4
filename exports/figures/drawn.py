"""A table of a figure with what is drawn of it."""

from base64 import b64encode
from dataclasses import asdict, dataclass
from typing import Any

from exports.figures.curves import lines_of
from exports.figures.drawing import Chart, chart_of
from exports.figures.showing import ShownTable
from exports.figures.tables import Figure
from exports.figures.vega import picture_of


@dataclass(frozen=True)
class DrawnTable:
    """`picture` is {spec, svg, words}; without one, `chart` has bars that a template draws."""

    table: ShownTable
    chart: Chart | None
    picture: dict[str, Any] | None

    @property
    def source(self) -> str:
        """The picture as an address that holds it: also there in the preview of a draft."""
        svg = self.picture["svg"] if self.picture else ""
        return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


def drawn(figure: Figure, table: ShownTable, kept: dict[str, Any] | None = None) -> DrawnTable:
    """With the picture that was kept of it. Lines are drawn now, bars by whoever shows them."""
    picture = kept or (picture_now(figure, table) if figure.chart == "lines" and lines_of(table) else None)
    return DrawnTable(table, chart_of(table) if figure.charted and not picture else None, picture)


def picture_now(figure: Figure, table: ShownTable) -> dict[str, Any] | None:
    picture = picture_of(table, lines=figure.chart == "lines") if figure.charted else None
    return asdict(picture) if picture else None
