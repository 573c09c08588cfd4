"""A table as a Vega-Lite picture: the specification, for whoever draws it anew, and how it looks as SVG."""

from dataclasses import dataclass, replace
from functools import cache
from textwrap import wrap
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from exports.figures.curves import lines_in_words, lines_of, lines_spec
from exports.figures.drawing import chart_of
from exports.figures.showing import Curve, ShownTable
from forms.kinds.base import storable

# Each at least 3:1 on white; parts of a bar are set apart by a white line.
COLOURS = ("#005eb8", "#b35900", "#330072", "#007f3b", "#7c2855")
WIDTH, FONT_SIZE, LINE = 300, 13, 16  # A phone shows it at its own size.
LONGEST_LINE = 22
NOT_SHOWN = "not shown"
Spec = dict[str, Any]


@dataclass(frozen=True)
class Picture:
    """`spec` is Vega-Lite with its data inside; `words` say what the picture shows, for those who do not see it."""

    spec: Spec
    svg: str
    words: str


def picture_of(table: ShownTable, lines: bool = False) -> Picture | None:
    """Bars; with `lines`, of the rates that it has. None where there is nothing to draw, or too much to be read."""
    table = _drawable(table)
    if lines and (curves := lines_of(table)):
        words = lines_in_words(table.caption, curves)
        spec = _finished(lines_spec(curves, [row for row, _ in table.numbers], words, WIDTH, COLOURS))
        return Picture(spec, svg_of(spec, table.caption, words), words)
    chart = chart_of(table)
    if chart is None:
        return None
    spec = spec_of(table, chart.words)
    return Picture(spec, svg_of(spec, table.caption, chart.words), chart.words)


def _drawable(table: ShownTable) -> ShownTable:
    """Without control characters: one in a name ends the process that draws it."""
    return replace(
        table,
        caption=storable(table.caption),
        series=tuple(storable(name) for name in table.series),
        numbers=tuple((storable(row), numbers) for row, numbers in table.numbers),
        curves=tuple(map(_drawable_curve, table.curves)),
    )


def _drawable_curve(curve: Curve) -> Curve:
    return Curve(
        storable(curve.title),
        tuple((storable(row), rate, least, most) for row, rate, least, most in curve.points),
        tuple((storable(place), tuple((storable(row), rate) for row, rate in rates)) for place, rates in curve.beside),
    )


def spec_of(table: ShownTable, words: str) -> Spec:
    """Bars from left to right, one below the other. A number that is hidden has no bar and says so."""
    import altair  # Takes half a second, and only who freezes a report needs it.

    data = altair.Data(values=list(_values(table)))
    lines = altair.Axis(labelExpr="split(datum.label, '\\n')", labelLimit=0, ticks=False, labelPadding=6)
    down = altair.Y("row:N", sort=[_in_lines(row) for row, _ in table.numbers], title=None, axis=lines)
    bars = altair.Chart(data).mark_bar(size=18, stroke="white", strokeWidth=1).encode(
        y=down,
        x=altair.X("number:Q", stack="zero", title=None, axis=altair.Axis(tickMinStep=1, tickCount=5)),
        order=altair.Order("place:Q"),
        color=_colours(table),
    )  # fmt: skip
    words_behind = altair.Chart(altair.Data(values=list(_ends(table))))
    ends = words_behind.mark_text(align="left", dx=4, fontSize=FONT_SIZE).encode(y=down, x="number:Q", text="text:N")
    return _finished(altair.layer(bars, ends).properties(width=WIDTH, height=_height(table), description=words))


def _finished(drawn: Any) -> Spec:
    drawn = drawn.configure(font="Arial, sans-serif").configure_axis(labelFontSize=FONT_SIZE)
    return drawn.configure_legend(labelFontSize=FONT_SIZE).to_dict()


def _height(table: ShownTable) -> Any:
    import altair

    most = max(_in_lines(row).count("\n") + 1 for row, _ in table.numbers)
    return altair.Step(max(22, LINE * most + 4))


def _colours(table: ShownTable) -> Any:
    import altair

    if len(table.series) == 1:
        return altair.value(COLOURS[0])
    scale = altair.Scale(domain=list(table.series), range=list(COLOURS[: len(table.series)]))
    legend = altair.Legend(orient="top", title=None, columns=1, labelLimit=WIDTH)
    return altair.Color("series:N", scale=scale, legend=legend)


def _in_lines(words: str) -> str:
    """A long name below itself, so that it leaves the bars their room."""
    return "\n".join(wrap(words, LONGEST_LINE)) or words


def _values(table: ShownTable) -> Any:
    for row, numbers in table.numbers:
        for place, (series, number) in enumerate(zip(table.series, numbers, strict=True)):
            yield {"row": _in_lines(row), "series": series, "number": number, "place": place}


def _ends(table: ShownTable) -> Any:
    """What stands behind each bar."""
    for row, numbers in table.numbers:
        seen = sum(number or 0 for number in numbers)
        told = f"{seen:,}" if seen or None not in numbers else ""
        hidden = NOT_SHOWN if None in numbers else ""
        yield {"row": _in_lines(row), "number": seen, "text": " + ".join(filter(None, (told, hidden)))}


def svg_of(spec: Spec, title: str, words: str) -> str:
    """Drawn here: nothing is fetched from anywhere."""
    drawn = _converter()(spec, allowed_base_urls=[])
    opening, _, rest = drawn.partition(">")
    named = f'{opening} role="img" aria-label={quoteattr(words)}>'
    return f"{named}<title>{escape(title)}</title><desc>{escape(words)}</desc>{rest}"


@cache
def _converter() -> Any:
    from vl_convert import vegalite_to_svg

    return vegalite_to_svg
