"""The indicators as a page shows them: a table of periods for each, and a picture of its trend."""

from collections.abc import Iterable
from dataclasses import dataclass

from exports.disclosure.percentages import percentage
from exports.disclosure.protect import HIDDEN, protect
from exports.disclosure.rule import Rule
from exports.disclosure.table import Cell, Table
from exports.models import NcmdFigure
from exports.ncmd.indicators.declared import COUNT, DAYS, INDICATORS, SHARE, Indicator
from exports.ncmd.indicators.figures import QUARTER, YEAR
from exports.ncmd.indicators.picture import Picture, picture
from forms import dictionary
from forms.definitions import code_list
from workflow.models.decisions import HOLD_KINDS

PARTNERS, PUBLIC = "partners", "public"
AUDIENCES = {PARTNERS: "For partners", PUBLIC: "For the public"}
MOST_PERIODS = {YEAR: 6, QUARTER: 8}
# The counts that shares are shares of.
WHOLES = ("deaths", "reviews")
NOTHING = "–"


@dataclass(frozen=True)
class Row:
    title: str
    cells: list[tuple[str, str]]


@dataclass(frozen=True)
class Block:
    """`limit` is the one that its figures were worked out with."""

    indicator: Indicator
    limit: str
    rows: list[Row]
    picture: Picture | None

    @property
    def heading(self) -> str:
        return f"{self.indicator.title}: {self.limit}" if self.limit else self.indicator.title


@dataclass(frozen=True)
class Report:
    periods: list[str]
    blocks: list[Block]


def report(figures: Iterable[NcmdFigure], span: str, audience: str, rule: Rule) -> Report:
    """For the public by years alone: quarters and their year together would give away what is hidden in one of them."""
    span = YEAR if audience == PUBLIC else span
    of_span = [each for each in figures if each.span == span]
    periods = sorted({each.period for each in of_span})[-MOST_PERIODS[span] :]
    shown = [each for each in of_span if each.period in periods]
    chosen = [each for each in INDICATORS.values() if each.public or audience == PARTNERS]
    few = _leaves_few(shown, rule) if audience == PUBLIC else set()
    blocks = [_block(each, _of(each, shown), periods, None if audience == PARTNERS else rule, few) for each in chosen]
    return Report(periods, blocks)


def _of(indicator: Indicator, figures: list[NcmdFigure]) -> list[NcmdFigure]:
    return [each for each in figures if each.indicator == indicator.code]


def _block(
    indicator: Indicator, figures: list[NcmdFigure], periods: list[str], rule: Rule | None, few: set[int]
) -> Block:
    """Exact where there is no rule."""
    hidden = _hidden(indicator, figures, rule) | few if rule else set()
    texts = {
        (each.group, each.period): _exact(indicator, each)
        if rule is None
        else HIDDEN
        if each.pk in hidden
        else _public(indicator, each, rule)
        for each in figures
    }
    names = _names(indicator)
    rows = [
        Row(names.get(group, group), [(period, texts.get((group, period), NOTHING)) for period in periods])
        for group in dict.fromkeys(each.group for each in figures)
    ]
    heights = {each.period: _height(indicator, each) for each in figures if texts[each.group, each.period] != HIDDEN}
    drawn = None if indicator.grouped else picture(indicator, periods, heights)
    limit = next((each.limit for each in figures), "")
    return Block(indicator, limit, rows, drawn)


def _exact(indicator: Indicator, figure: NcmdFigure) -> str:
    if indicator.kind == COUNT:
        return f"{figure.part:,}"
    if not figure.base:
        return NOTHING
    if indicator.kind == SHARE:
        return f"{100 * figure.part / figure.base:.0f}% ({figure.part:,} of {figure.base:,})"
    cases = "1 death" if figure.base == 1 else f"{figure.base:,} deaths"
    return f"{figure.median:.0f} ({figure.lower:.0f} to {figure.upper:.0f}; {cases})"


def _public(indicator: Indicator, figure: NcmdFigure, rule: Rule) -> str:
    if indicator.kind == COUNT:
        return f"{rule.rounded(figure.part):,}"
    if indicator.kind == SHARE:
        return percentage(figure.part, figure.base, rule) or HIDDEN
    return HIDDEN if figure.base < rule.smallest_base else f"{figure.median:.0f}"


def _hidden(indicator: Indicator, figures: list[NcmdFigure], rule: Rule) -> set[int]:
    """The keys of the figures that the disclosure engine does not show."""
    if indicator.kind == DAYS or not figures:
        return set()
    rows = tuple(f"{each.group}|{each.period}" for each in figures)
    if indicator.kind == COUNT:
        table = Table(rows, {Cell(row): each.part for row, each in zip(rows, figures, strict=True)})
        cells = {each.pk: [Cell(row)] for row, each in zip(rows, figures, strict=True)}
    else:
        counts: dict[Cell, int] = {}
        for row, each in zip(rows, figures, strict=True):
            counts |= {Cell(row, "yes"): each.part, Cell(row, "no"): each.base - each.part}
        table = Table(rows, counts, ("yes", "no"))
        pairs = zip(rows, figures, strict=True)
        cells = {each.pk: [Cell(row, "yes"), Cell(row, "no"), Cell(row)] for row, each in pairs}
    protected = protect(table, rule)
    return {pk for pk, places in cells.items() if protected.hidden.intersection(places)}


def _leaves_few(figures: list[NcmdFigure], rule: Rule) -> set[int]:
    """The keys of shares of which so few of all deaths, or reviews, are left out that those few would be told."""
    wholes = {(INDICATORS[each.indicator].by, each.period): each.part for each in figures if each.indicator in WHOLES}
    shares = [each for each in figures if INDICATORS[each.indicator].kind == SHARE]
    left_out = {
        each.pk: wholes.get((INDICATORS[each.indicator].by, each.period), each.base) - each.base for each in shares
    }
    return {pk for pk, number in left_out.items() if rule.hides(number)}


def _height(indicator: Indicator, figure: NcmdFigure) -> float | None:
    if indicator.kind == COUNT:
        return figure.part
    if indicator.kind == DAYS:
        return figure.median
    return 100 * figure.part / figure.base if figure.base else None


def _names(indicator: Indicator) -> dict[str, str]:
    if indicator.code == "requests_on_time":
        return dict(code_list("agency_type"))
    if indicator.code == "on_hold":
        return dict(HOLD_KINDS)
    return {name: item.label for name, item in dictionary.items().items()} if indicator.grouped else {"": "All"}
