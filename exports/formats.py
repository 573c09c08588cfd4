"""The kinds of file a dataset can leave in."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from exports.plan import Plan
from exports.writers import Tally, csv_blocks, json_blocks, xlsx_blocks

Blocks = Callable[[Plan, Tally, str, Sequence[str]], Iterator[bytes]]


@dataclass(frozen=True)
class Format:
    """`blocks` makes the file from a plan, a tally, a title and the columns' types in a Table Schema.

    A `native` one wants numbers and dates as such. One that `grows` can be made in pieces: the first `grows` blocks are
    its heading, and what follows can be put behind what was made before.
    """

    name: str
    label: str
    help: str
    extension: str
    media_type: str
    native: bool
    blocks: Blocks
    grows: int | None = None


def _parquet(plan: Plan, tally: Tally, title: str, types: Sequence[str]) -> Iterator[bytes]:
    from exports.writers.parquet import parquet_blocks  # 50 MB that no other format needs

    return parquet_blocks(plan, tally, types)


FORMATS = {
    kind.name: kind
    for kind in (
        Format(
            "csv",
            "CSV",
            "Opens in every program. Any number of rows.",
            "csv",
            "text/csv; charset=utf-8",
            False,
            lambda plan, tally, title, types: csv_blocks(plan, tally),
            grows=1,
        ),
        Format(
            "xlsx",
            "Excel (XLSX)",
            "Numbers and dates are real numbers and dates. Up to 1,048,575 rows.",
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            True,
            lambda plan, tally, title, types: xlsx_blocks(plan, tally, title),
        ),
        Format(
            "json",
            "JSON Lines",
            "For programs: one JSON object on each line.",
            "jsonl",
            "application/jsonl",
            True,
            lambda plan, tally, title, types: json_blocks(plan, tally),
            grows=0,
        ),
        Format(
            "parquet",
            "Parquet",
            "For a data warehouse: typed columns, compressed.",
            "parquet",
            "application/vnd.apache.parquet",
            True,
            _parquet,
        ),
    )
}
