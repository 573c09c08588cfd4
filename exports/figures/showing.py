"""A figure as somebody may see it: everything for partners, what cannot point at a child for the public."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from exports.disclosure import Cell, Earlier, Protected, Rule, percentage, protect
from exports.disclosure.protect import HIDDEN
from exports.figures.intervals import interval
from exports.figures.tables import FigureTable, Measure, Rate, Result

Audience = Literal["public", "partners"]
AUDIENCES = (("partners", "Partners: true numbers"), ("public", "Public: small ones hidden"))
# By the caption of a table and the name of a part of it.
Before = Mapping[tuple[str, str], Earlier]
EVERYTHING = Rule(threshold=1, smallest_base=1)
TOTAL, SHARE, AVERAGE = "Total", "Share", "Average of three years"
RUN = 3


@dataclass(frozen=True)
class Curve:
    """A rate by row, where it is shown: the row, the rate, the least and the most of its interval.

    `beside` has by place the rows of elsewhere, and their rates.
    """

    title: str
    points: tuple[tuple[str, float, float, float], ...]
    beside: tuple[tuple[str, tuple[tuple[str, float], ...]], ...] = ()


@dataclass(frozen=True)
class ShownTable:
    """Cells as they are read; `numbers` are the inner counts for a chart, None where one is hidden."""

    caption: str
    heading: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    series: tuple[str, ...]
    numbers: tuple[tuple[str, tuple[int | None, ...]], ...]
    hides: bool
    note: str = ""
    curves: tuple[Curve, ...] = ()

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> "ShownTable":
        known = {name: _tuples(each) for name, each in stored.items()}
        curves = (Curve(**{name: _tuples(each) for name, each in curve.items()}) for curve in known.pop("curves", ()))
        return cls(**known, curves=tuple(curves))


@dataclass(frozen=True)
class Shown:
    tables: tuple[ShownTable, ...]
    measures: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def hides(self) -> bool:
        return any(table.hides for table in self.tables)

    def stored(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> "Shown":
        """What was stored as JSON, where a tuple becomes a list."""
        tables = tuple(map(ShownTable.read, stored["tables"]))
        return cls(tables, tuple(stored["measures"]), tuple(stored["missing"]))


def _tuples(value: Any) -> Any:
    return tuple(map(_tuples, value)) if isinstance(value, list | tuple) else value


def shown(result: Result, audience: Audience, rule: Rule, before: Before | None = None) -> Shown:
    """Every figure goes through here on its way to a reader. `before` is what the public has read already."""
    if audience != "public":
        rule, before = EVERYTHING, None
    measures = tuple(_said(each, rule) for each in result.measures)
    return Shown(tuple(_shown(table, rule, before or {}) for table in result.tables), measures, result.missing)


def _said(measure: Measure, rule: Rule) -> str:
    if measure.base < rule.smallest_base:
        return f"{measure.words}: not shown, because it would be of few children."
    return f"{measure.words}: {measure.value} (of {rule.rounded(measure.base):,})."


class _Sight:
    """What may be seen of one table, cell by cell."""

    def __init__(self, table: FigureTable, rule: Rule, before: Before) -> None:
        self.table, self.rule = table, rule
        self.parts = protected_of(table, rule, before)

    def number(self, cell: Cell) -> int | None:
        """The count as it is shown; None where it is hidden."""
        return self._part(cell).shown.get(self.table.place(cell))

    def text(self, cell: Cell) -> str:
        return self._part(cell).text(self.table.place(cell))

    def share(self, part: Cell, whole: Cell) -> str:
        """A percentage with its base, only where both are seen."""
        if self.number(part) is None or self.number(whole) is None:
            return HIDDEN
        one = self._part(part)
        return percentage(self._true(one, part), self._true(one, whole), self.rule) or "–"

    def _true(self, part: Protected, cell: Cell) -> int:
        return part.table.values[self.table.place(cell)]

    def _part(self, cell: Cell) -> Protected:
        return self.parts[str(cell.row) if self.table.in_rows else ""]

    @property
    def hides(self) -> bool:
        return any(part.hidden for part in self.parts.values())


def protected_of(table: FigureTable, rule: Rule, before: Before) -> dict[str, Protected]:
    return {
        name: protect(part, rule, *before.get((table.caption, name), Earlier())) for name, part in table.parts.items()
    }


def _shown(table: FigureTable, rule: Rule, before: Before) -> ShownTable:
    sight = _Sight(table, rule, before)
    columns = table.columns or (None,)
    numbers = tuple((row, tuple(sight.number(Cell(row, column)) for column in columns)) for row in table.rows)
    rows = [(row, _cells(table, sight, row)) for row in table.rows]
    if not table.in_rows:
        rows.append((TOTAL, _totals(table, sight)))
    return ShownTable(
        table.caption,
        table.down,
        _headings(table),
        tuple(rows),
        table.columns or (table.of,),
        numbers,
        sight.hides,
        table.note,
        tuple(_curve(rate, sight, table.rows) for rate in table.rates),
    )


def _headings(table: FigureTable) -> tuple[str, ...]:
    counted = (*table.columns, TOTAL) if table.columns else (table.of,)
    shares = (f"{SHARE}: {table.columns[0].lower()}" if table.columns else SHARE,) if table.share else ()
    return (
        *counted,
        *shares,
        *((AVERAGE,) if table.average else ()),
        *(f"{rate.title}, with its 95% interval" for rate in table.rates),
        *(each.title for each in table.beside),
    )


def _cells(table: FigureTable, sight: _Sight, row: str) -> tuple[str, ...]:
    whole = Cell(row) if table.columns else Cell()
    first = Cell(row, table.columns[0]) if table.columns else Cell(row)
    counts = [sight.text(Cell(row, column)) for column in table.columns]
    # In a table of rows the total of a row is the total of all that it divides.
    total = Cell() if table.in_rows else Cell(row)
    texts = [*counts, _total(table, sight, row, total)]
    if table.share:
        texts.append(_share(table, sight, first, whole, row))
    if table.average:
        texts.append(_average(table, sight, row))
    beside = (each.texts.get(row, "–") for each in table.beside)
    return (*texts, *(_rate(rate, sight, row) for rate in table.rates), *beside)


def _total(table: FigureTable, sight: _Sight, row: str, total: Cell) -> str:
    return sight.parts[row].text(Cell()) if table.in_rows else sight.text(total)


def _share(table: FigureTable, sight: _Sight, first: Cell, whole: Cell, row: str) -> str:
    if not table.in_rows:
        return sight.share(first, whole)
    part = sight.parts[row]
    place = table.place(first)
    if place in part.hidden or Cell() in part.hidden:
        return HIDDEN
    return percentage(part.table.values[place], part.table.values[Cell()], sight.rule) or "–"


def _totals(table: FigureTable, sight: _Sight) -> tuple[str, ...]:
    counts = [sight.text(Cell(None, column)) for column in table.columns]
    texts = [*counts, sight.text(Cell())]
    if table.share:
        texts.append(sight.share(Cell(None, table.columns[0]), Cell()) if table.columns else "")
    return (*texts, *(("",) if table.average else ()), *("" for _ in (*table.rates, *table.beside)))


def _average(table: FigureTable, sight: _Sight, row: str) -> str:
    """From what is shown alone, so that it tells no more than that."""
    place = table.rows.index(row)
    run = [sight.number(Cell(each)) for each in table.rows[max(place - RUN + 1, 0) : place + 1]]
    seen = [number for number in run if number is not None]
    return f"{sum(seen) / RUN:.1f}" if len(seen) == RUN else "–"


def _rate(rate: Rate, sight: _Sight, row: str) -> str:
    if rate.bases.get(row) and None in _seen(rate, sight, row):
        return HIDDEN
    if (known := _rated(rate, sight, row)) is None:
        return "–"
    number, least, most = known
    return f"{number:.1f} ({least:.1f} to {most:.1f}; of {rate.bases[row]:,})"


def _rated(rate: Rate, sight: _Sight, row: str) -> tuple[float, float, float] | None:
    """From what is shown alone: with its base, which is public, a rate is the count in other words.

    Of fewer deaths than the smallest base it would go up and down by chance.
    """
    base, seen = rate.bases.get(row), _seen(rate, sight, row)
    number = sum(each or 0 for each in seen)
    if not base or None in seen or number < sight.rule.smallest_base:
        return None
    least, most = interval(number)
    return rate.per * number / base, rate.per * least / base, rate.per * most / base


def _seen(rate: Rate, sight: _Sight, row: str) -> list[int | None]:
    return [sight.number(Cell(row, column)) for column in rate.columns or (None,)]


def _curve(rate: Rate, sight: _Sight, rows: tuple[str, ...]) -> Curve:
    points = tuple((row, *known) for row in rows if (known := _rated(rate, sight, row)))
    beside = ((place, tuple(numbers.items())) for place, numbers in rate.elsewhere.items())
    return Curve(rate.title, points, tuple(beside))
