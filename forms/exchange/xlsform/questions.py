"""Rows of an XLSForm that ask something, as questions."""

from collections.abc import Sequence
from typing import Any

from forms.exchange.book import SheetRow
from forms.exchange.findings import Finding, Unreadable
from forms.exchange.logic.tree import NotUnderstood
from forms.exchange.richtext import paragraphs
from forms.exchange.xlsform import constants
from forms.exchange.xlsform.markup import is_styled, words
from forms.schema import Choice, Question

Lists = dict[str, list[Choice]]
# The columns that other software reads as HTML.
STYLED = ("label", "hint")
KINDS = {
    "text": "short_text",
    "string": "short_text",
    "integer": "whole_number",
    "int": "whole_number",
    "decimal": "decimal_number",
    "range": "decimal_number",
    "date": "date",
    "time": "time",
    "acknowledge": "declaration",
    "trigger": "declaration",
    "note": "information",
    "hidden": "hidden",
    "select_one": "radios",
    "select_multiple": "checkboxes",
}
YES = ("yes", "true", "true()")
NO = ("", "no", "false", "false()")
YES_NO_CODES = {"yes_no": [], "yes_no_na": ["not_applicable"]}
# Columns that change what a question does and that nothing here can do.
UNKNOWN_COLUMNS = {
    "calculation": "a calculation",
    "choice_filter": "a filter of the answers offered",
    "default": "a default answer",
    "trigger": "a trigger",
    "repeat_count": "a fixed number of items",
    "read_only": "“read only”",
    "parameters": "parameters",
}


def language_of(rows: list[SheetRow], settings: SheetRow, findings: list[Finding]) -> str:
    """The language to read: none where the label column has none, else the default one or the first."""
    columns = [column for row in rows for column in row.cells if column.startswith("label")]
    languages = list(dict.fromkeys(column.partition("::")[2] for column in columns))
    if not languages or "" in languages:
        chosen = ""
    else:
        wanted = settings.get("default_language")
        chosen = wanted if wanted in languages else languages[0]
    if others := [name for name in languages if name != chosen]:
        findings.append(Finding("survey", f"Other languages were left out: {', '.join(others)}."))
    return chosen


def label_of(row: SheetRow, language: str, column: str = "label") -> str:
    text = (row.get(f"{column}::{language}") if language else "") or row.get(column)
    return words(text) if column in STYLED else text


def unstyled(rows: list[SheetRow], language: str) -> list[Finding]:
    """A finding for each row of which only the words are kept."""
    names = [name for column in STYLED for name in (column, f"{column}::{language}")]
    styled = [row for row in rows if any(is_styled(row.get(name)) for name in names)]
    return [Finding(row.where, "Of its HTML only the words were kept.") for row in styled]


def read_lists(rows: list[SheetRow], language: str) -> Lists:
    """The choice lists by name; Unreadable when a list has one code twice or a choice has none."""
    lists: Lists = {}
    wrong = []
    for row in rows:
        name, code = row.get("list_name") or row.get("list"), row.get("name") or row.get("value")
        options = lists.setdefault(name, [])
        if not code or len(code) > 80:
            wrong.append(Finding(row.where, "A choice needs a name of 1 to 80 characters."))
        elif code in {choice.code for choice in options}:
            wrong.append(Finding(row.where, f"“{code}” stands twice in the list “{name}”."))
        else:
            options.append(Choice(code=code, label=label_of(row, language) or code))
    if wrong:
        raise Unreadable(*wrong)
    return lists


def split_type(row: SheetRow) -> tuple[str, str, bool]:
    """The type, its list, and whether “other” is offered: `select_one sex or_other`."""
    words = row.get("type").split()
    other = words[-1:] == ["or_other"]
    if other:
        words.pop()
    head = words[0].lower() if words else ""
    return head, " ".join(words[1:]), other


def question_of(row: SheetRow, key: str, lists: Lists, language: str, findings: list[Finding]) -> Question | None:
    """The question in a row, without its conditions; None, and a finding, when its type has no counterpart."""
    head, list_name, other = split_type(row)
    kind = KINDS.get(head)
    if kind is None:
        findings.append(Finding(row.where, f"Questions of the type “{row.get('type')}” have no counterpart here."))
        return None
    _leave_out(row, findings, kept=("default",) if kind == "hidden" else ())
    label = label_of(row, language)
    hint = label_of(row, language, "hint")
    if kind == "information":
        return _information(key, label, hint)
    fields: dict[str, Any] = {
        "kind": _kind(row, kind),
        "key": key,
        "label": label or key,
        "help_text": hint,
        "required": _required(row, findings),
        "error": label_of(row, language, "required_message"),
        "sensitivity": "I",
    }
    if kind == "hidden":
        fields |= _hidden(row, findings)
    elif kind in ("radios", "checkboxes"):
        fields |= _chosen(row, list_name, other, lists, findings)
    return Question(**fields)


def _information(key: str, label: str, hint: str) -> Question:
    heading, body = (label, hint) if hint else ("", label)
    return Question(kind="information", key=key, label=heading, body=paragraphs(body))


def _kind(row: SheetRow, kind: str) -> str:
    appearance = row.get("appearance").split()
    if kind == "short_text" and "multiline" in appearance:
        return "long_text"
    if kind == "radios" and ({"minimal", "autocomplete"} & set(appearance)):
        return "select"
    return kind


def _required(row: SheetRow, findings: list[Finding]) -> str:
    value = row.get("required").lower()
    if value not in (*YES, *NO):
        findings.append(Finding(row.where, "“Required” is an expression; the question is optional here."))
    return "mandatory" if value in YES else "optional"


def _chosen(row: SheetRow, name: str, other: bool, lists: Lists, findings: list[Finding]) -> dict[str, Any]:
    if name not in lists:
        raise Unreadable(Finding(row.where, f"There is no list “{name}” on the sheet “choices”."))
    if name in YES_NO_CODES and [choice.code for choice in lists[name]] == [
        "yes",
        "no",
        "not_known",
        *YES_NO_CODES[name],
    ]:
        return {"kind": "yes_no", "unknown": YES_NO_CODES[name]}
    choices = list(lists[name])
    if other and "other" not in {choice.code for choice in choices}:
        choices.append(Choice(code="other", label="Other"))
        findings.append(Finding(row.where, "“Other” is offered, without a box to say what."))
    return {"choices": choices}


def _hidden(row: SheetRow, findings: list[Finding]) -> dict[str, Any]:
    default = row.get("default")
    try:
        return {"initial": constants.read(default)}
    except NotUnderstood:
        findings.append(Finding(row.where, f"Its default is worked out, so it was left out: {default}"))
        return {}


def _leave_out(row: SheetRow, findings: list[Finding], kept: Sequence[str]) -> None:
    for column, what in UNKNOWN_COLUMNS.items():
        if row.get(column) and column not in kept:
            findings.append(Finding(row.where, f"It has {what}, which was left out."))
