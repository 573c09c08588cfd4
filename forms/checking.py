"""The checks of an editor's draft, each with the way to its place in the editor."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError as SchemaError

from forms.checks import Finding, findings, malformed
from forms.schema import FormSchema

if TYPE_CHECKING:
    from forms.models import Form


@dataclass(frozen=True)
class Shown:
    """A finding, and the ids of the editor's blocks to open one after the other to see its place."""

    message: str
    blocks: bool
    open: tuple[str, ...]


def check(form: "Form") -> list[Finding]:
    """Everything found in a draft, saved or not."""
    from forms.selectors import asked_about_every_child, keys_of_other_forms

    try:
        schema = FormSchema.model_validate(form.schema_data())
    except SchemaError as error:
        return malformed(error)
    elsewhere = asked_about_every_child() if schema.triggers else ()
    known = keys_of_other_forms(schema.slug) if any(each.initial for each in schema.questions()) else ()
    return findings(schema, form.published_definitions() if form.pk else (), elsewhere, known)


def shown(form: "Form") -> list[Shown]:
    return [Shown(each.message, each.blocks, _blocks(form, each.place)) for each in check(form)]


def _blocks(form: "Form", place: tuple[str | int, ...]) -> tuple[str, ...]:
    """Ids from the outermost block inwards, as far as the place is made of stream blocks."""
    ids: list[str] = []
    value: Any = {"pages": form.pages, "rules": form.rules, "triggers": form.triggers}
    for name, number in zip(place[::2], place[1::2], strict=False):
        if name not in ("pages", "questions", "rules", "triggers") or not isinstance(number, int):
            break
        child = value[name][number]
        if child.id is None:
            break
        ids.append(child.id)
        value = child.value
    return tuple(ids)
