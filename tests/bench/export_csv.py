"""CSV of 100,000 rows by 60 columns: our plan against stock `Resource.export()`, and both against a raw cursor."""

import csv
import datetime as dt
import os
import random
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import IO, Any

from tests.bench.measure import Row, in_fresh_process, measure, report

ROWS, COLUMNS = 100_000, 60


def wide_model() -> Any:
    """A table with ten columns each of text, whole number, date, yes or no, decimal and moment."""
    from django.db import models

    makers: list[Callable[[], models.Field]] = [
        lambda: models.CharField(max_length=80, null=True),
        lambda: models.IntegerField(null=True),
        lambda: models.DateField(null=True),
        lambda: models.BooleanField(null=True),
        lambda: models.DecimalField(max_digits=10, decimal_places=2, null=True),
        lambda: models.DateTimeField(null=True),
    ]
    fields = {f"c{index:02}": makers[index % len(makers)]() for index in range(COLUMNS)}
    meta = type("Meta", (), {"app_label": "bench", "db_table": "bench_wide"})
    return type("Wide", (models.Model,), {"__module__": __name__, "Meta": meta, **fields})


def wide_resource(model: Any) -> Any:
    from import_export.resources import modelresource_factory

    return modelresource_factory(model, meta_options={"exclude": ("id",)})()


def invented(dice: random.Random) -> list[Callable[[], Any]]:
    """One maker of invented values for each kind of column, in the order of `wide_model`. Moments hardly repeat."""
    start, day = dt.datetime(2001, 1, 1), dt.date(2001, 1, 1)
    words = ["Invented", "answer, with a comma", 'and a "quote"', "Zoë", "two\nlines"]
    return [
        lambda: f"{dice.choice(words)} {dice.randrange(10**6)}",
        lambda: dice.randrange(-1000, 10**6),
        lambda: (day + dt.timedelta(days=dice.randrange(9000))).isoformat(),
        lambda: bool(dice.randrange(2)),
        lambda: str(Decimal(dice.randrange(10**8)) / 100),
        lambda: str(start + dt.timedelta(microseconds=dice.randrange(7 * 10**14))),
    ]


def values(rows: int) -> Iterator[tuple[Any, ...]]:
    dice = random.Random(60)
    makers = invented(dice)
    for number in range(rows):
        yield number + 1, *(makers[index % len(makers)]() if dice.random() > 0.05 else None for index in range(COLUMNS))


def fill(rows: int = ROWS) -> None:
    """The table with so many rows, in the place of one that another row of the bench left."""
    from django.db import connection, transaction

    model = wide_model()
    with connection.schema_editor() as editor:
        if "bench_wide" in connection.introspection.table_names():
            editor.delete_model(model)
        editor.create_model(model)
    marks, waiting = ", ".join(["%s"] * (COLUMNS + 1)), values(rows)
    with transaction.atomic(), connection.cursor() as cursor:
        while some := list(islice(waiting, 10_000)):
            cursor.executemany(f"INSERT INTO bench_wide VALUES ({marks})", some)


def ours(output: IO[bytes]) -> None:
    from exports.plan import compile_plan
    from exports.writers import csv_blocks

    model = wide_model()
    for block in csv_blocks(compile_plan(wide_resource(model), model.objects.all())):
        output.write(block)


def peer(output: IO[bytes]) -> None:
    model = wide_model()
    output.write(wide_resource(model).export(model.objects.all()).csv.encode())


def limit(output: IO[bytes]) -> None:
    import io

    from django.db import connection

    writer = csv.writer(io.TextIOWrapper(output, encoding="utf-8"))
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(f'c{index:02}' for index in range(COLUMNS))} FROM bench_wide")
        while rows := cursor.fetchmany(2000):
            writer.writerows(rows)


WAYS = {"ours": ours, "peer": peer, "limit": limit}


def row() -> Row:
    fill()
    measured = {way: in_fresh_process(__name__, way) for way in WAYS}
    speed = {way: ROWS / figures.seconds for way, figures in measured.items()}
    stock = measured["peer"].added_mb
    return Row(
        "export_csv", **speed, peak_mb=measured["ours"].added_mb, unit="rows/s", note=f"stock adds {stock:,.0f} MB"
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
