"""Whole and decimal numbers with a range."""

import pytest

from tests.forms.asking import ask, in_words, refusal, stored


@pytest.mark.parametrize(
    ("written", "kept"), [("38", 38), (" 038 ", 38), ("-2", -2), ("3,450", 3450), ("3 450", 3450), ("7.0", 7)]
)
def test_whole_numbers_are_taken_as_people_write_them(written, kept):
    assert stored(ask("whole_number"), it=written) == kept


@pytest.mark.parametrize("written", ["38+2", "1.5", "1e3", "1_000", "seven", "0x10", "--1", "34,50", "∞", "nan"])
def test_what_is_no_whole_number_is_refused(written):
    assert refusal(ask("whole_number"), it=written) == "“It” must be a whole number, like 7"


def test_a_number_outside_its_range_is_told_the_limit():
    question = ask("whole_number", minimum=200, maximum=6500, unit="grams")
    assert refusal(question, it="199") == "“It” must be 200 or more"
    assert refusal(question, it="6501") == "“It” must be 6500 or less"
    assert in_words(question, stored(question, it="6500")) == "6500 grams"


def test_nought_is_a_limit_like_any_other():
    assert refusal(ask("whole_number", minimum=0), it="-1") == "“It” must be 0 or more"


@pytest.mark.parametrize("kind", ["whole_number", "decimal_number"])
@pytest.mark.parametrize("digits", [10, 13, 400, 6000])
def test_a_number_without_a_range_still_has_a_size(kind, digits):
    assert "“It” must be" in refusal(ask(kind), it="9" * digits)


def test_decimals_are_kept_to_the_digit():
    assert stored(ask("decimal_number"), it="0.10") == "0.10"
    assert stored(ask("decimal_number"), it="1,234.5") == "1234.5"


def test_decimals_have_a_range_and_a_number_of_places():
    question = ask("decimal_number", minimum=0.5, maximum=80, decimal_places=1)
    assert refusal(question, it="0.4") == "“It” must be 0.5 or more"
    assert refusal(question, it="80.1") == "“It” must be 80 or less"
    assert refusal(question, it="1.25") == "“It” must have no more than 1 decimal place"
    assert stored(question, it="0.5") == "0.5"


@pytest.mark.parametrize("written", ["1e5", "NaN", "Infinity", "1.", ".5.", "0e9999999"])
def test_what_is_no_decimal_number_is_refused(written):
    assert refusal(ask("decimal_number"), it=written) == "“It” must be a number"
