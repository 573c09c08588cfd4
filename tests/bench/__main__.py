"""`python -m tests.bench [row…]`: measure the rows named, print a table, write BENCH_JSON when set.

Without a name all are measured but those that take minutes (`LONG`); `--long` measures these too.
"""

import importlib
import json
import os
import pkgutil
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

import tests.bench
from tests.bench.measure import ROOT, Row


def prepare(folder: str) -> None:
    """Django on the test settings with a database of its own, which the processes we start share."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "cdop.settings.test"
    os.environ["CDOP_VAR"] = folder
    os.environ.pop("DATABASE_URL", None)
    os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT / "site"), str(ROOT)])
    sys.path[:0] = [str(ROOT / "site")]
    import django

    django.setup()


def modules() -> dict[str, ModuleType]:
    """Every module beside this one that has a `row`, by name."""
    names = [module.name for module in pkgutil.iter_modules(tests.bench.__path__)]
    found = {name: importlib.import_module(f"tests.bench.{name}") for name in names if not name.startswith("_")}
    return {name: module for name, module in found.items() if hasattr(module, "row")}


def chosen(wanted: list[str], known: dict[str, ModuleType]) -> list[str]:
    if "--long" in wanted:
        return list(known)
    return wanted or [name for name, module in known.items() if not getattr(module, "LONG", False)]


def line(cells: Iterable[str]) -> str:
    return "  ".join(cell.rjust(12) if index else cell.ljust(12) for index, cell in enumerate(cells))


def figure(value: float | None) -> str:
    return "-" if value is None else f"{value:,.1f}" if value < 100 else f"{value:,.0f}"


def show(row: Row) -> None:
    cells = [row.name, *map(figure, (row.ours, row.peer, row.limit)), f"{row.ratio:.2f}x", figure(row.peak_mb)]
    print(f"{line(cells)}  {row.unit}{'; ' + row.note if row.note else ''}", flush=True)


def main(wanted: list[str]) -> int:
    with tempfile.TemporaryDirectory(prefix="cdop-bench-") as folder:
        prepare(folder)
        known = modules()
        names = chosen(wanted, known)
        if unknown := set(names) - set(known):
            print(f"No such row: {', '.join(sorted(unknown))}. There are: {', '.join(known)}", file=sys.stderr)
            return 2
        print(line(["row", "ours", "peer", "limit", "ratio", "peak MB"]), flush=True)
        measured: list[Row] = []
        for name in names:
            measured.append(known[name].row())
            show(measured[-1])
    if path := os.environ.get("BENCH_JSON"):
        Path(path).write_text(json.dumps({row.name: row.as_json() for row in measured}, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
