"""Answers sent as JSON, in the form in which they are stored: checked by the same kinds, conditions and rules."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError

from forms.api.problems import AnswerProblem
from forms.conditions import met, offered, unasked
from forms.journey import unfinished
from forms.kinds import kind_of
from forms.schema import Answers, FormSchema, Question
from forms.uploads.services import no_more

EXAMPLES: dict[str, Any] = {
    "whole_number": 7,
    "decimal_number": "2.50",
    "date": "2026-03-01",
    "month_year": "2026-03",
    "date_time": "2026-03-01T14:05",
    "time": "14:05",
    "grid": {"row": "code"},
    "checkboxes": ["code", "another_code"],
    "declaration": "yes",
    "address": {"line1": "1 High Street", "town": "Cambridge"},
    "upload": ["the id of a file that you sent"],
    "repeat": [{"key_of_a_question": "answer"}],
}


# What an answer says of a file, by the key of its question and its own id.
Files = Mapping[tuple[str, str], dict[str, Any]]


@dataclass
class Outcome:
    """Clean answers, what to mend, and the keys of answers that were left out because their question is not asked."""

    answers: Answers = field(default_factory=dict)
    problems: list[AnswerProblem] = field(default_factory=list)
    not_asked: list[str] = field(default_factory=list)
    files: Files = field(default_factory=dict)

    def refuse(self, key: str, message: str, *path: str | int) -> None:
        pointer = "/".join(str(part) for part in ("#/answers", *(path or (key,))))
        self.problems.append(AnswerProblem(question=key, pointer=pointer, message=message))


def check(schema: FormSchema, given: Answers, today: dt.date, files: Files | None = None) -> Outcome:
    """What a person who gave these answers, page by page, would have sent. `files` are those that they may name.

    An answer to a question that the other answers hide is left out, as the journey does, and named in `not_asked`.
    A key that no question has is a problem.
    """
    outcome = Outcome(files=files or {})
    for key in sorted(set(given) - {question.key for question in schema.questions()}):
        outcome.refuse(key, f"No question of this form has the key “{key}”.")
    for page in schema.pages:
        asked = met(page.show_if, outcome.answers, today)
        for question in page.questions:
            _meet(question, asked, given, outcome, today)
    refused = {problem.question for problem in outcome.problems}
    for problem in unfinished(schema, outcome.answers, today):
        if problem.question.key not in refused:
            outcome.refuse(problem.question.key, problem.message)
    return outcome


def _meet(question: Question, asked: bool, given: Answers, outcome: Outcome, today: dt.date) -> None:
    """Come to a question on the way: take its answer, leave it out, or work out what nobody sends."""
    asked = asked and met(question.show_if, outcome.answers, today)
    value = unasked(question, outcome.answers, today) if asked else None
    if value is not None:
        outcome.answers[question.key] = value
    if question.key in given and not (question.initial and given[question.key] == value):
        if asked:
            _take(question, given[question.key], outcome, today)
        else:
            outcome.not_asked.append(question.key)


def _take(question: Question, value: Any, outcome: Outcome, today: dt.date) -> None:
    if question.kind == "repeat":
        _take_items(question, value, outcome, today)
        return
    try:
        if question.kind == "upload" and value not in (None, "", [], {}):
            clean = _named(question, value, outcome.files)
        else:
            clean = cleaned(offered(question, outcome.answers, today), value)
    except ValidationError as problem:
        outcome.refuse(question.key, " ".join(problem.messages))
        return
    if clean is not None:
        outcome.answers[question.key] = clean


def cleaned(question: Question, value: Any) -> Any:
    """The stored form of one answer; None when it is blank.

    Raises:
        ValidationError: with what to do.
    """
    kind = kind_of(question)
    if value in (None, "", [], {}):
        return kind.clean(question, {})
    if not (kind.takes_answer and kind.typed):
        raise ValidationError(f"“{question.key}” takes no answer: it is read, or known here already")
    if not _right_type(question, value):
        raise ValidationError(_shape(question))
    try:
        clean = kind.clean(question, kind.raw(question, value))
    except (TypeError, AttributeError, ValueError, KeyError, IndexError):
        raise ValidationError(_shape(question)) from None
    if not _whole(question, value, clean):
        raise ValidationError(_shape(question))
    return clean


def _named(question: Question, value: Any, files: Files) -> list[dict[str, Any]]:
    """What is stored of the files that an answer names."""
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise ValidationError(_shape(question))
    named = list(dict.fromkeys(value))
    if missing := [each for each in named if (question.key, each) not in files]:
        message = f"No file waits for “{question.label}” under the id “{missing[0][:80]}”. Send it, then name its id"
        raise ValidationError(message)
    if len(named) > question.max_files:
        raise no_more(question)
    return [files[question.key, each] for each in named]


def _shape(question: Question) -> str:
    return f"Send the answer to “{question.label}” in its stored form, like {EXAMPLES.get(question.kind, 'text')!r}"


def _right_type(question: Question, value: Any) -> bool:
    """Whether the answer has the JSON type in which this kind is stored. Decimal numbers may come as numbers too."""
    if isinstance(value, str) and value in question.unknown:
        return True
    if isinstance(value, int | float) and not isinstance(value, bool):
        return question.kind in ("whole_number", "decimal_number")
    return isinstance(value, type(EXAMPLES.get(question.kind, "text"))) and not isinstance(value, bool)


def _whole(question: Question, given: Any, clean: Any) -> bool:
    """Whether nothing of what was given was dropped or taken for something else on the way."""
    if question.kind == "declaration" or hasattr(kind_of(question), "options"):
        return bool(clean == given)
    if isinstance(given, dict):
        kept = clean or {}
        return all(isinstance(part, str) and (name in kept or not part.strip()) for name, part in given.items())
    return True


def _take_items(group: Question, value: Any, outcome: Outcome, today: dt.date) -> None:
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        outcome.refuse(group.key, f"Send “{group.label}” as a list of objects, one for each item")
        return
    if len(value) > group.max_items:
        outcome.refuse(group.key, f"Send at most {group.max_items} to “{group.label}”")
        return
    items = [_item(group, item, number, outcome, today) for number, item in enumerate(value)]
    if items:
        outcome.answers[group.key] = items


def _item(group: Question, given: Answers, number: int, outcome: Outcome, today: dt.date) -> Answers:
    item: Answers = {}
    for key in sorted(set(given) - {part.key for part in group.questions}):
        outcome.refuse(group.key, f"No question of “{group.label}” has the key “{key}”.", group.key, number, key)
    for part in group.questions:
        if not met(part.show_if, outcome.answers | item, today):
            if part.key in given:
                outcome.not_asked.append(f"{group.key}[{number}].{part.key}")
            continue
        try:
            clean = cleaned(offered(part, outcome.answers | item, today), given.get(part.key))
        except ValidationError as problem:
            outcome.refuse(group.key, " ".join(problem.messages), group.key, number, part.key)
            continue
        if clean is not None:
            item[part.key] = clean
    return item
