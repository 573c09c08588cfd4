"""CSV as a stream."""

import csv
import io
from collections.abc import Iterator

from exports.cells import safe_column
from exports.copying import copied, copyable
from exports.plan import Plan
from exports.writers.tally import Tally


def csv_blocks(plan: Plan, tally: Tally | None = None, guarded: bool = True) -> Iterator[bytes]:
    """The file in blocks: first the heading, then a batch of rows at a time.

    `guarded=False` leaves cells that look like formulas as they are: only for programs, never for people.
    """
    tally = tally or Tally()
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerow(safe_column(plan.headers) if guarded else plan.headers)
    yield _taken(buffer)
    ready = copyable(plan, guarded)
    for rows, lines in _rendered(plan, guarded) if ready is None else copied(ready):
        tally.rows += rows
        yield lines


def _rendered(plan: Plan, guarded: bool) -> Iterator[tuple[int, bytes]]:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    plain = [column.inert or not guarded for column in plan.columns]
    for batch in plan.batches():
        cells = [column if inert else safe_column(column) for column, inert in zip(batch, plain, strict=True)]
        writer.writerows(zip(*cells, strict=True))
        yield len(cells[0]), _taken(buffer)


def _taken(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode(errors="replace")
