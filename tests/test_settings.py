"""The README's table of variables and the code agree."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.processes import ROOT

READERS = {"text", "listed", "number", "flag", "secure_address", "get", "getenv", "setdefault"}
FOLDERS = ("site", "content", "forms", "workflow", "exports", "tests")
# Of the operating system, and what processes of the bench tell each other.
NOT_OURS = {"PYTHONPATH", "PATH", "BENCH_BYTES"}


def read_in(path: Path) -> Iterator[str]:
    """The names of the variables that a module reads."""
    for node in ast.walk(ast.parse(path.read_text())):
        match node:
            case ast.Call(func=ast.Attribute(value=source, attr=reader), args=[ast.Constant(value=str(name)), *_]) if (
                reader in READERS and ast.unparse(source) in ("environment", "os.environ", "os")
            ):
                yield name
            case ast.Subscript(value=source, slice=ast.Constant(value=str(name)), ctx=ast.Load()) if (
                ast.unparse(source) == "os.environ"
            ):
                yield name


def code() -> set[str]:
    modules = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")]
    makefile = set(re.findall(r"^([A-Z_]+) \?=", (ROOT / "Makefile").read_text(), re.MULTILINE))
    return {name for module in modules for name in read_in(module)} | makefile


def table() -> set[str]:
    section = (ROOT / "README.md").read_text().split("## Variables")[1]
    first_cells = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    return {name for cell in first_cells for name in re.findall(r"`([A-Z_]+)`", cell)}


def test_the_readme_names_every_variable_that_is_read_and_no_other():
    assert table() == code() - NOT_OURS


def test_only_the_settings_and_the_starting_commands_read_the_environment():
    readers = {path for room in ("content", "forms", "workflow", "exports") for path in (ROOT / room).rglob("*.py")}
    assert [path for path in readers if list(read_in(path))] == []
