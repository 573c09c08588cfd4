"""CSV of 100,000 rows by 60 columns on PostgreSQL: ours, a `COPY`, against stock; the limit is a bare `COPY`."""

import os
import sys
from pathlib import Path
from typing import IO

from tests.bench.export_csv import COLUMNS, ROWS, fill, ours, peer
from tests.bench.measure import Measured, Row, in_fresh_process, measure, report
from tests.run import postgres

LONG = True


def bare(output: IO[bytes]) -> None:
    from django.db import connection

    names = ", ".join(f"c{index:02}" for index in range(COLUMNS))
    with connection.cursor() as cursor, cursor.copy(f"COPY (SELECT {names} FROM bench_wide) TO STDOUT CSV") as lines:
        for line in lines:
            output.write(line)


WAYS = {"ours": ours, "peer": peer, "limit": bare}


def row() -> Row:
    with postgres() as url:
        in_fresh_process(__name__, "fill", DATABASE_URL=url)
        measured = {way: in_fresh_process(__name__, way, DATABASE_URL=url) for way in WAYS}
    return Row(
        "export_postgres",
        **{way: ROWS / figures.seconds for way, figures in measured.items()},
        peak_mb=measured["ours"].added_mb,
        unit="rows/s",
        note=f"stock adds {measured['peer'].added_mb:,.0f} MB",
    )


def main(way: str) -> Measured:
    import django

    django.setup()
    from django.db import connection

    connection.ensure_connection()
    if way == "fill":
        return measure(fill)
    with Path(os.devnull).open("wb") as output:
        return measure(lambda: WAYS[way](output))


if __name__ == "__main__":
    report(main(sys.argv[1]))
