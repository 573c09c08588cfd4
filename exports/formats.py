"""The kinds of file a dataset can leave in."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from exports.plan import Plan
from exports.writers import Tally, csv_blocks, join_xlsx, json_blocks, xlsx_blocks, xlsx_piece

Blocks = Callable[[Plan, Tally, str, Sequence[str]], Iterator[bytes]]


@dataclass(frozen=True)
class Pieces:
    """How some of the rows are kept, behind those that are counted already, and how the file is made of all such pieces
    from them, the headers, a title, the columns' types and a tally of all rows."""

    made: Blocks
    joined: Callable[[Iterable[bytes], Sequence[str], str, Sequence[str], Tally], Iterator[bytes]]


@dataclass(frozen=True)
class Format:
    """`blocks` makes the file from a plan, a tally, a title and the columns' types in a Table Schema.

    A `native` one wants numbers and dates as such. Every file can be made in pieces; its first `heading` blocks belong
    to the first alone. Without `pieces` they are the file when they are put behind one another.
    """

    name: str
    label: str
    help: str
    extension: str
    media_type: str
    native: bool
    blocks: Blocks
    heading: int = 0
    pieces: Pieces | None = None


# The library takes 50 MB that no other format needs.
def _parquet(plan: Plan, tally: Tally, title: str, types: Sequence[str]) -> Iterator[bytes]:
    from exports.writers.parquet import parquet_blocks

    return parquet_blocks(plan, tally, types)


def _join_parquet(
    pieces: Iterable[bytes], headers: Sequence[str], title: str, types: Sequence[str], tally: Tally
) -> Iterator[bytes]:
    from exports.writers.parquet import join_parquet

    return join_parquet(pieces, headers, types, tally)


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
            heading=1,
        ),
        Format(
            "xlsx",
            "Excel (XLSX)",
            "Numbers and dates are real numbers and dates. Up to 1,048,575 rows.",
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            True,
            lambda plan, tally, title, types: xlsx_blocks(plan, tally, title),
            pieces=Pieces(
                lambda plan, tally, title, types: xlsx_piece(plan, tally),
                lambda pieces, headers, title, types, tally: join_xlsx(pieces, headers, title, tally),
            ),
        ),
        Format(
            "json",
            "JSON Lines",
            "For programs: one JSON object on each line.",
            "jsonl",
            "application/jsonl",
            True,
            lambda plan, tally, title, types: json_blocks(plan, tally),
        ),
        Format(
            "parquet",
            "Parquet",
            "For a data warehouse: typed columns, compressed.",
            "parquet",
            "application/vnd.apache.parquet",
            True,
            _parquet,
            pieces=Pieces(_parquet, _join_parquet),
        ),
    )
}
