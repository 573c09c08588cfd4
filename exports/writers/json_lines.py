"""JSON Lines: one JSON object a row, for programs. What is blank is null."""

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

from exports.plan import Plan
from exports.writers.tally import Tally


def json_blocks(plan: Plan, tally: Tally) -> Iterator[bytes]:
    """The rows, a batch at a time. The plan should be `native`, so that numbers are numbers."""
    headers = plan.headers
    encode = json.JSONEncoder(ensure_ascii=False, default=_plain).encode
    for batch in plan.batches():
        lines = [encode(dict(zip(headers, map(_or_null, cells), strict=True))) for cells in zip(*batch, strict=True)]
        tally.rows += len(lines)
        yield "".join(f"{line}\n" for line in lines).encode(errors="replace")


def _or_null(cell: Any) -> Any:
    return None if cell == "" else cell


def _plain(cell: Any) -> str:
    """Dates and times in ISO 8601; other things in their own words, so that no digit of a decimal is lost."""
    return cell.isoformat() if isinstance(cell, dt.date | dt.time) else str(cell)
