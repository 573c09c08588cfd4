"""Shared code lists, as questions use them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from typing import Any


def list_choices() -> list[tuple[str, str]]:
    """The lists an editor may choose."""
    from forms.models import CodeList

    return list(CodeList.objects.values_list("name", "title"))


def offered(names: set[str], day: dt.date) -> dict[str, list[dict[str, str]]]:
    """The answers each list offers on a day, in order, as FormSchema choices. One query."""
    from forms.models import Code

    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    codes = Code.objects.filter(Code.offered_on(day), code_list__name__in=names).order_by("sort_order", "pk")
    for name, code, label, hint in codes.values_list("code_list__name", "code", "label", "hint"):
        found[name].append({"code": code, "label": label, "hint": hint})
    return found


def with_codes(pages: list[dict[str, Any]], day: dt.date) -> list[dict[str, Any]]:
    """Pages of an editor's draft, each shared list replaced by the answers it offers on a day."""
    using = [question for question in _questions(pages) if question.get("list")]
    lists = offered({question["list"] for question in using}, day) if using else {}
    for question in using:
        question["choices"] = lists.get(question.pop("list"), [])
    return pages


def _questions(pages: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for page in pages:
        for question in page.get("questions", []):
            yield question
            yield from question.get("questions", [])
