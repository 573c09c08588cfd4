"""A key keeps its kind for ever: answers are stored under it."""

import pytest

from forms.checks import problems
from forms.schema import FormSchema
from tests.forms.making import page, publish


def asked(kind: str, key: str = "weight", **options: object) -> dict[str, object]:
    return {"kind": kind, "key": key, "label": "Weight"} | options


def grouped(kind: str) -> dict[str, object]:
    return asked("repeat", "babies", label="Babies", item_title="Baby", questions=[asked(kind)])


def form(*questions: dict[str, object]) -> FormSchema:
    return FormSchema.model_validate({"slug": "small", "title": "Small", "pages": [page("one", *questions)]})


def told(now: FormSchema, *published: FormSchema) -> list[str]:
    return [problem for problem in problems(now, published) if "another kind" in problem]


def test_a_question_keeps_its_kind():
    [message] = told(form(asked("short_text")), form(asked("whole_number")))
    assert "(Whole number)" in message
    assert told(form(asked("whole_number")), form(asked("whole_number"))) == []


@pytest.mark.parametrize(("before", "after"), [("select", "lookup"), ("lookup", "radios"), ("short_text", "long_text")])
def test_kinds_that_store_the_same_can_take_each_others_place(before, after):
    assert told(form(asked(after)), form(asked(before))) == []
    assert told(form(grouped(after)), form(grouped(before))) == []


@pytest.mark.parametrize(("before", "after"), [("radios", "checkboxes"), ("yes_no", "radios"), ("radios", "long_text")])
def test_kinds_that_look_alike_but_store_something_else_cannot(before, after):
    assert told(form(asked(after)), form(asked(before)))


def test_so_does_a_question_of_a_repeat_group():
    [message] = told(form(grouped("short_text")), form(grouped("whole_number")))
    assert "“Weight”" in message


def test_the_same_key_inside_a_group_and_outside_it_are_two_questions():
    assert told(form(asked("short_text")), form(grouped("whole_number"))) == []


def test_a_key_that_was_gone_for_a_version_is_not_free():
    other = form(asked("yes_no", "other"))
    assert told(form(asked("short_text")), form(asked("whole_number")), other)


@pytest.mark.django_db
def test_the_editor_looks_at_every_version():
    version = publish(page("one", asked("whole_number")))
    version.form.refresh_from_db()
    publish(page("one", asked("yes_no", "other")))
    definitions = version.form.published_definitions()
    assert [[question.key for question in each.questions()] for each in definitions] == [["weight"], ["other"]]
