"""The table of a project as its researchers would get it: pseudonyms, no date as it was, nobody alone."""

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from exports.datasets.cases import Cases
from exports.datasets.declared import Column, attribute
from exports.models import ResearchProject
from exports.plan import compile_plan
from exports.research.anonymity import Anonymous, anonymise
from exports.research.keys import pseudonym
from exports.research.offered import Chosen, chosen, shifted
from exports.research.rare import group_rare
from exports.research.rules import rules
from exports.research.wider import BLANK
from exports.resources import ColumnsResource
from workflow.states import ENDED, State

CHILD = Column("id", "Case", "whole", make=attribute("pk", "whole"))
PSEUDONYM = Column(
    "pseudonym", "Pseudonym", "text", "The child: the same in every extract of this project, and in no other project."
)
# Answers that say nothing, so that a class with one of them and one answer still gives that answer away.
SAY_NOTHING = (BLANK, "not_known", "not_applicable")
FINAL = frozenset({State.SUBMITTED, State.CLOSED})


@dataclass(frozen=True)
class Made:
    """The finished table, its columns, and what the report says of it."""

    columns: list[Column]
    table: Anonymous
    report: dict[str, Any]


def rows_of(project: ResearchProject) -> QuerySet[Any]:
    """Never a death that is another panel's or was notified twice: each child once."""
    rows = Cases().all_rows().exclude(state__in=ENDED - {State.CLOSED} | {State.OFFERED_TO_US})
    return rows.filter(state__in=FINAL) if project.request.reviews == "final" else rows


def make(project: ResearchProject) -> Made:
    asked = project.request
    wanted = chosen(asked.columns, asked.dates)
    children, read = _read(project, wanted)
    cells, grouped = {PSEUDONYM.name: [pseudonym(project.key, child) for child in children]}, {}
    ahead: dict[str, int] = {}
    for each in wanted:
        found = each.cells_of(read[each.source.name])
        if each.column.type == "date":
            days = shifted(found, children, project.key, timezone.localdate())
            ahead[each.name], found = days.count(BLANK) - found.count(BLANK), days
        if each.grouped:
            found, grouped[each.name] = group_rare(found, asked.k, SAY_NOTHING)
        cells[each.name] = found
    steps = {each.name: each.steps for each in wanted}
    table = anonymise(_in_order(cells), [each.name for each in wanted if each.known], steps, asked.k)
    table.blanked |= ahead
    columns = [PSEUDONYM, *(_described(each, table) for each in wanted)]
    return Made(columns, table, _report(table, wanted, grouped, asked.k))


def _read(project: ResearchProject, wanted: list[Chosen]) -> tuple[list[str], dict[str, list[str]]]:
    """Who the rows are about, by the number of the case, and the cells by the name of the column they are read from."""
    sources = [CHILD, *(each.source for each in wanted)]
    plan = compile_plan(ColumnsResource(column.field() for column in sources), rows_of(project))
    read: list[list[str]] = [[] for _ in sources]
    for batch in plan.batches():
        for column, cells in zip(read, batch, strict=True):
            column.extend(map(str, cells))
    return read[0], {column.name: cells for column, cells in zip(sources, read, strict=True)}


def _in_order(cells: dict[str, list[str]]) -> dict[str, list[str]]:
    """By pseudonym: the order of the cases would tell when they came."""
    names = cells[PSEUDONYM.name]
    order = sorted(range(len(names)), key=names.__getitem__)
    return {name: [column[row] for row in order] for name, column in cells.items()}


def _described(each: Chosen, table: Anonymous) -> Column:
    """The column as the codebook has it, with what was done to it and every code that it has now."""
    done = [
        each.column.meaning,
        "Rare values together are “other”." if each.grouped else "",
        "Made wider, so that nobody stands alone." if table.widened.get(each.name) else "",
        "Blanked where somebody would stand alone." if each.known and table.blanked.get(each.name) else "",
    ]
    codes = dict(each.column.codes)
    new = sorted(set(table.columns[each.name]) - {BLANK, *codes}) if each.column.type == "code" else []
    return replace(
        each.column,
        meaning=" ".join(filter(None, done)),
        codes=(*each.column.codes, *((code, code.replace("_", " ").capitalize()) for code in new)),
    )


def _report(table: Anonymous, wanted: list[Chosen], grouped: dict[str, int], k: int) -> dict[str, Any]:
    sensitive = [each.name for each in wanted if each.source.name in rules().sensitive]
    return {
        "rows": table.rows,
        "left_out": table.left_out,
        "k_asked": k,
        "k": table.k,
        "known": list(table.known),
        "l": {name: table.l_of(name, SAY_NOTHING) for name in sensitive},
        "grouped": {name: cells for name, cells in grouped.items() if cells},
        "widened": {name: cells for name, cells in table.widened.items() if cells},
        "blanked": {name: cells for name, cells in table.blanked.items() if cells},
    }
