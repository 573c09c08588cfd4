"""Fills in any form: what a browser would post for a question, page by page."""

import datetime as dt
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from forms.conditions import UNKNOWN, visible
from forms.journey import clean
from forms.kinds import kind_of
from forms.schema import Answers, FormSchema, Question

TODAY = dt.date(2026, 6, 15)
DIED = dt.date(2026, 3, 2)
AGES = {
    "a newborn": dt.date(2026, 2, 27),
    "a baby": dt.date(2025, 7, 1),
    "a child of six": dt.date(2020, 1, 31),
    "a young person of sixteen": dt.date(2009, 9, 9),
}
PLAIN = {
    "short_text": "Invented words",
    "long_text": "Invented events,\nfor a test.",
    "full_name": "Invented Person",
    "nhs_number": "999 000 0018",
    "email": "person@invented.example",
    "phone": "01223 000 000",
    "postcode": "ZZ99 3WZ",
    "time": "14:05",
    "declaration": "yes",
}
WRONG = {
    "nhs_number": "123",
    "email": "nobody",
    "phone": "call me",
    "postcode": "nowhere",
    "time": "25:99",
    "whole_number": "many",
    "decimal_number": "many",
}
DATES = ("date", "date_time", "month_year")
ODD = [
    "",
    " ",
    "0",
    "-1",
    "1",
    "31",
    "2026",
    "9" * 30,
    "1e9",
    "NaN",
    "½",
    "\0",
    "yes",
    "\u202eabc",
    "👶🏽",
    "x" * 20_001,
]
Raw = dict[str, Any]


def date_raw(key: str, day: dt.date) -> Raw:
    return {f"{key}__day": str(day.day), f"{key}__month": str(day.month), f"{key}__year": str(day.year)}


def codes(question: Question) -> list[str]:
    return [code for code, _ in kind_of(question).options(question.model_dump())]


def sensible(question: Question, number: int = 0) -> Raw:
    """A valid answer, the same every time; `number` picks among the answers offered."""
    key = question.key
    if not _answered_by_hand(question):
        return {}
    if hasattr(kind_of(question), "options"):
        offered = codes(question)
        return {key: offered[number % len(offered)]}
    if question.kind == "upload":
        return {key: [{"id": "abc1", "name": "invented.pdf", "size": 1024, "type": "PDF"}]}
    if question.kind == "date":
        return date_raw(key, DIED)
    if question.kind == "address":
        return {f"{key}__line1": "1 Made Up Street", f"{key}__town": "Nowhere"}
    if question.kind in ("whole_number", "decimal_number"):
        return {key: f"{question.minimum if question.minimum is not None else 1:g}"}
    return {key: PLAIN[question.kind]}


def _answered_by_hand(question: Question) -> bool:
    return kind_of(question).takes_answer and kind_of(question).typed


def spoiled(question: Question) -> Raw:
    """An answer that is refused; nothing where whatever can be entered is right."""
    if question.kind in DATES:
        return {f"{question.key}__month": "13", f"{question.key}__year": "2020"}
    return {question.key: WRONG[question.kind]} if question.kind in WRONG else {}


def filled(schema: FormSchema, first: Answers | None = None, answer: Callable[[Question], Raw] = sensible) -> Answers:
    """Clean answers to every question that these answers come to show, one item in each repeat group.

    `first` answers its questions before anything else does.
    """
    answers: Answers = {}
    while (asked := _next(schema, answers)) is not None:
        key = asked.key
        answers[key] = first[key] if first and key in first else _one(asked, answers, answer)
    return answers


def _next(schema: FormSchema, answers: Answers) -> Question | None:
    shown = (question for _, questions in visible(schema, answers, TODAY) for question in questions)
    return next((each for each in shown if _answered_by_hand(each) and each.key not in answers), None)


def _one(question: Question, answers: Answers, answer: Callable[[Question], Raw]) -> Any:
    parts = question.questions or [question]
    raw = {name: value for part in parts for name, value in answer(part).items()}
    cleaned, errors = clean(parts, raw, answers, TODAY)
    assert not errors, (question.key, errors)
    if question.kind != "repeat":
        return cleaned[question.key]
    return [{key: value for key, value in cleaned.items() if value is not None} | {"id": "abc1"}]


def anything(question: Question, random: Random) -> Raw:
    """What may be posted for a question: sense, blanks, unknowns and nonsense."""
    if random.random() < 0.5:
        return sensible(question, random.randrange(20))
    if random.random() < 0.3:
        return {f"{question.key}__unknown": random.choice([*UNKNOWN, "", "nonsense"])}
    if question.kind == "checkboxes" and random.random() < 0.5:
        return {question.key: random.sample(codes(question), k=min(2, len(codes(question))))}
    return {name: random.choice(ODD) for name in kind_of(question).parts(question) if random.random() < 0.8}


def questions_of(schema: FormSchema) -> Iterator[tuple[str, Question]]:
    """Every question with its name: `key`, or `group.key` inside a repeat group."""
    for question in schema.questions():
        yield question.key, question
        for part in question.questions:
            yield f"{question.key}.{part.key}", part
