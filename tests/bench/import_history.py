"""A spreadsheet of 50,000 past reviews checked and brought in, against stock import-export doing the same row by row.

Stock does what its admin does: a dry run, then the import, which keeps each row and brings its case in. It does so with
5,000 rows: each costs it as much as the one before. Memory is ours with 50,000 rows; the note says what 10,000 take.
"""

import csv
import datetime as dt
import io
import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.bench.measure import Measured, Row, in_fresh_process, measure, report

ROWS, FEW, OF_PEER = 50_000, 10_000, 5_000
COLUMNS = {
    "Ref": "reference", "Died": "date_of_death", "Born": "date_of_birth", "Sex": "sex", "Category": "category",
    "Modifiable": "modifiability", "NHS": "nhs_number", "Forename": "first_names", "Surname": "family_name",
    "Panel": "panel_on", "Closed": "closed_on",
}  # fmt: skip


def number(at: int) -> str:
    """A number of the range that is never issued, another for each; none where its check digit would be 10."""
    digits = f"999{at:06}"
    left = 11 - sum(int(digit) * (10 - place) for place, digit in enumerate(digits)) % 11
    return f"{digits}{left % 11}" if left != 10 else ""


def invented(rows: int, system: str) -> Iterator[list[str]]:
    dice, first = random.Random(rows), rows * 10
    for at in range(rows):
        died = dt.date(2005, 1, 1) + dt.timedelta(days=dice.randrange(5_000))
        days = [
            died,
            died - dt.timedelta(days=dice.randrange(6_000)),
            *(died + dt.timedelta(days=n) for n in (200, 260)),
        ]
        died_on, born, panel, closed = (f"{day:%d/%m/%Y}" for day in days)
        sex, category = dice.choice(("Female", "Male")), str(dice.randrange(1, 11))
        found = dice.choice(("Modifiable factors identified", "No modifiable factors identified"))
        names = [f"Invented{dice.randrange(5_000)}", f"Madeup{dice.randrange(9_000)}"]
        yield [f"{system}-{at}", died_on, born, sex, category, found, number(first + at), *names, panel, closed]


def file_of(rows: int, system: str) -> bytes:
    written = io.StringIO(newline="")
    csv.writer(written).writerows([list(COLUMNS), *invented(rows, system)])
    return written.getvalue().encode()


def ours(rows: int, data: bytes) -> None:
    from django.contrib.auth.models import User

    from exports.imports import services

    by = User.objects.get(username="bench")
    history = services.begin(f"System of {rows}", data, by)
    services.name_columns(history, COLUMNS, by)
    services.make(services.work(history), by)
    done = services.work(history)
    if done.state != "made" or done.rows.filter(case__isnull=False).count() != rows:
        raise RuntimeError(f"{done.state}: {done.problem}")


def flat_model() -> Any:
    """What stock import-export keeps of a row."""
    from django.db import models

    fields: dict[str, models.Field] = {name: models.CharField(max_length=80, blank=True) for name in COLUMNS.values()}
    meta = type("Meta", (), {"app_label": "cdop_exports", "db_table": "bench_past"})
    return type("Past", (models.Model,), {"__module__": __name__, "Meta": meta, **fields})


def stock_resource(model: Any) -> Any:
    """Our columns and their widgets in a stock resource, which brings a case in as it saves a row."""
    from django.contrib.auth.models import User
    from django.utils import timezone
    from import_export.fields import Field
    from import_export.resources import ModelResource

    from exports.imports.rows import past_of
    from exports.imports.targets import targets
    from workflow.services.bringing_in import Numbers, bring_in

    known, numbers, by, at = targets(), Numbers(), User.objects.get(username="bench"), timezone.now()

    def after_save_instance(self: Any, instance: Any, row: Any, **kwargs: Any) -> None:
        if not kwargs["dry_run"]:
            values = {name: value for name in COLUMNS.values() if (value := getattr(instance, name))}
            bring_in([past_of(values, known, history=1, row=1)], by, at, numbers)

    fields = {name: Field(name, heading, widget=known[name].widget({})) for heading, name in COLUMNS.items()}
    meta = type("Meta", (), {"model": model, "import_id_fields": ["reference"], "fields": list(fields)})
    members = {"Meta": meta, "after_save_instance": after_save_instance}
    return type("PastResource", (ModelResource,), fields | members)()


def peer(rows: int, data: bytes) -> None:
    import tablib

    from workflow.models import Case

    before, resource = Case.objects.count(), stock_resource(flat_model())
    for dry_run in (True, False):
        sheet = tablib.Dataset().load(data.decode(), "csv")
        resource.import_data(sheet, dry_run=dry_run, raise_errors=True)
    if Case.objects.count() != before + rows:
        raise RuntimeError(f"{Case.objects.count() - before} cases")


WAYS = {"ours": ours, "peer": peer}


def prepare() -> None:
    from django.contrib.auth.models import Group, User
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    call_command("load_roles", verbosity=0)
    call_command("load_forms", "notification", verbosity=0)
    User.objects.get_or_create(username="bench")[0].groups.add(Group.objects.get(name="Coordinator"))
    with connection.schema_editor() as editor:
        editor.create_model(flat_model())


def measured(way: str, rows: int) -> Measured:
    """In a process of its own, which is handed the file as a browser hands it over."""
    with tempfile.NamedTemporaryFile(suffix=".csv") as file:
        file.write(file_of(rows, f"OLD{rows}"))
        file.flush()
        return in_fresh_process(__name__, way, str(rows), file.name)


def row() -> Row:
    prepare()
    few, many, stock = measured("ours", FEW), measured("ours", ROWS), measured("peer", OF_PEER)
    return Row(
        "import_history",
        ROWS / many.seconds,
        OF_PEER / stock.seconds,
        peak_mb=many.added_mb,
        unit="rows/s",
        note=f"{FEW:,} rows add {few.added_mb:,.0f} MB",
    )


def main(way: str, rows: str, path: str) -> Measured:
    import django

    django.setup()
    from django.db import connection

    connection.ensure_connection()
    return measure(lambda: WAYS[way](int(rows), Path(path).read_bytes()))


if __name__ == "__main__":
    report(main(*sys.argv[1:]))
