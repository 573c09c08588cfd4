"""Where a person is in a form: which pages they walk, what is asked there, and what is still to do."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from forms.conditions import kept, met, visible
from forms.kinds import kind_of
from forms.rules import broken
from forms.schema import Answers, FormSchema, Page, Question


@dataclass(frozen=True)
class Problem:
    """Something to mend before sending: where, and what to do."""

    page: Page
    question: Question
    message: str


def questions_on(page: Page, answers: Answers, today: dt.date) -> list[Question]:
    """What a page asks: questions whose condition holds, or may come to hold by an answer on this same page."""
    here: set[str] = set()
    asked = []
    for question in page.questions:
        reads = {test.question for test in question.show_if.tests}
        if reads & here or met(question.show_if, answers, today):
            asked.append(question)
        here.add(question.key)
    return asked


def clean(questions: Iterable[Question], raw: Any, answers: Answers, today: dt.date) -> tuple[Answers, dict[str, str]]:
    """Cleaned answers and messages by key for what was posted. Questions that an earlier answer hides are skipped."""
    cleaned: Answers = {}
    errors: dict[str, str] = {}
    for question in questions:
        if not met(question.show_if, answers | cleaned, today):
            cleaned[question.key] = None
            continue
        try:
            cleaned[question.key] = kind_of(question).clean(question, raw)
        except ValidationError as problem:
            errors[question.key] = " ".join(problem.messages)
    return cleaned, errors


def asked_up_to(schema: FormSchema, page: Page) -> set[str]:
    """Keys of every question on this page and before it."""
    keys: set[str] = set()
    for each in schema.pages:
        keys |= {question.key for question in each.questions}
        if each.key == page.key:
            break
    return keys


def broken_here(schema: FormSchema, page: Page, answers: Answers, today: dt.date) -> dict[str, str]:
    """Messages of rules that this page's answers break, each at a question of this page."""
    here = {question.key for question in page.questions}
    found = broken(schema, kept(schema, answers, today), today, asked_up_to(schema, page))
    return {key: message for key, message in found.items() if key in here}


def next_page(schema: FormSchema, page: Page, answers: Answers, today: dt.date) -> Page | None:
    """The page after this one on this person's walk, None before the check page."""
    keys = [each.key for each in schema.pages]
    later = keys[keys.index(page.key) + 1 :]
    return next((each for each, _ in visible(schema, answers, today) if each.key in later), None)


def previous_page(schema: FormSchema, page: Page, answers: Answers, today: dt.date) -> Page | None:
    keys = [each.key for each in schema.pages]
    earlier = keys[: keys.index(page.key)]
    return next((each for each, _ in reversed(visible(schema, answers, today)) if each.key in earlier), None)


def _missing(question: Question, answers: Answers) -> str:
    value = answers.get(question.key)
    if question.kind == "repeat":
        if len(value or []) < question.min_items:
            return question.error or f"Add at least {question.min_items} to “{question.label}”"
        return ""
    if question.required == "mandatory" and value is None and kind_of(question).takes_answer:
        return question.error or kind_of(question).required_message(question)
    return ""


def unfinished(schema: FormSchema, answers: Answers, today: dt.date) -> list[Problem]:
    """Everything that stands between these answers and sending them, in the order of the pages."""
    rules = broken(schema, kept(schema, answers, today), today)
    return [
        Problem(page, question, message)
        for page, shown in visible(schema, answers, today)
        for question in shown
        if (message := _missing(question, answers) or rules.get(question.key, ""))
    ]


def reminders(schema: FormSchema, answers: Answers, today: dt.date) -> list[Problem]:
    """What was left blank and would be useful to have; it does not stop sending."""
    return [
        Problem(page, question, "")
        for page, shown in visible(schema, answers, today)
        for question in shown
        if question.required == "warn" and answers.get(question.key) is None
    ]
