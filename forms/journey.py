"""Where a person is in a form: which pages they walk, what is asked there, and what is still to do."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from forms.conditions import kept, met, offered, reads, unasked, visible
from forms.kinds import kind_of
from forms.rules import broken
from forms.schema import Answers, Condition, FormSchema, Page, Question


@dataclass(frozen=True)
class Problem:
    """Something to mend before sending: where, and what to do."""

    page: Page
    question: Question
    message: str


@dataclass(frozen=True)
class Walk:
    """One person's way through a form: the pages they meet and what they answered there."""

    schema: FormSchema
    pages: list[Page]
    answers: Answers

    def page(self, key: str) -> Page | None:
        return next((page for page in self.pages if page.key == key), None)

    def after(self, page: Page) -> Page | None:
        """The next page on the way, None before the check page; `page` itself need not be on the way any more."""
        return self._first(self.schema.pages[self._place(page) + 1 :])

    def before(self, page: Page) -> Page | None:
        return self._first(reversed(self.schema.pages[: self._place(page)]))

    def number(self, page: Page) -> int:
        return self.pages.index(page) + 1

    def _place(self, page: Page) -> int:
        return next(place for place, each in enumerate(self.schema.pages) if each.key == page.key)

    def _first(self, pages: Iterable[Page]) -> Page | None:
        return next((page for page in pages if self.page(page.key)), None)


def walk(schema: FormSchema, answers: Answers, today: dt.date) -> Walk:
    """The way of a person with these answers. Answers to what is not on it are left out, not forgotten."""
    return Walk(schema, [page for page, _ in visible(schema, answers, today)], kept(schema, answers, today))


def may_be_asked(question: Question, here: set[str], answers: Answers, today: dt.date) -> bool:
    """Whether a question is asked, or comes to be by an answer on the same page (those in `here`)."""
    condition = question.show_if
    elsewhere = [test for test in condition.tests if not reads(Condition(tests=[test])) & here]
    if len(elsewhere) == len(condition.tests):
        return met(condition, answers, today)
    return condition.join == "any" or met(Condition(tests=elsewhere), answers, today)


def questions_on(page: Page, answers: Answers, today: dt.date) -> list[Question]:
    """What a page asks: questions whose condition holds, or may come to hold by an answer on this same page.

    `answers` are those given elsewhere, and what on this page is known already.
    """
    here: set[str] = set()
    known = dict(answers)
    asked = []
    for question in page.questions:
        if may_be_asked(question, here, known, today):
            asked.append(offered(question, known, today))
            settles_by = question.calculation.of if question.calculation else reads(question.show_if)
            unasked_here = question.calculation or question.initial
            if unasked_here and here.isdisjoint(settles_by):
                known |= _unasked(question, known, today)
            elif unasked_here or (kind_of(question).typed and question.key not in answers):
                here.add(question.key)
    return asked


def _unasked(question: Question, answers: Answers, today: dt.date) -> Answers:
    """What nobody types by its key; nothing for other questions, and while it cannot be worked out."""
    known_already = question.key in answers and not question.calculation
    value = None if known_already else unasked(question, answers, today)
    return {} if value is None else {question.key: value}


def clean(questions: Iterable[Question], raw: Any, answers: Answers, today: dt.date) -> tuple[Answers, dict[str, str]]:
    """Cleaned answers and messages by key for what was posted.

    `answers` are those given elsewhere, and what on this page is known already. A question that an answer hides is
    passed over: what was once answered there stays in the draft, in case it is shown again, and is not sent. So is a
    repeat group, whose items come one by one, what nobody types, and a question that depends on one still to be mended.
    """
    cleaned: Answers = {}
    errors: dict[str, str] = {}
    known = dict(answers)
    for question in questions:
        if reads(question.show_if) & errors.keys() or not met(question.show_if, known, today):
            continue
        known |= _unasked(question, known, today)
        if question.kind == "repeat" or not kind_of(question).typed:
            continue
        try:
            cleaned[question.key] = kind_of(question).clean(offered(question, known, today), raw)
        except ValidationError as problem:
            errors[question.key] = " ".join(problem.messages)
        known |= cleaned
    return cleaned, errors


def leniently(questions: Iterable[Question]) -> list[Question]:
    """The questions as they may be left by who goes on later: none must be answered."""
    return [question.model_copy(update={"required": "optional"}) for question in questions]


def asked_up_to(schema: FormSchema, page: Page) -> set[str]:
    """Keys of every question on this page and before it."""
    keys: set[str] = set()
    for each in schema.pages:
        keys |= {question.key for question in each.questions}
        if each.key == page.key:
            break
    return keys


def broken_here(
    schema: FormSchema, page: Page, answers: Answers, today: dt.date, to_mend: Iterable[str] = ()
) -> dict[str, str]:
    """Messages of rules that this page's answers break, each at a question that is asked on this page.

    Rules that read a question still to be mended (`to_mend`) are left for later.
    """
    shown = next((shown for each, shown in visible(schema, answers, today) if each.key == page.key), [])
    here = {question.key for question in shown}
    found = broken(schema, kept(schema, answers, today), today, asked_up_to(schema, page).difference(to_mend))
    return {key: message for key, message in found.items() if key in here}


def too_few(group: Question, answers: Answers) -> str:
    """What to do when a repeat group has fewer items than it needs; empty when it has enough."""
    fewest = max(group.min_items, int(group.required == "mandatory"))
    if len(answers.get(group.key) or []) >= fewest:
        return ""
    return group.error or gettext("Add at least %(fewest)s to “%(group)s”") % {"fewest": fewest, "group": group.label}


def incomplete(group: Question, answers: Answers, today: dt.date) -> str:
    """What to do when a repeat group has too few items, or one that was left half filled in; otherwise empty."""
    for number, item in enumerate(answers.get(group.key) or [], 1):
        given = answers | item
        if any(met(part.show_if, given, today) and _missing(part, item, today) for part in group.questions):
            words = gettext("Finish or remove “%(item)s %(number)s”: it is not filled in completely")
            return words % {"item": group.item_title, "number": number}
    return too_few(group, answers)


def incomplete_groups(asked: Iterable[Question], answers: Answers, today: dt.date) -> dict[str, str]:
    """What to do about the repeat groups among these questions, by key; those that are complete are left out."""
    groups = [question for question in asked if question.kind == "repeat"]
    return {group.key: message for group in groups if (message := incomplete(group, answers, today))}


def _missing(question: Question, answers: Answers, today: dt.date) -> str:
    if question.kind == "repeat":
        return incomplete(question, answers, today)
    needed = question.required == "mandatory" and kind_of(question).typed
    if needed and answers.get(question.key) is None:
        return question.error or kind_of(question).required_message(question)
    return ""


def unfinished(schema: FormSchema, answers: Answers, today: dt.date) -> list[Problem]:
    """Everything that stands between these answers and sending them, in the order of the pages."""
    sent = kept(schema, answers, today)
    rules = broken(schema, sent, today)
    return [
        Problem(page, question, message)
        for page, shown in visible(schema, answers, today)
        for question in shown
        if (message := _missing(question, sent, today) or rules.get(question.key, ""))
    ]


def reminders(schema: FormSchema, answers: Answers, today: dt.date) -> list[Problem]:
    """What was left blank and would be useful to have; it does not stop sending."""
    sent = kept(schema, answers, today)
    return [
        Problem(page, question, question.label)
        for page, shown in visible(schema, answers, today)
        for question in shown
        if question.required == "warn" and kind_of(question).typed and sent.get(question.key) in (None, [])
    ]
