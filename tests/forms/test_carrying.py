"""Unfinished answers that move to a newer version: what it takes, what is lost, and what a person is told."""

from hypothesis import given
from hypothesis import strategies as st

from forms.carrying import carried
from forms.schema import FormSchema
from tests.forms.answers import answers_to
from tests.forms.making import page
from tests.forms.schemas import quick, schemas

NAME = {"kind": "short_text", "key": "name", "label": "Name"}
AGE = {"kind": "whole_number", "key": "age", "label": "Age"}
ALIVE = [{"code": "a", "label": "Alive"}, {"code": "d", "label": "Dead"}]
STATE = {"kind": "radios", "key": "state", "label": "State", "choices": ALIVE}


def form(*questions: dict[str, object]) -> FormSchema:
    return FormSchema.model_validate({"slug": "small", "title": "Small", "pages": [page("one", *questions)]})


def people(*parts: dict[str, object]) -> FormSchema:
    group = {"kind": "repeat", "key": "people", "label": "People", "item_title": "Person", "questions": list(parts)}
    return form(group)


ANSWERED = {"people": [{"id": "i1", "name": "Invented", "age": 3}, {"id": "i2", "name": "Made Up"}]}


def test_a_group_whose_questions_stay_is_carried_as_it_is():
    moved = carried(people(NAME, AGE), people(NAME, AGE), ANSWERED)
    assert (moved.answers, moved.changed) == (ANSWERED, False)


def test_what_a_group_no_longer_asks_is_lost_and_told():
    moved = carried(people(NAME, AGE), people(NAME), ANSWERED)
    assert moved.answers == {"people": [{"id": "i1", "name": "Invented"}, {"id": "i2", "name": "Made Up"}]}
    assert moved.lost == (("People: Age", "3"),)


def test_what_a_group_asks_in_another_way_is_asked_again():
    worded = AGE | {"kind": "short_text"}
    moved = carried(people(worded), people(AGE), {"people": [{"id": "i1", "age": "about three"}]})
    assert moved.answers == {"people": [{"id": "i1"}]}
    assert moved.lost == (("People: Age", "about three"),)


def test_what_is_new_or_reworded_in_a_group_is_told():
    moved = carried(people(NAME), people(NAME | {"label": "Full name"}, AGE), ANSWERED)
    assert moved.new == ("People: Age",)
    assert moved.reworded == (("People: Name", "People: Full name"),)


def test_an_answer_to_choose_that_says_something_else_is_told():
    swapped = STATE | {"choices": [{"code": "a", "label": "Dead"}, {"code": "d", "label": "Alive"}]}
    moved = carried(form(STATE), form(swapped), {"state": "a"})
    assert moved.reworded == (("State: Alive", "State: Dead"), ("State: Dead", "State: Alive"))
    assert moved.changed


def test_a_group_that_became_a_question_is_lost_as_a_whole():
    moved = carried(people(NAME), form(NAME | {"key": "people"}), ANSWERED)
    assert moved.answers == {}
    assert moved.lost == (("People", "2 persons"),)


def test_nobody_is_told_of_hidden_values():
    hidden = {"kind": "hidden", "key": "area", "label": "Area"}
    for before, after in ((hidden, NAME), (NAME, hidden), (hidden, hidden | {"label": "Region"})):
        moved = carried(form(AGE, before), form(AGE, after), {"age": 3, "area": "Invented East"})
        assert "Area" not in str((moved.lost, moved.new, moved.reworded))
        assert "East" not in str(moved.lost)


@quick
@given(schemas(), st.data())
def test_every_answer_is_carried_or_told_as_lost(schema, data):
    answers = data.draw(answers_to(schema))
    moved = carried(schema, schema, answers)
    assert (moved.new, moved.reworded) == ((), ())
    told = {label for label, _ in moved.lost}
    for question in schema.questions():
        if answers.get(question.key) not in (None, "", []):
            assert question.key in moved.answers or question.label in told


@quick
@given(schemas(), schemas(), st.data())
def test_what_is_carried_answers_only_what_the_newer_version_asks(before, after, data):
    moved = carried(before, after, data.draw(answers_to(before)))
    assert moved.answers.keys() <= {question.key for question in after.questions()}
