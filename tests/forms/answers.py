"""Hypothesis strategy: what anybody could have answered to a form, as it is stored."""

from typing import Any

from hypothesis import strategies as st

from forms.schema import Answers, FormSchema, Question
from tests.forms.schemas import CHOOSING, dates, lines

STORED = {
    "email": st.sampled_from(["a@invented.example", "b@invented.example"]),
    "phone": st.just("01632 960 001"),
    "postcode": st.sampled_from(["ZZ99 3WZ", "CB1 1AA"]),
    "nhs_number": st.just("9990000018"),
    "address": st.just({"line1": "1 Made Up Street", "town": "Nowhere"}),
    "time": st.times().map(lambda time: f"{time:%H:%M}"),
    "declaration": st.just("yes"),
    "yes_no": st.sampled_from(["yes", "no", "not_known"]),
    "whole_number": st.integers(-50, 500),
    "decimal_number": st.decimals(-50, 50, places=2).map(lambda number: f"{number:f}"),
    "date": dates,
}


def stored(question: Question) -> st.SearchStrategy[Any]:
    """A value of the question's kind. Its range and length are not looked at: the engine does not either."""
    if question.kind == "repeat":
        item = st.fixed_dictionaries({}, optional={part.key: stored(part) for part in question.questions})
        numbered = st.lists(item, max_size=3)
        return numbered.map(lambda items: [each | {"id": f"i{place}"} for place, each in enumerate(items)])
    if question.kind in CHOOSING:
        code = st.sampled_from([choice.code for choice in question.choices])
        return st.lists(code, min_size=1, unique=True) if question.kind == "checkboxes" else code
    known = STORED.get(question.kind, lines)
    return known | st.sampled_from(question.unknown) if question.unknown else known


def answers_to(schema: FormSchema) -> st.SearchStrategy[Answers]:
    """Answers to any of a form's questions, also to those that the others hide."""
    asked = [question for question in schema.questions() if question.kind != "information"]
    return st.fixed_dictionaries({}, optional={question.key: stored(question) for question in asked})
