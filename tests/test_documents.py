"""What the documents point at exists."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import get_commands

from tests.processes import ROOT

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
IN_CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
NAMES = [str(path.relative_to(ROOT)) for path in DOCUMENTS]


def anchors(document: Path) -> set[str]:
    """The anchors that a forge makes of the headings."""
    words = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in HEADING.findall(document.read_text()))
    return {heading.strip().replace(" ", "-") for heading in words}


def broken(document: Path) -> Iterator[str]:
    for link in LINK.findall(IN_CODE.sub("", document.read_text())):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (document.parent / path).resolve() if path else document
        if not target.exists() or (anchor and anchor not in anchors(target)):
            yield link


@pytest.mark.parametrize("name", NAMES)
def test_every_link_leads_somewhere(name):
    assert list(broken(ROOT / name)) == []


@pytest.mark.parametrize("name", NAMES)
def test_every_command_that_is_named_exists(name):
    named = re.findall(r"(?:manage\.py|^run) ([a-z_]+)", (ROOT / name).read_text(), re.MULTILINE)
    assert set(named) - set(get_commands()) == set()


@pytest.mark.parametrize("name", NAMES)
def test_every_module_that_is_named_exists(name):
    named = re.findall(r"`((?:forms|content|workflow|exports|tests|site|docs)/[\w/.]+)`", (ROOT / name).read_text())
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_the_glossary_names_only_models_that_there_are():
    glossary = (ROOT / "docs/glossary.md").read_text()
    models = {model.__name__ for model in apps.get_models()}
    for name in ("AreaSettings", "Case", "ScopeDecision", "JarDecision", "Hold", "ClockRule", "Form", "FormVersion"):
        assert f"`{name}" in glossary
        assert name in models


def test_every_decision_is_in_the_list():
    records = {path.name for path in (ROOT / "docs/decisions").glob("0*.md")}
    assert records == set(re.findall(r"\((0[\w-]+\.md)\)", (ROOT / "docs/decisions/README.md").read_text()))


def test_every_document_is_in_the_index():
    index = (ROOT / "docs/README.md").read_text()
    assert [
        path.name for path in (ROOT / "docs").glob("*.md") if path.name not in index and path.name != "README.md"
    ] == []


def test_pictures_are_small_enough_for_a_slow_line():
    sizes = {path.name: path.stat().st_size for path in (ROOT / "docs/pictures").glob("*.png")}
    assert sizes
    assert {name: size for name, size in sizes.items() if size > 200_000} == {}
