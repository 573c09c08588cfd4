"""Whatever is entered in whatever kind of question: it is refused with a message, or kept as JSON that fills the same
question again and is kept the same."""

import datetime as dt
import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from forms.kinds import kind_names, kind_of
from forms.schema import Choice, Question
from tests.forms.asking import ask

CODES = ["red", "green", "none", "not_known"]
QUESTIONS = {
    kind: ask(kind, **options)
    for kind, options in {
        "short_text": {"unknown": ["not_known", "not_applicable"]},
        "long_text": {"max_length": 500},
        "full_name": {},
        "email": {},
        "phone": {},
        "postcode": {"unknown": ["not_known"]},
        "nhs_number": {},
        "address": {"unknown": ["not_known"]},
        "date": {"partial": True, "unknown": ["not_known"]},
        "time": {},
        "whole_number": {"minimum": -5, "maximum": 6500},
        "decimal_number": {"decimal_places": 3},
        "radios": {"choices": CODES},
        "select": {"choices": CODES},
        "checkboxes": {"choices": CODES},
        "yes_no": {"unknown": ["not_applicable"]},
        "declaration": {},
        "repeat": {"questions": [ask("short_text")]},
        "information": {},
        "upload": {"file_types": ["pdf"]},
        "month_year": {"unknown": ["not_known"]},
        "date_time": {},
        "grid": {"rows": [Choice(code=code, label=code) for code in ("one", "two")], "choices": CODES},
        "lookup": {"choices": CODES},
        "calculated": {},
        "hidden": {},
        "heading": {},
    }.items()
}

LIKELY = [
    *CODES,
    "yes",
    "no",
    "not_applicable",
    "1",
    "2",
    "27",
    "29",
    "2019",
    "2024",
    "March",
    "14:05",
    "3,450",
    "0.10",
]
LIKELY += ["9990000018", "CB1 1AA", "a@invented.example", "01632 960 001", "1 Made Up Street", "Nowhere"]
odd = st.none() | st.booleans() | st.integers() | st.floats() | st.just({}) | st.lists(st.sampled_from(LIKELY))
entered = st.sampled_from(LIKELY) | st.text(st.characters(codec=None), max_size=30) | odd


def raws(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    """What may arrive for a question of this kind, in the inputs it is made of."""
    return st.dictionaries(st.sampled_from([*kind_of(QUESTIONS[kind]).parts(QUESTIONS[kind]), "it__unknown"]), entered)


def kept(question: Question, raw: dict[str, Any]) -> Any:
    """The value that was kept, or the messages with which it was refused as a tuple, which is no JSON value."""
    try:
        return kind_of(question).clean(question, raw)
    except ValidationError as refused:
        return tuple(refused.messages)


def test_every_kind_is_tried_here():
    assert set(QUESTIONS) == kind_names()


@pytest.mark.parametrize("kind", sorted(QUESTIONS))
@given(data=st.data())
def test_an_answer_is_refused_in_words_or_comes_back_as_it_was(kind, data):
    question = QUESTIONS[kind]
    value = kept(question, data.draw(raws(kind)))
    if isinstance(value, tuple):
        assert all(message.strip() for message in value)
        return
    assert json.loads(json.dumps(value)) == value
    again = kind_of(question).raw(question, value)
    assert kept(question, again) == value
    assert isinstance(kind_of(question).text(question, value), str)


@pytest.mark.parametrize(
    "kind", sorted(kind for kind, it in QUESTIONS.items() if kind_of(it).typed and kind != "repeat")
)
@given(data=st.data())
def test_a_mandatory_question_never_keeps_a_blank(kind, data):
    question = QUESTIONS[kind].model_copy(update={"required": "mandatory"})
    assert kept(question, data.draw(raws(kind))) not in (None, "", [], {})


@given(st.dates(min_value=dt.date(1900, 1, 1)))
def test_every_day_since_1900_can_be_entered(day):
    raw = {"it__day": str(day.day), "it__month": f"{day:%B}", "it__year": f"{day.year:04}"}
    assert kept(QUESTIONS["date"], raw) == day.isoformat()


@given(st.times())
def test_every_minute_can_be_entered_on_both_clocks(time):
    shown = f"{time:%H:%M}"
    assert kept(QUESTIONS["time"], {"it": shown}) == shown
    assert kept(QUESTIONS["time"], {"it": f"{time:%I:%M %p}"}) == shown
