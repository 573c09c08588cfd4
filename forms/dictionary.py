"""The data dictionary: every item that the statutory forms ask for, read from the forms that ship.

An item has the name of the question that asks it in a shipped form; what is worked out from others is none. What is
not confirmed against the current national forms says so.
"""

from dataclasses import dataclass, replace
from functools import lru_cache

from forms.definitions import names, read, unconfirmed
from forms.schema import FormSchema, Question


@dataclass(frozen=True)
class Item:
    """One data item. `stages` are the slugs of the statutory forms that ask it, `kinds` how they do."""

    name: str
    label: str
    kinds: frozenset[str]
    codes: frozenset[str]
    sensitivity: str
    stages: tuple[str, ...]
    confirmed: bool


@lru_cache(maxsize=1)
def items() -> dict[str, Item]:
    """Every item by name, in the order of the forms."""
    found: dict[str, Item] = {}
    for form in names():
        doubtful = set(unconfirmed(form))
        for question in FormSchema.model_validate(read(form)).questions():
            if question.kind not in ("information", "calculated"):
                found[question.key] = _item(question, form, question.key not in doubtful, found.get(question.key))
    return found


def _item(question: Question, form: str, confirmed: bool, known: Item | None) -> Item:
    codes = frozenset(choice.code for choice in question.choices)
    kinds = frozenset([question.kind])
    if known is None:
        return Item(question.key, question.label, kinds, codes, question.sensitivity, (form,), confirmed)
    return replace(
        known,
        kinds=known.kinds | kinds,
        codes=known.codes | codes,
        stages=(*known.stages, form),
        confirmed=known.confirmed and confirmed,
    )


def item_fed_by(question: Question) -> str:
    """The item a question feeds: the one the editor chose, or the one it shares its key with; "" for none."""
    return question.item or (question.key if question.key in items() else "")
