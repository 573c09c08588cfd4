"""XLSX of 20,000 rows by 60 columns: our plan against stock `Resource.export()`, whose memory grows with the rows."""

import os
import sys
from pathlib import Path
from typing import IO

from tests.bench.export_csv import fill, wide_model, wide_resource
from tests.bench.measure import Row, in_fresh_process, measure, report

ROWS = 20_000


def ours(output: IO[bytes]) -> None:
    from exports.plan import compile_plan
    from exports.writers import Tally, xlsx_blocks

    model = wide_model()
    plan = compile_plan(wide_resource(model), model.objects.all(), native=True)
    for block in xlsx_blocks(plan, Tally(), "Invented"):
        output.write(block)


def peer(output: IO[bytes]) -> None:
    model = wide_model()
    output.write(wide_resource(model).export(model.objects.all()).xlsx)


WAYS = {"ours": ours, "peer": peer}


def row() -> Row:
    fill(ROWS)
    measured = {way: in_fresh_process(__name__, way) for way in WAYS}
    stock = measured["peer"].added_mb
    return Row(
        "export_xlsx",
        **{way: ROWS / figures.seconds for way, figures in measured.items()},
        peak_mb=measured["ours"].added_mb,
        unit="rows/s",
        note=f"stock adds {stock:,.0f} MB",
    )


def main(way: str) -> None:
    import django

    django.setup()
    from django.db import connection

    connection.ensure_connection()
    with Path(os.devnull).open("wb") as output:
        report(measure(lambda: WAYS[way](output)))


if __name__ == "__main__":
    main(sys.argv[1])
