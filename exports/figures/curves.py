"""Rates by year as lines with their intervals, and those of elsewhere beside them."""

from collections.abc import Iterable, Iterator
from textwrap import wrap
from typing import Any

from exports.figures.showing import Curve, ShownTable

OURS = "This area, with its 95% interval"
LONGEST_TITLE = 42
Values = Iterator[dict[str, Any]]


def lines_of(table: ShownTable) -> tuple[Curve, ...]:
    """Those of its rates that a line can be drawn of."""
    return tuple(curve for curve in table.curves if len(curve.points) > 1)


def lines_in_words(caption: str, curves: Iterable[Curve]) -> str:
    told = (
        f"{curve.title}: {first[1]:.1f} in {first[0]}, {last[1]:.1f} in {last[0]}."
        for curve in curves
        for first, *_, last in (curve.points,)
    )
    return " ".join((f"Line chart: {caption}.", *told, "Every number is in the table."))


def lines_spec(curves: Iterable[Curve], rows: list[str], words: str, width: int, colours: Iterable[str]) -> Any:
    """One below the other, in Altair. A year whose rate is not shown leaves a gap."""
    import altair

    curves = list(curves)
    named = dict.fromkeys(place for curve in curves for place, _ in curve.beside)
    series = [OURS, *named]
    colour = altair.Color(
        "series:N",
        scale=altair.Scale(domain=series, range=list(colours)[: len(series)]),
        legend=altair.Legend(orient="top", title=None, columns=1, labelLimit=width, symbolType="stroke"),
    )
    dash = altair.StrokeDash("series:N", scale=altair.Scale(domain=series, range=[[1, 0], [6, 3], [2, 2]]), legend=None)
    drawn = [_one(curve, rows, colour, dash, width) for curve in curves]
    return altair.vconcat(*drawn).resolve_scale(color="shared", strokeDash="shared").properties(description=words)


def _one(curve: Curve, rows: list[str], colour: Any, dash: Any, width: int) -> Any:
    import altair

    across = altair.X("row:O", sort=rows, title=None, axis=altair.Axis(labelAngle=-45), scale=altair.Scale(domain=rows))
    axis = altair.Axis(tickCount=5)
    up, down = (altair.Y(field, title=None, axis=axis) for field in ("number:Q", "least:Q"))
    ours = altair.Chart(altair.Data(values=list(_ours(curve, rows))))
    others = altair.Chart(altair.Data(values=list(_elsewhere(curve, rows))))
    layers = [
        ours.mark_rule(strokeWidth=2, opacity=0.5).encode(x=across, y=down, y2="most:Q", color=colour),
        others.mark_line(strokeWidth=2).encode(x=across, y=up, color=colour, strokeDash=dash),
        ours.mark_line(strokeWidth=3, point=altair.OverlayMarkDef(size=50)).encode(x=across, y=up, color=colour),
    ]
    title = altair.TitleParams(wrap(curve.title, LONGEST_TITLE), anchor="start", fontSize=14)
    return altair.layer(*layers).properties(width=width, height=180, title=title)


def _ours(curve: Curve, rows: list[str]) -> Values:
    found = {row: numbers for row, *numbers in curve.points}
    for row in rows:
        number, least, most = found.get(row, (None, None, None))
        yield {"row": row, "series": OURS, "number": number, "least": least, "most": most}


def _elsewhere(curve: Curve, rows: list[str]) -> Values:
    for place, points in curve.beside:
        found = dict(points)
        yield from ({"row": row, "series": place, "number": found.get(row)} for row in rows)
