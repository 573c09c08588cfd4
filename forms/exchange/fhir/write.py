"""A form as a FHIR R4 Questionnaire."""

import json
from typing import Any

from forms.exchange.canonical import canonical
from forms.exchange.fhir import enabling
from forms.exchange.fhir.attachments import limits_of
from forms.exchange.fhir.losses import native
from forms.exchange.fhir.terms import (
    CODES,
    CONTROL,
    CONTROL_SYSTEM,
    CONTROLS,
    DATA_ITEM,
    FORM,
    HIDDEN,
    MAX_OCCURS,
    MAX_VALUE,
    MIN_OCCURS,
    MIN_VALUE,
    NOTE,
    PLACES,
    TYPES,
    UNIT,
    YES_NO,
    YES_NO_SETS,
)
from forms.exchange.losses import kinds_for
from forms.exchange.notes import note
from forms.exchange.richtext import plain
from forms.kinds.choices import YES_NO_NOT_KNOWN
from forms.schema import FormSchema, Page, Question, Strict

Item = dict[str, Any]


def write(schema: FormSchema, version: int = 0) -> bytes:
    return (json.dumps(questionnaire(schema, version), indent=2, ensure_ascii=False) + "\n").encode()


def questionnaire(schema: FormSchema, version: int = 0) -> Item:
    """The Questionnaire: a page is a group, a repeat group is a group that repeats, a hint is a display item."""
    schema, carried = canonical(schema), native(schema)
    items = [_page(carried, mine, page) for mine, page in zip(schema.pages, carried.pages, strict=True)]
    used = {part.kind for question in carried.questions() for part in (question, *question.questions)}
    found: Item = {
        "resourceType": "Questionnaire",
        "contained": [_value_set(name) for name in YES_NO_SETS] if "yes_no" in used else [],
        "extension": _notes(schema, carried),
        "identifier": [{"system": FORM, "value": carried.slug}],
        "version": str(version or ""),
        "title": carried.title,
        "status": "active" if version else "draft",
        "item": items,
    }
    return {name: value for name, value in found.items() if value}


def _value_set(name: str) -> Item:
    concepts = [*YES_NO_NOT_KNOWN, *([("not_applicable", "Not applicable")] if YES_NO_SETS[name] else [])]
    include = {"system": YES_NO, "concept": [{"code": code, "display": label} for code, label in concepts]}
    return {"resourceType": "ValueSet", "id": name, "status": "active", "compose": {"include": [include]}}


def link(key: str, group: str = "") -> str:
    return f"{group}.{key}" if group else key


def links_for(schema: FormSchema, group: str = "") -> dict[str, str]:
    """The linkId of every question that a condition can read, at the top or in a repeat group."""
    links = {question.key: question.key for question in schema.questions()}
    members = next((question.questions for question in schema.questions() if question.key == group), [])
    return links | {part.key: link(part.key, group) for part in members}


def _page(schema: FormSchema, mine: Page, page: Page) -> Item:
    name = f"page-{page.key}"
    parts = [_question(schema, own, part) for own, part in zip(mine.questions, page.questions, strict=True)]
    item: Item = {
        "linkId": name,
        "type": "group",
        "text": page.title,
        "extension": _notes(mine, page),
        "item": [*_help(name, plain(page.intro)), *parts],
    }
    return _tidy(item | enabling.write(page.show_if, kinds_for(schema), links_for(schema)))


def _question(schema: FormSchema, mine: Question, question: Question, group: str = "") -> Item:
    name = link(question.key, group)
    item: Item = {
        "linkId": name,
        "type": TYPES[question.kind],
        "text": question.label or plain(question.body),
        "code": [{"system": DATA_ITEM, "code": question.item}] if question.item else [],
        "required": question.required == "mandatory",
        "repeats": question.kind in ("checkboxes", "repeat") or _several_files(question),
        "maxLength": question.max_length if TYPES[question.kind] in ("string", "text") else None,
        "extension": [*_extensions(question), *_notes(mine, question)],
        "initial": [{"valueString": question.initial}] if question.initial else [],
        "item": [*_help(name, question.help_text), *_members(schema, mine, question)],
    }
    when = enabling.write(question.show_if, kinds_for(schema, group), links_for(schema, group))
    return _tidy(item | _options(question) | when)


def _members(schema: FormSchema, mine: Question, group: Question) -> list[Item]:
    pairs = zip(mine.questions, group.questions, strict=True)
    return [_question(schema, own, part, group.key) for own, part in pairs]


def _options(question: Question) -> Item:
    if question.kind == "yes_no":
        return {"answerValueSet": "#yes-no-na" if question.unknown else "#yes-no"}
    return {
        "answerOption": [
            {"valueCoding": {"system": CODES, "code": choice.code, "display": choice.label}}
            for choice in question.choices
        ]
    }


def _help(name: str, words: str) -> list[Item]:
    return [{"linkId": f"{name}-help", "type": "display", "text": words, "extension": [_control("help")]}] * bool(words)


def _control(code: str) -> Item:
    return {"url": CONTROL, "valueCodeableConcept": {"coding": [{"system": CONTROL_SYSTEM, "code": code}]}}


def _extensions(question: Question) -> list[Item]:
    found = [_control(CONTROLS[question.kind])] if question.kind in CONTROLS else []
    found += [{"url": HIDDEN, "valueBoolean": True}] * (question.kind == "hidden")
    for url, limit in ((MIN_VALUE, question.minimum), (MAX_VALUE, question.maximum)):
        if limit is not None:
            found.append(
                {"url": url, "valueInteger": int(limit)} if limit.is_integer() else {"url": url, "valueDecimal": limit}
            )
    if question.decimal_places:
        found.append({"url": PLACES, "valueInteger": question.decimal_places})
    if question.unit:
        found.append({"url": UNIT, "valueCoding": {"display": question.unit}})
    if question.kind == "upload":
        found += limits_of(question)
    if _several_files(question):
        found.append({"url": MAX_OCCURS, "valueInteger": question.max_files})
    if question.kind == "repeat":
        found += [{"url": MIN_OCCURS, "valueInteger": question.min_items}] * bool(question.min_items)
        found.append({"url": MAX_OCCURS, "valueInteger": question.max_items})
    return found


def _several_files(question: Question) -> bool:
    return question.kind == "upload" and question.max_files > 1


def _notes(whole: Strict, carried: Strict) -> list[Item]:
    text = note(whole, carried)
    return [{"url": NOTE, "valueString": text}] if text else []


def _tidy(item: Item) -> Item:
    return {name: value for name, value in item.items() if value not in (None, [], "", False)}
