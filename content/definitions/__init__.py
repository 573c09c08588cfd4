"""The pages that ship with the product, as readable files.

A file is a page and its path is the page's address: `families/support.yaml` is
`/families/support/`, `home.yaml` is `/`.
Text is Markdown. The body is a list of blocks, each `name: value`; a block that is only text may be written so.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml
from wagtail import blocks
from wagtail.models import Page

from content.definitions.rich_text import rich_text

FOLDER = Path(__file__).parent
HOME = "home"
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class PageDefinition:
    key: str
    data: dict[str, Any]

    @property
    def slug(self) -> str:
        return self.key.rsplit("/", 1)[-1]

    @property
    def parent(self) -> str:
        """The key of the page above; empty for the home page."""
        if self.key == HOME:
            return ""
        return self.key.rsplit("/", 1)[0] if "/" in self.key else HOME

    @cached_property
    def digest(self) -> str:
        return sha256(json.dumps(self.data, sort_keys=True, default=str).encode()).hexdigest()


def read_pages() -> list[PageDefinition]:
    """Every shipped page, each after the page above it and in the order of the menu."""
    pages = [_read(path) for path in FOLDER.rglob("*.yaml")]
    return sorted(pages, key=lambda page: (page.key != HOME, page.key.count("/"), page.data.get("order", 0), page.key))


def _read(path: Path) -> PageDefinition:
    key = path.relative_to(FOLDER).with_suffix("").as_posix()
    return PageDefinition(key, parsed(path))


def parsed(path: Path) -> Any:
    """What a YAML file says."""
    return yaml.load(path.read_text(), LOADER)  # noqa: S506 (a safe loader, the faster one where there is one)


def stream(block: blocks.Block, written: Any, pages: Mapping[str, Page | None]) -> Any:
    """What a file says as the raw value of a block: Markdown made rich, and page keys made primary keys."""
    if isinstance(block, blocks.StreamBlock):
        items = [next(iter(item.items())) for item in written or []]
        return [{"type": name, "value": stream(block.child_blocks[name], value, pages)} for name, value in items]
    if isinstance(block, blocks.ListBlock):
        return [stream(block.child_block, item, pages) for item in written]
    if isinstance(block, blocks.StructBlock):
        values = written if isinstance(written, dict) else {"text": written}
        return {name: stream(block.child_blocks[name], value, pages) for name, value in values.items()}
    if isinstance(block, blocks.RichTextBlock):
        return rich_text(written, pages)
    if isinstance(block, blocks.PageChooserBlock):
        return page.pk if (page := pages[written]) else None
    return written
