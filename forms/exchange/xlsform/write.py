"""A form as an XLSForm workbook."""

from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from forms.exchange.canonical import canonical
from forms.exchange.logic import xpath
from forms.exchange.losses import kinds_for
from forms.exchange.notes import note
from forms.exchange.richtext import plain
from forms.exchange.xlsform import constants
from forms.exchange.xlsform.losses import has_note, intro_keys, native
from forms.exchange.xlsform.markup import literal
from forms.exchange.xlsform.questions import STYLED
from forms.kinds.choices import YES_NO_NOT_KNOWN
from forms.schema import FormSchema, Page, Question, Rule

NOTE = "cdop"
SURVEY = [
    "type",
    "name",
    "label",
    "hint",
    "required",
    "required_message",
    "relevant",
    "constraint",
    "constraint_message",
    "default",
]
COLUMNS = {
    "survey": [*SURVEY, "appearance", NOTE],
    "choices": ["list_name", "name", "label"],
    "settings": ["form_title", "form_id", "version", "style", NOTE],
}
TYPES = {
    "short_text": "text",
    "long_text": "text",
    "whole_number": "integer",
    "decimal_number": "decimal",
    "date": "date",
    "time": "time",
    "declaration": "acknowledge",
    "radios": "select_one",
    "select": "select_one",
    "yes_no": "select_one",
    "checkboxes": "select_multiple",
    "hidden": "hidden",
}
APPEARANCES = {"long_text": "multiline", "select": "minimal"}
YES_NO = "yes_no"
YES_NO_NOT_APPLICABLE = "yes_no_na"
# Marks a note that holds a page open, with its introduction or only its title.
INTRO, TITLE = '{"intro": true}', '{"intro": false}'
Row = dict[str, Any]


def write(schema: FormSchema, version: int = 0) -> bytes:
    """The workbook: sheets survey, choices and settings. Every cell is text or empty: nothing in it is a formula."""
    schema, carried = canonical(schema), native(schema)
    sheets = {
        "survey": Survey(schema, carried).rows(),
        "choices": _choices(carried),
        "settings": [
            {
                "form_title": carried.title,
                "form_id": carried.slug,
                "version": str(version or ""),
                "style": "pages",
                NOTE: note(schema, carried),
            }
        ],
    }
    book = Workbook(write_only=True)
    for name, columns in COLUMNS.items():
        sheet = book.create_sheet(name)
        sheet.append([_cell(sheet, column, bold=True) for column in columns])
        for row in sheets[name]:
            sheet.append([_cell(sheet, _text(row, column)) for column in columns])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _text(row: Row, column: str) -> str:
    text = row.get(column, "")
    return literal(text) if column in STYLED else text


def _cell(sheet: Any, text: str, bold: bool = False) -> Any:
    if not text:
        return None
    cell = WriteOnlyCell(sheet)
    cell._value, cell.data_type = text, "s"
    if bold:
        cell.font = Font(bold=True)
    return cell


class Survey:
    """The rows of the survey sheet: what the form carries, each with our note on what it cannot."""

    def __init__(self, schema: FormSchema, carried: FormSchema) -> None:
        self.whole, self.carried = schema, carried
        self.intros = intro_keys(carried)
        self.rules = {rule.question: rule for rule in carried.rules}

    def rows(self) -> list[Row]:
        found: list[Row] = []
        for whole, page in zip(self.whole.pages, self.carried.pages, strict=True):
            found += self.page(whole, page)
        return found

    def page(self, whole: Page, page: Page) -> list[Row]:
        kinds = kinds_for(self.carried)
        begin = {"type": "begin group", "name": f"page-{page.key}", "label": page.title, NOTE: note(whole, page)}
        begin["relevant"] = xpath.write(page.show_if, kinds)
        begin["appearance"] = "" if page.group else "field-list"
        rows = [begin]
        if has_note(page):
            words, mark = (plain(page.intro), INTRO) if page.intro else (page.title, TITLE)
            rows.append({"type": "note", "name": self.intros[page.key], "label": words, NOTE: mark})
        for mine, question in zip(whole.questions, page.questions, strict=True):
            rows += self.group(mine, question) if question.kind == "repeat" else [self.question(mine, question, kinds)]
        return [*rows, {"type": "end group"}]

    def group(self, whole: Question, group: Question) -> list[Row]:
        kinds = kinds_for(self.carried, group.key)
        begin = {"type": "begin repeat", "name": group.key, "label": group.label, NOTE: note(whole, group)}
        begin["relevant"] = xpath.write(group.show_if, kinds)
        parts = zip(whole.questions, group.questions, strict=True)
        return [begin, *[self.question(mine, part, kinds) for mine, part in parts], {"type": "end repeat"}]

    def question(self, whole: Question, question: Question, kinds: dict[str, str]) -> Row:
        row = {"name": question.key, NOTE: note(whole, question)}
        row["relevant"] = xpath.write(question.show_if, kinds)
        if question.kind == "information":
            body = plain(question.body)
            words = {"label": question.label, "hint": body} if question.label else {"label": body}
            return row | {"type": "note"} | words
        rule = self.rules.get(question.key)
        return row | {
            "type": f"{TYPES[question.kind]} {list_name(question)}".strip(),
            "label": question.label,
            "hint": question.help_text,
            "required": "yes" if question.required == "mandatory" else "",
            "required_message": question.error,
            "constraint": _constraint(question, rule, kinds),
            "constraint_message": rule.message if rule else "",
            "appearance": APPEARANCES.get(question.kind, ""),
            "default": constants.write(question.initial),
        }


def _constraint(question: Question, rule: Rule | None, kinds: dict[str, str]) -> str:
    if rule:
        return f"not({xpath.write(rule.refuse_if, kinds, question.key)})"
    limits = {
        "string-length(.) <=": question.max_length,
        ". >=": question.minimum,
        ". <=": question.maximum,
    }
    return " and ".join(f"{words} {number(limit)}" for words, limit in limits.items() if limit is not None)


def number(limit: float) -> str:
    """A number without a trailing .0 and never in powers of ten."""
    return f"{limit:.10f}".rstrip("0").rstrip(".")


def list_name(question: Question) -> str:
    """The name of the list a question chooses from; empty when it does not choose."""
    if question.kind == "yes_no":
        return YES_NO_NOT_APPLICABLE if question.unknown else YES_NO
    return f"{question.key}_list" if question.choices else ""


def _choices(schema: FormSchema) -> list[Row]:
    lists: dict[str, list[tuple[str, str]]] = {}
    for question in schema.questions():
        for part in (question, *question.questions):
            if part.kind == "yes_no":
                extra = [("not_applicable", "Not applicable")] if part.unknown else []
                lists[list_name(part)] = [*YES_NO_NOT_KNOWN, *extra]
            elif part.choices:
                lists[list_name(part)] = [(choice.code, choice.label) for choice in part.choices]
    return [
        {"list_name": name, "name": code, "label": label} for name, options in lists.items() for code, label in options
    ]
