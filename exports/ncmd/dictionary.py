"""What goes in each stage, read from dictionary.yaml: data items of the statutory forms, in order."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from content.definitions import parsed
from exports.ncmd.states import Stage
from forms import dictionary
from forms.dictionary import Item

FILE = Path(__file__).parent / "dictionary.yaml"


@dataclass(frozen=True)
class Content:
    """One stage: which items it has, when it is due (after which move), and for which cases (`only_if`)."""

    stage: Stage
    says: str
    due_after: str
    items: tuple[Item, ...]
    only_if: tuple[tuple[str, str], ...] = ()
    from_analysis: bool = False
    only_answered: bool = False

    def concerns(self, record: dict[str, Any]) -> bool:
        return all(record.get(item) == value for item, value in self.only_if)


@dataclass(frozen=True)
class Dictionary:
    version: int
    order_is_confirmed: bool
    about_order: str
    contents: dict[Stage, Content]

    def due_after(self, move: str) -> list[Content]:
        return [content for content in self.contents.values() if content.due_after == move]


@lru_cache(maxsize=1)
def ncmd() -> Dictionary:
    data = parsed(FILE)
    contents = {Stage(name): _content(Stage(name), written) for name, written in data["stages"].items()}
    order = data["order"]
    return Dictionary(data["version"], not order.get("confirm"), order["says"], contents)


def _content(stage: Stage, written: dict[str, Any]) -> Content:
    known = dictionary.items()
    forms = set(written.get("forms", ()))
    without = set(written.get("without", ()))
    asked = [name for name, item in known.items() if forms & set(item.stages) and name not in without]
    names = written.get("items") or asked
    return Content(
        stage=stage,
        says=written["says"],
        due_after=written["due_after"],
        items=tuple(known[name] for name in names),
        only_if=tuple(written.get("only_if", {}).items()),
        from_analysis=written.get("source") == "analysis",
        only_answered=written.get("only_answered", False),
    )
