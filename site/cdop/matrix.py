"""The permission matrix: read from matrix.yaml, asked by tests, printed for people."""

from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

SOURCE = Path(__file__).with_name("matrix.yaml")
PAGE = "docs/permissions.md"
HEAD = """# Who can open what

Written by `manage.py draw_permissions` from `site/cdop/matrix.yaml`. A test visits every address of the product as
everybody below and fails when it finds something else, or an address that no row names.

Rights decide, not this page: they are asked for in queries, services and screens, and a role is a group that holds some
(`workflow/roles.py`). Which moves of a case a role can make is in [the states of a case](states/case.md).
"""


@dataclass(frozen=True)
class Row:
    """One line of the matrix: what is done, who can, and the names of the addresses."""

    area: str
    does: str
    open: frozenset[str]
    urls: tuple[str, ...]


@dataclass(frozen=True)
class Matrix:
    who: dict[str, str]
    rows: tuple[Row, ...]
    skipped: dict[str, str]

    def row_of(self, name: str, route: str) -> Row | None:
        """The row of an address: that which names it, or else the one whose pattern fits most closely."""
        named = [row for row in self.rows if route in row.urls or name in row.urls]
        by_route = [row for row in named if route in row.urls]
        if named:
            return (by_route or named)[0]
        fits = [(len(url), row) for row in self.rows for url in row.urls if "*" in url and fnmatchcase(name, url)]
        return max(fits, key=lambda fit: fit[0])[1] if fits else None


@lru_cache(maxsize=1)
def matrix() -> Matrix:
    data = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))
    rows = tuple(
        Row(area, row["does"], frozenset(_people(row["open"], data["sets"])), tuple(row["urls"]))
        for area, rows in data["areas"].items()
        for row in rows
    )
    return Matrix(data["who"], rows, data["skipped"])


def _people(names: Iterable[str], sets: dict[str, Any]) -> Iterable[str]:
    for name in names:
        yield from _people(sets[name], sets) if name in sets else (name,)


def page() -> str:
    """The matrix for people: a table for each area, a column for each role."""
    known = matrix()
    columns = [name for name, told in known.who.items() if told == "role" or name == "Panel member"]
    others = [name for name in known.who if name not in columns]
    parts = [HEAD, "Beside the roles:\n", *(f"- **{name}**: {known.who[name]}" for name in ["Panel member", *others])]
    for area in dict.fromkeys(row.area for row in known.rows):
        parts += [f"\n## {area}\n", _line(["", *columns, "Others"]), _line(["---"] * (len(columns) + 2))]
        parts += [_row(row, columns, others) for row in known.rows if row.area == area]
    parts += ["\n## Not visited\n", *(f"- `{name}`: {why}" for name, why in known.skipped.items())]
    return "\n".join(parts) + "\n"


def _row(row: Row, columns: list[str], others: list[str]) -> str:
    also = ", ".join(name for name in others if name in row.open)
    return _line([row.does, *("yes" if name in row.open else "" for name in columns), also])


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
