"""Choosing from a list, yes or no, not known apart from not applicable apart from blank, and declaring."""

import pytest

from tests.forms.asking import ask, in_words, refusal, stored

COLOURS = ["red", "green", "blue"]


@pytest.mark.parametrize("kind", ["radios", "select"])
def test_one_of_the_answers_offered_is_chosen(kind):
    question = ask(kind, choices=COLOURS)
    assert stored(question, it="green") == "green"
    assert in_words(question, "green") == "Green"
    assert stored(question, it="") is None
    for wrong in ("mauve", "Green", "red,green", "\0", "__proto__"):
        assert refusal(question, it=wrong)


def test_a_choice_that_is_needed_asks_for_one():
    assert refusal(ask("radios", choices=COLOURS, required="mandatory")) == "Choose an answer to “It”"
    assert refusal(ask("checkboxes", choices=COLOURS, required="mandatory")) == "Choose an answer to “It”"


def test_several_boxes_may_be_ticked_each_once():
    question = ask("checkboxes", choices=COLOURS)
    assert stored(question, it=["red", "blue", "red"]) == ["red", "blue"]
    assert stored(question, it=[""]) is None
    assert stored(question) is None
    assert in_words(question, ["red", "blue"]) == "Red, Blue"
    assert "Choose one of the answers offered" in refusal(question, it=["red", "mauve"])


@pytest.mark.parametrize("alone", ["none", "not_known"])
def test_none_and_not_known_stand_alone(alone):
    question = ask("checkboxes", choices=["none", "not_known", "red"])
    assert stored(question, it=[alone]) == [alone]
    assert "or other answers, not both" in refusal(question, it=[alone, "red"])


def test_a_code_that_is_no_longer_offered_is_still_read():
    assert in_words(ask("radios", choices=COLOURS), "mauve") == "mauve"
    assert in_words(ask("checkboxes", choices=COLOURS), ["mauve", "red"]) == "mauve, Red"


def test_yes_no_and_not_known_are_three_answers_and_blank_is_none():
    question = ask("yes_no")
    assert [stored(question, it=given) for given in ("yes", "no", "not_known", "")] == ["yes", "no", "not_known", None]
    assert [in_words(question, value) for value in ("yes", "no", "not_known", None)] == ["Yes", "No", "Not known", ""]
    assert refusal(question, it="not_applicable") == "Choose one of the answers offered to “It”"


def test_not_applicable_is_an_answer_where_it_is_offered():
    question = ask("yes_no", unknown=["not_applicable"])
    assert stored(question, it="not_applicable") == "not_applicable"
    assert in_words(question, "not_applicable") == "Not applicable"


def test_not_known_not_applicable_and_blank_are_kept_apart():
    question = ask("short_text", unknown=["not_known", "not_applicable"])
    assert stored(question, it="", unknown="not_known") == "not_known"
    assert stored(question, it="", unknown="not_applicable") == "not_applicable"
    assert stored(question, it="") is None
    assert [in_words(question, value) for value in ("not_known", "not_applicable", None)] == [
        "Not known",
        "Not applicable",
        "",
    ]


def test_an_answer_is_not_both_given_and_not_known():
    question = ask("short_text", unknown=["not_known", "not_applicable"])
    assert (
        refusal(question, it="Kept", unknown="not_known") == "Enter an answer to “It” or choose “Not known”, not both"
    )
    assert "“Not known” or “Not applicable”" in refusal(question, unknown=["not_known", "not_applicable"])


def test_what_was_not_offered_cannot_be_chosen_beside_a_question():
    assert stored(ask("short_text"), it="", unknown="not_known") is None
    assert stored(ask("short_text", unknown=["not_known"]), it="x", unknown="not_applicable") == "x"


def test_a_declaration_is_made_by_ticking_and_by_nothing_else():
    question = ask("declaration", required="mandatory")
    assert stored(question, it="yes") == "yes"
    assert in_words(question, "yes") == "Confirmed"
    for given in ("", "no", "on", "true", "1"):
        assert refusal(question, it=given) == "Tick the box to confirm"
