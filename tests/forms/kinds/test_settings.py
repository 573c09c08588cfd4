"""What an editor is asked for, of each kind: what the kind makes use of, and nothing else."""

import datetime as dt

import pytest

from forms.journey import reminders
from forms.kinds import kind_names, kind_of
from forms.schema import FormSchema, Question
from tests.forms.making import page

TODAY = dt.date(2026, 11, 24)


def block(kind):
    return kind_of(Question(kind=kind, key="any")).get_form_block()


def settings(kind):
    return set(block(kind).child_blocks)


def test_a_hidden_value_has_a_name_a_value_and_how_it_is_stored():
    assert settings("hidden") == {"label", "initial", "show_if", "key", "item", "sensitivity"}
    assert block("hidden").child_blocks["label"].label == "Name"
    assert block("hidden").child_blocks["show_if"].label == "Keep it only if"


def test_whether_an_answer_is_needed_is_asked_only_of_what_is_typed():
    assert not settings("calculated") & {"required", "error", "prefill"}
    assert settings("calculated") >= {"label", "help_text", "calculation", "unit"}
    assert settings("short_text") >= {"required", "error", "prefill", "inside"}


def test_a_repeat_group_stands_in_no_answer_and_no_case_fills_it_in():
    assert not settings("repeat") & {"prefill", "inside"}
    assert settings("repeat") >= {"required", "error", "min_items", "max_items"}


def _names(part):
    return {part} if isinstance(part, str) else {name for child in part.children for name in _names(child)}


@pytest.mark.parametrize("kind", sorted(kind_names()))
def test_every_setting_has_its_place_in_the_editor(kind):
    assert _names(block(kind).meta.form_layout) == settings(kind)


@pytest.mark.parametrize("kind", ["hidden", "calculated"])
def test_nobody_is_reminded_of_what_nobody_types(kind):
    question = {"kind": kind, "key": "area", "label": "Area", "required": "warn"}
    schema = FormSchema.model_validate({"slug": "small", "title": "Small", "pages": [page("one", question)]})
    assert reminders(schema, {}, TODAY) == []
