"""Blocks that the editor's browser draws only when someone opens them.

A form of a hundred questions has thousands of inputs; drawn at once they take a browser many seconds, and posted at
once they pass Django's limit. Until it is opened, a folded block is its heading and one hidden field of JSON.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.core.exceptions import SuspiciousOperation
from django.http import QueryDict
from django.utils.functional import cached_property
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.telepath import register
from wagtail.blocks import BaseStreamBlock, BaseStructBlock, Block, ListBlock, StructBlock
from wagtail.blocks.struct_block import StructBlockAdapter


class FoldedBlock(StructBlock):
    def value_from_datadict(self, data: Any, files: Any, prefix: str) -> Any:
        drawn = any(name.startswith(f"{prefix}-") for name in data)
        if prefix in data and not drawn:
            data = _query(posted(self, prefix, _state(data[prefix])))
        return super().value_from_datadict(data, files, prefix)

    def value_omitted_from_data(self, data: Any, files: Any, prefix: str) -> bool:
        return prefix not in data and super().value_omitted_from_data(data, files, prefix)


def _state(text: str) -> dict[str, Any]:
    """Raises SuspiciousOperation for anything but the JSON object that our script sends."""
    try:
        state = json.loads(text)
    except ValueError:
        state = None
    if not isinstance(state, dict):
        raise SuspiciousOperation("A folded block must be an object of JSON.")
    return state


def _query(pairs: Iterable[tuple[str, str]]) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, value in pairs:
        query.appendlist(name, value)
    return query


def posted(block: Block, prefix: str, state: Any) -> Iterator[tuple[str, str]]:
    """The names and values a browser would post for a block in this state (Wagtail's `get_form_state`)."""
    if isinstance(block, BaseStructBlock):
        given = state if isinstance(state, dict) else {}
        for name, child in block.child_blocks.items():
            missing = name not in given
            inner = child.get_form_state(child.get_default()) if missing else given[name]
            yield from posted(child, f"{prefix}-{name}", inner)
    elif isinstance(block, BaseStreamBlock | ListBlock):
        yield from _posted_sequence(block, prefix, state if isinstance(state, list) else [])
    else:
        yield from ((prefix, value) for value in _values(state))


def _posted_sequence(block: Any, prefix: str, items: list[Any]) -> Iterator[tuple[str, str]]:
    yield f"{prefix}-count", str(len(items))
    for index, item in enumerate(items):
        place = f"{prefix}-{index}"
        kind = item.get("type", "")
        yield f"{place}-deleted", ""
        yield f"{place}-order", str(index)
        yield f"{place}-type", kind
        yield f"{place}-id", item.get("id") or ""
        child = block.child_block if isinstance(block, ListBlock) else block.child_blocks.get(kind)
        if child is not None:
            yield from posted(child, f"{place}-value", item.get("value"))


def _values(state: Any) -> list[str]:
    """What one input posts: nothing for an empty box to tick, every choice of several, else its text."""
    if isinstance(state, bool):
        return ["on"] if state else []
    if isinstance(state, list):
        return [str(each) for each in state]
    return ["" if state is None else str(state)]


class FoldedBlockAdapter(StructBlockAdapter):
    js_constructor = "cdop.forms.FoldedBlock"

    @cached_property
    def media(self) -> forms.Media:
        return forms.Media(
            js=[versioned_static("wagtailadmin/js/telepath/blocks.js"), "cdop_forms/editor.js"],
            css={"all": ["cdop_forms/editor.css"]},
        )


register(FoldedBlockAdapter(), FoldedBlock)
