"""Hypothesis strategy: what anybody could have answered to a form, as it is stored."""

from typing import Any

from hypothesis import strategies as st

from forms.kinds import kind_of
from forms.schema import Answers, FormSchema, Question
from tests.forms.questions import CHOOSING, dates, lines

files = st.builds(
    lambda number, name: {"id": str(number), "name": name, "size": 2048, "type": "PDF"}, st.uuids(), lines
)
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
    "month_year": dates.map(lambda day: day[:7]),
    "date_time": st.builds("{}T{:%H:%M}".format, dates, st.times()),
    "hidden": st.integers(-50, 500) | dates | lines,
    "calculated": st.integers(0, 500) | lines,
    "upload": st.lists(files, min_size=1, max_size=2),
}


def stored(question: Question) -> st.SearchStrategy[Any]:
    """A value of the question's kind. Its range and length are not looked at: the engine does not either."""
    if question.kind == "repeat":
        numbered = st.lists(_most(question.questions), max_size=3)
        return numbered.map(lambda items: [each | {"id": f"i{place}"} for place, each in enumerate(items)])
    if question.kind in CHOOSING:
        code = st.sampled_from([choice.code for choice in question.choices])
        return st.lists(code, min_size=1, unique=True) if question.kind == "checkboxes" else code
    if question.kind == "grid":
        code = st.sampled_from([choice.code for choice in question.choices])
        rows = st.sampled_from([row.code for row in question.rows])
        return st.dictionaries(rows, code, min_size=1)
    known = STORED.get(question.kind, lines)
    return known | st.sampled_from(question.unknown) if question.unknown else known


def answers_to(schema: FormSchema) -> st.SearchStrategy[Answers]:
    """Answers to most of a form's questions, also to those that the others hide."""
    return _most(list(schema.questions()))


@st.composite
def _most(draw: Any, questions: list[Question]) -> Answers:
    asked = [question for question in questions if kind_of(question).takes_answer]
    given = draw(st.lists(st.sampled_from([True, True, False]), min_size=len(asked), max_size=len(asked)))
    return {question.key: draw(stored(question)) for question, told in zip(asked, given, strict=True) if told}
