"""What pydantic found wrong with a draft, as an editor would say it."""

from itertools import pairwise

from pydantic import ValidationError as SchemaError

from forms.checks.findings import Finding, Place

NAMES = {"pages": "page", "questions": "question", "choices": "answer", "rules": "rule", "tests": "condition"}
SAID = {
    "missing": "is missing",
    "string_too_short": "is missing",
    "string_type": "is missing",
    "string_pattern_mismatch": "must be made of lower-case letters and numbers, starting with a letter",
}


def malformed(error: SchemaError) -> list[Finding]:
    return [_finding(found["loc"], found["type"], found["msg"]) for found in error.errors()]


def in_words(error: SchemaError) -> list[str]:
    return [finding.message for finding in malformed(error)]


def _finding(place: Place, kind: str, message: str) -> Finding:
    *steps, last = place or ("form",)
    words = [f"{NAMES[str(name)]} {int(number) + 1}" for name, number in pairwise(steps) if name in NAMES]
    where = ", ".join(words).capitalize() or "Form"
    return Finding(f"{where}: the {str(last).replace('_', ' ')} {SAID.get(kind, f'is wrong ({message})')}.", place)
