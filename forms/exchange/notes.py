"""Notes to ourselves in a file of another format, so that our own reader loses nothing.

A note holds the fields that the format cannot carry, as JSON, beside the thing it is about. Other software ignores it.
Where somebody changed the thing itself, the note gives way.
"""

import json
from collections.abc import Callable
from typing import Any

from pydantic import ValidationError

from forms.exchange.findings import Finding
from forms.schema import FormSchema, Page, Question, Strict

Note = dict[str, Any]
PARTS = ("pages", "questions")


def note(whole: Strict, native: Strict) -> str:
    """The fields in which the whole differs from what the format carries, as JSON; empty when there are none."""
    return as_text(fields_of(whole, native))


def fields_of(whole: Strict, native: Strict) -> Note:
    mine, theirs = whole.model_dump(mode="json"), native.model_dump(mode="json")
    return {name: value for name, value in mine.items() if value != theirs[name] and name not in PARTS}


def as_text(fields: Note) -> str:
    """A note as plain ASCII without `${`, `_x0041_` and `@`, which others would take for something to do."""
    if not fields:
        return ""
    return json.dumps(fields).replace("$", "\\u0024").replace("_x", "\\u005fx").replace("@", "\\u0040")


def read_note(text: str, where: str, findings: list[Finding]) -> Note:
    """The fields in a note; nothing, and a finding, when it is damaged."""
    if not text:
        return {}
    try:
        fields = json.loads(text)
    except ValueError:
        fields = None
    if not isinstance(fields, dict):
        findings.append(Finding(where, "Our own note is damaged and was left out."))
        return {}
    return {name: value for name, value in fields.items() if name not in PARTS}


def restore(
    native: FormSchema, notes: list[Note], project: Callable[[FormSchema], FormSchema]
) -> tuple[FormSchema, list[Finding]]:
    """The form with its notes put back, where they still fit what the format says.

    `notes` are in the order of `parts_of`. `project` is what the format carries of a form.
    """
    if not any(notes):
        return native, []
    findings: list[Finding] = []
    whole = _build(native, notes, findings)
    carried = parts_of(project(whole))
    changed = [
        {name for name in fields if name in type(part).model_fields and getattr(part, name) != getattr(now, name)}
        for fields, part, now in zip(notes, carried, parts_of(native), strict=True)
    ]
    if any(changed):
        for part, names in zip(parts_of(native), changed, strict=True):
            if names:
                findings.append(Finding(_name(part), f"Changed since we wrote the file: {', '.join(sorted(names))}."))
        kept = [
            {name: value for name, value in fields.items() if name not in names}
            for fields, names in zip(notes, changed, strict=True)
        ]
        whole = _build(native, kept, findings)
    return whole, findings


def parts_of(schema: FormSchema) -> list[Strict]:
    """The form, then its pages, each with its questions and theirs, in order."""
    found: list[Strict] = [schema]
    for page in schema.pages:
        found.append(page)
        for question in page.questions:
            found += [question, *question.questions]
    return found


def _build(native: FormSchema, notes: list[Note], findings: list[Finding]) -> FormSchema:
    each = iter(notes)

    def put(part: Any, **parts: Any) -> Any:
        fields = next(each)
        try:
            return type(part).model_validate(part.model_dump() | fields).model_copy(update=parts)
        except ValidationError:
            findings.append(Finding(_name(part), "Our own note does not fit and was left out."))
            return part.model_copy(update=parts)

    form = put(native)
    pages = []
    for page in native.pages:
        new = put(page)
        pages.append(new.model_copy(update={"questions": [_question(question, put) for question in page.questions]}))
    return form.model_copy(update={"pages": pages})


def _question(question: Question, put: Callable[..., Any]) -> Question:
    new = put(question)
    return new.model_copy(update={"questions": [put(part) for part in question.questions]})


def _name(part: Strict) -> str:
    return part.key if isinstance(part, (Page, Question)) else ""
