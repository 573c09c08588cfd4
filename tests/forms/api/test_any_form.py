"""Whatever is sent to whatever form, the API takes it or says what to mend."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.api.answers import check
from forms.journey import unfinished
from forms.kinds import kind_of
from forms.schema import Answers, FormSchema, Page, Question
from tests.forms.answers import answers_to
from tests.forms.schemas import quick, schemas
from tests.forms.test_engine import anything

TODAY = dt.date(2026, 11, 24)


def sendable(schema: FormSchema, answers: Answers) -> Answers:
    """The answers as a client sends them: without what nobody types, files, and the ids of items."""
    typed = {each.key: each for each in schema.questions() if kind_of(each).typed and each.kind != "upload"}
    return {key: _sent(value) for key, value in answers.items() if key in typed}


def _sent(value: Any) -> Any:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [{name: part for name, part in item.items() if name != "id"} for item in value]
    return value


@quick
@given(schemas(), st.data())
def test_what_is_taken_is_taken_again_as_it_was_stored(schema, data):
    first = check(schema, sendable(schema, data.draw(answers_to(schema))), TODAY)
    again = check(schema, sendable(schema, first.answers), TODAY)
    assert again.answers == first.answers
    assert again.not_asked == []


@quick
@given(schemas(), st.data())
def test_what_is_taken_without_a_problem_is_finished(schema, data):
    outcome = check(schema, sendable(schema, data.draw(answers_to(schema))), TODAY)
    assert bool(outcome.problems) or not unfinished(schema, outcome.answers, TODAY)
    assert all(problem.message and problem.question for problem in outcome.problems)


@quick
@given(schemas(), st.data())
def test_any_json_at_all_is_taken_or_refused_by_name(schema, data):
    keys = [question.key for question in schema.questions()]
    given = data.draw(st.dictionaries(st.sampled_from(keys), anything))
    outcome = check(schema, given, TODAY)
    taken = outcome.answers.keys() | {problem.question for problem in outcome.problems} | set(outcome.not_asked)
    blank = {key for key, value in given.items() if value in (None, "", [], {})}
    assert given.keys() <= taken | blank


@pytest.mark.parametrize("given", [{"planet": "Mars"}, {"": 7}, {"line1": " ", "planet": "Mars"}])
def test_an_answer_of_which_nothing_is_understood_is_not_taken_for_blank(given):
    asked = Question(kind="address", key="home", label="Home")
    schema = FormSchema(slug="s", title="S", pages=[Page(key="p", title="P", questions=[asked])])
    assert [problem.question for problem in check(schema, {"home": given}, TODAY).problems] == ["home"]
