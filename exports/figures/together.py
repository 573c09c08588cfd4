"""What figures tell of each other when they are read side by side."""

from collections.abc import Iterable, Mapping
from typing import Any

from exports.disclosure import Cell, Earlier, Protected, Rule, TooMuchTogether, protect_all
from exports.figures.showing import Before, protected_of
from exports.figures.tables import Result, Told


def check_together(results: Iterable[tuple[Result, Before]], rule: Rule) -> None:
    """Tables that count the same children must not give each other's hidden cells away.

    Raises:
        TooMuchTogether: a total that two of them share, or what one tells of another, would have to be hidden.
    """
    pairs = [(table, before) for result, before in results for table in result.tables]
    together: dict[str, dict[str, Any]] = {}
    told: dict[str, Earlier] = {}
    for table, before in pairs:
        for name, part in table.parts.items():
            called = f"{table.caption} {name}".strip()
            together.setdefault(table.of, {})[called] = part
            told[called] = before.get((table.caption, name), Earlier())
    protected = {of: protect_all(parts, rule, told) for of, parts in together.items()}
    for table, _ in pairs:
        for name, each in table.tells.items():
            own = protected[table.of][f"{table.caption} {name}".strip()]
            _check_told(table.caption, own, each, protected.get(each.of, {}))


def _check_told(caption: str, own: Protected, told: Told, others: Mapping[str, Protected]) -> None:
    """What two tables tell of each other is seen in both, or they do not stand side by side."""
    for other, protected in others.items():
        table = protected.table
        cells = {Cell(name) for name in told.categories if name in table.rows}
        cells |= {Cell(None, name) for name in told.categories if name in table.columns}
        if cells and (told.cell in own.hidden or cells & protected.hidden):
            raise TooMuchTogether(f"“{caption}” would tell of what is hidden in “{other}”.")


def totals(result: Result) -> dict[str, int]:
    """By what is counted, how many there are of it, where one number says so."""
    tables = [table for table in result.tables if not table.in_rows]
    return {table.of: sum(table.counts.values()) for table in tables}


def hides_a_year(result: Result, rule: Rule, before: Before) -> bool:
    """Whether a total of a year is hidden, which another figure of that year alone would tell."""
    by_year = [table for table in result.tables if table.down == "Year"]
    hidden = [cell for table in by_year for part in protected_of(table, rule, before).values() for cell in part.hidden]
    return any(cell.row is not None and cell.column is None for cell in hidden)
