"""A form as a REDCap data dictionary."""

import csv
from html import escape
from io import StringIO
from typing import Any

from forms.exchange.canonical import canonical
from forms.exchange.logic import branching
from forms.exchange.losses import kinds_for
from forms.exchange.notes import fields_of
from forms.exchange.redcap import annotations
from forms.exchange.redcap.instruments import instruments
from forms.exchange.redcap.losses import RECORD, before_conditions_move, intro_keys, native
from forms.exchange.richtext import plain
from forms.schema import Condition, FormSchema, Page, Question

NAME, FORM, SECTION = "Variable / Field Name", "Form Name", "Section Header"
TYPE, LABEL, CHOICES = "Field Type", "Field Label", "Choices, Calculations, OR Slider Labels"
HINT, VALIDATION = "Field Note", "Text Validation Type OR Show Slider Number"
LEAST, MOST, IDENTIFIER = "Text Validation Min", "Text Validation Max", "Identifier?"
LOGIC, REQUIRED, ANNOTATION = "Branching Logic (Show field only if...)", "Required Field?", "Field Annotation"
MATRIX = ["Custom Alignment", "Question Number (surveys only)", "Matrix Group Name", "Matrix Ranking?"]
COLUMNS = [
    *(NAME, FORM, SECTION, TYPE, LABEL, CHOICES, HINT, VALIDATION, LEAST, MOST, IDENTIFIER, LOGIC, REQUIRED),
    *MATRIX,
    ANNOTATION,
]
TYPES = {"long_text": "notes", "radios": "radio", "select": "dropdown", "checkboxes": "checkbox"}
VALIDATIONS = {"email": "email", "whole_number": "integer", "date": "date_dmy", "time": "time"}
Row = dict[str, str]


def write(schema: FormSchema, version: int = 0) -> bytes:
    """The eighteen columns as UTF-8 CSV. Our notes stand in Field Annotation, which REDCap does not show to people."""
    text = StringIO()
    writer = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(Dictionary(schema).rows())
    return text.getvalue().encode()


class Dictionary:
    """`whole` is the form, `carried` what REDCap gets of it; `stated` still has its conditions where they belong."""

    def __init__(self, schema: FormSchema) -> None:
        self.whole, self.carried, self.stated = canonical(schema), native(schema), before_conditions_move(schema)
        self.intros = intro_keys(self.carried)

    def rows(self) -> list[Row]:
        names = instruments(self.stated)
        first = {NAME: RECORD, FORM: names[0], TYPE: "text", LABEL: "Record ID"}
        rows = [first | _annotated({"form": fields_of(self.whole, self.carried)})]
        for pages in zip(self.whole.pages, self.stated.pages, self.carried.pages, names, strict=True):
            rows += self.page(*pages)
        return rows

    def page(self, whole: Page, stated: Page, page: Page, instrument: str) -> list[Row]:
        notes: dict[str, Any] = {"page": fields_of(whole, page)}
        rows: list[Row] = []
        if page.intro:
            marked = _annotated({"intro": bool(stated.intro and whole.intro), **notes})
            rows.append({NAME: self.intros[page.key], TYPE: "descriptive", LABEL: _label(plain(page.intro))} | marked)
            notes = {}
        for mine, old, question in zip(whole.questions, stated.questions, page.questions, strict=True):
            rows += self.question(mine, old, question, notes, stated.show_if)
            notes = {}
        rows[0][SECTION] = page.title
        return [row | {FORM: instrument} for row in rows]

    def question(
        self, whole: Question, stated: Question, question: Question, notes: dict[str, Any], *outer: Condition
    ) -> list[Row]:
        kinds = kinds_for(self.stated, stated.key)
        if question.kind != "repeat":
            return [_asked(whole, question, _logic([*outer, stated.show_if], kinds), notes)]
        rows = []
        notes = notes | {"group": fields_of(whole, question) | {"key": whole.key}}
        for mine, old, part in zip(whole.questions, stated.questions, question.questions, strict=True):
            rows.append(_asked(mine, part, _logic([*outer, stated.show_if, old.show_if], kinds), notes))
            notes = {}
        return rows


def _asked(whole: Question, question: Question, logic: str, notes: dict[str, Any]) -> Row:
    """One field. Logic that says more than a condition of ours can has our own condition in the note."""
    field = fields_of(whole, question)
    if logic and not question.show_if.tests:
        field["show_if"] = whole.show_if.model_dump(mode="json")
    tags = annotations.hidden(question.initial) if question.kind == "hidden" else ""
    return _row(question) | {LOGIC: logic} | _annotated(notes | {"field": field}, tags)


def _row(question: Question) -> Row:
    if question.kind == "information":
        return {NAME: question.key, TYPE: "descriptive", LABEL: _label(plain(question.body))}
    return {
        NAME: question.key,
        TYPE: TYPES.get(question.kind, "text"),
        LABEL: _label(question.label),
        CHOICES: " | ".join(f"{choice.code}, {_label(choice.label)}" for choice in question.choices),
        HINT: question.help_text,
        VALIDATION: _validation(question),
        LEAST: _number(question.minimum),
        MOST: _number(question.maximum),
        IDENTIFIER: "y" if question.sensitivity == "I" else "",
        REQUIRED: "y" if question.required == "mandatory" else "",
    }


def _label(text: str) -> str:
    """REDCap reads labels as HTML: what would be taken for a tag or a sign by name is escaped."""
    return text if plain(text) == text else escape(text, quote=False)


def _validation(question: Question) -> str:
    if question.kind == "decimal_number":
        return f"number_{question.decimal_places}dp" if question.decimal_places else "number"
    return VALIDATIONS.get(question.kind, "")


def _number(limit: float | None) -> str:
    return "" if limit is None else f"{limit:.10f}".rstrip("0").rstrip(".")


def _logic(conditions: list[Condition], kinds: dict[str, str]) -> str:
    """All of the conditions; each in brackets where another stands beside it and it is joined by “or”."""
    stated = [condition for condition in conditions if condition.tests]
    if len(stated) == 1:
        return branching.write(stated[0], kinds)
    texts = [branching.write(condition, kinds) for condition in stated]
    pairs = zip(stated, texts, strict=True)
    return " and ".join(f"({text})" if condition.join == "any" else text for condition, text in pairs)


def _annotated(notes: dict[str, Any], tags: str = "") -> Row:
    return {ANNOTATION: annotations.written(tags, notes)}
