"""The factors of an analysis, each with what identifies nobody apart from words of one's own. Plain Python."""

from collections.abc import Iterator, Mapping
from typing import Any

from forms.identity import identifies
from forms.schema import FormSchema

GROUP = "factors"
Told = dict[str, Any]


def factors_of(schema: FormSchema, answers: Mapping[str, Any]) -> Iterator[tuple[Told, Told]]:
    """Of each line, in its order: the answers that identify nobody, and those that may."""
    group = next((question for question in schema.questions() if question.key == GROUP), None)
    for line in answers.get(GROUP) or []:
        plain: Told = {}
        words: Told = {}
        for part in group.questions if group else ():
            if part.key in line:
                (words if identifies(part) else plain)[part.key] = line[part.key]
        yield plain, words
