"""Fields of a data dictionary, as questions."""

import re
from typing import Any

from forms.exchange.findings import NOT_BEFOREHAND, Finding, Unreadable
from forms.exchange.redcap.annotations import DEFAULT, HIDDEN, Annotation, understand
from forms.exchange.redcap.write import (
    ANNOTATION,
    CHOICES,
    HINT,
    IDENTIFIER,
    LABEL,
    LEAST,
    MATRIX,
    MOST,
    REQUIRED,
    TYPE,
    VALIDATION,
)
from forms.exchange.richtext import paragraphs, plain
from forms.schema import Choice, Question

KINDS = {
    "text": "short_text",
    "notes": "long_text",
    "radio": "radios",
    "dropdown": "select",
    "checkbox": "checkboxes",
    "yesno": "yes_no",
    "truefalse": "radios",
    "descriptive": "information",
}
DATES = ("date_dmy", "date_mdy", "date_ymd")
TRUE_FALSE = [Choice(code="1", label="True"), Choice(code="0", label="False")]
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
Row = dict[str, str]


def question_of(row: Row, key: str, where: str, findings: list[Finding]) -> Question | None:
    """The question in a field, without its condition; None, and a finding, when its type has no counterpart."""
    kind = KINDS.get(row[TYPE].lower())
    if kind is None:
        findings.append(Finding(where, f"Fields of the type “{row[TYPE]}” have no counterpart here."))
        return None
    annotation = understand(row[ANNOTATION])
    if kind == "information":
        _leave_out(annotation, where, findings)
        return Question(kind=kind, key=key, body=paragraphs(plain(row[LABEL])))
    if row[MATRIX[2]]:
        findings.append(Finding(where, f"The matrix “{row[MATRIX[2]]}” is asked question by question."))
    fields: dict[str, Any] = {
        "kind": kind,
        "key": key,
        "label": plain(row[LABEL]) or key,
        "help_text": row[HINT],
        "required": "mandatory" if row[REQUIRED].lower() == "y" else "optional",
        "sensitivity": "I" if row[IDENTIFIER].lower() == "y" else "S",
    }
    if HIDDEN in annotation.tags:
        fields |= {"kind": "hidden", "initial": _initial(annotation, where, findings)}
    elif kind == "yes_no":
        findings.append(Finding(where, "Asked as yes, no or not known: its codes 1 and 0 are “yes” and “no” here."))
    elif kind in ("radios", "select", "checkboxes"):
        fields["choices"] = TRUE_FALSE if row[TYPE].lower() == "truefalse" else _choices(row, where)
    elif kind == "short_text":
        fields |= _validated(row, where, findings)
    _leave_out(annotation, where, findings)
    return Question(**fields)


def _initial(annotation: Annotation, where: str, findings: list[Finding]) -> str:
    """What a hidden field is from the start; its two tags are taken."""
    del annotation.tags[HIDDEN]
    default = annotation.tags.pop(DEFAULT, "")
    if "[" not in default:
        return default
    findings.append(Finding(where, f"Its default is taken from another answer, so it was left out: {default}"))
    return ""


def _leave_out(annotation: Annotation, where: str, findings: list[Finding]) -> None:
    if DEFAULT in annotation.tags:
        findings.append(Finding(where, NOT_BEFOREHAND))
    others = [f"@{name}" for name in annotation.tags if name != DEFAULT] + annotation.others
    if others:
        findings.append(Finding(where, f"The annotation was left out: {' '.join(others)}"))


def _choices(row: Row, where: str) -> list[Choice]:
    found: list[Choice] = []
    for part in row[CHOICES].split("|"):
        code, comma, label = (piece.strip() for piece in part.partition(","))
        if not comma or not code or len(code) > 80:
            raise Unreadable(Finding(where, f"The choice “{part.strip()}” is not a code, a comma and a label."))
        if code in {choice.code for choice in found}:
            raise Unreadable(Finding(where, f"The code “{code}” stands twice among the choices."))
        found.append(Choice(code=code, label=plain(label) or code))
    return found


def _validated(row: Row, where: str, findings: list[Finding]) -> dict[str, Any]:
    check = row[VALIDATION].lower()
    if not check:
        return {}
    if check in DATES:
        return {"kind": "date"}
    if check in ("email", "time"):
        return {"kind": check}
    if check == "integer":
        return {"kind": "whole_number"} | _limits(row, where, findings)
    if places := re.fullmatch(r"number(?:_([1-4])dp)?", check):
        return {"kind": "decimal_number", "decimal_places": int(places[1] or 0)} | _limits(row, where, findings)
    findings.append(Finding(where, f"The check “{check}” is not made here; the answer is plain text."))
    return {}


def _limits(row: Row, where: str, findings: list[Finding]) -> dict[str, Any]:
    found = {}
    for column, name in ((LEAST, "minimum"), (MOST, "maximum")):
        if NUMBER.fullmatch(row[column]):
            found[name] = float(row[column])
        elif row[column]:
            findings.append(Finding(where, f"The limit “{row[column]}” is no number and was left out."))
    return found
