"""Parquet: typed columns in row groups, for DuckDB, Spark or a warehouse. What is blank is null."""

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any

import pyarrow
import pyarrow.parquet

from exports.plan import Plan
from exports.writers.tally import Tally, through_a_file

# Large enough to compress and skip well, small enough to hold in memory.
ROWS_IN_A_GROUP = 20_000


TYPES = {
    "string": pyarrow.string(),
    "yearmonth": pyarrow.string(),
    "integer": pyarrow.int64(),
    "number": pyarrow.float64(),
    "boolean": pyarrow.bool_(),
    "date": pyarrow.date32(),
    "datetime": pyarrow.timestamp("us"),
}


def parquet_blocks(plan: Plan, tally: Tally, types: Sequence[str]) -> Iterator[bytes]:
    """The finished file in blocks."""
    return through_a_file(lambda file: write_parquet(plan, file, types, tally), tally)


def join_parquet(
    pieces: Iterable[bytes], headers: Sequence[str], types: Sequence[str], tally: Tally
) -> Iterator[bytes]:
    """The file of smaller ones, in as large row groups as if it had been made at once."""

    def write(file: IO[bytes]) -> None:
        schema = schema_of(headers, types)
        with pyarrow.parquet.ParquetWriter(file, schema, compression="zstd") as writer:
            waiting = schema.empty_table()
            for piece in pieces:
                waiting = pyarrow.concat_tables([waiting, pyarrow.parquet.read_table(io.BytesIO(piece))])
                while waiting.num_rows >= ROWS_IN_A_GROUP:
                    writer.write_table(waiting.slice(0, ROWS_IN_A_GROUP).combine_chunks())
                    waiting = waiting.slice(ROWS_IN_A_GROUP)
            if waiting.num_rows:
                writer.write_table(waiting.combine_chunks())

    return through_a_file(write, tally)


def schema_of(headers: Sequence[str], types: Sequence[str]) -> pyarrow.Schema:
    return pyarrow.schema(list(zip(headers, [TYPES[name] for name in types], strict=True)))


def write_parquet(plan: Plan, output: IO[bytes], types: Sequence[str], tally: Tally) -> None:
    """A row group at a time. `types` are those of the plan's columns in a Table Schema; the plan should be `native`."""
    schema = schema_of(plan.headers, types)
    with pyarrow.parquet.ParquetWriter(output, schema, compression="zstd") as writer:
        for batches in groups(plan):
            columns = [
                pyarrow.array([_cell(cell, field.type) for cells in column for cell in cells], type=field.type)
                for field, column in zip(schema, zip(*batches, strict=True), strict=True)
            ]
            writer.write_table(pyarrow.Table.from_arrays(columns, schema=schema))
            tally.rows += len(columns[0])


def groups(plan: Plan) -> Iterator[list[list[Sequence[Any]]]]:
    """Batches until there are enough rows for a group."""
    waiting: list[list[Sequence[Any]]] = []
    rows = 0
    for batch in plan.batches():
        waiting.append(batch)
        rows += len(batch[0])
        if rows >= ROWS_IN_A_GROUP:
            yield waiting
            waiting, rows = [], 0
    if waiting:
        yield waiting


def _cell(cell: Any, kind: pyarrow.DataType) -> Any:
    if cell is None or cell == "":
        return None
    return str(cell) if kind == TYPES["string"] and cell.__class__ is not str else cell
