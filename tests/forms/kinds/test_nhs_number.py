"""NHS numbers: ten digits of which the last checks the others (modulus 11)."""

import pytest

from forms.kinds.text import is_nhs_number
from tests.forms.asking import ask, in_words, refusal, stored


@pytest.mark.parametrize("written", ["9990000018", "999 000 0018", " 999-000-0018 ", "9 9 9 0 0 0 0 0 1 8"])
def test_spaces_and_hyphens_do_not_matter(written):
    assert stored(ask("nhs_number"), it=written) == "9990000018"


def test_it_is_read_back_in_threes_and_four():
    assert in_words(ask("nhs_number"), "9990000018") == "999 000 0018"


@pytest.mark.parametrize("written", ["999 000 001", "999 000 00188", "NHS999000001", "٩٩٩٠٠٠٠٠١٨", "999,000,0018"])
def test_what_is_not_ten_digits_is_told_so(written):
    assert refusal(ask("nhs_number"), it=written) == "NHS number must be 10 digits, like 485 777 3456"


def test_every_wrong_check_digit_is_caught():
    wrong = [f"999000001{digit}" for digit in "012345679"]
    assert not any(is_nhs_number(number) for number in wrong)
    assert "Check each digit" in refusal(ask("nhs_number"), it=wrong[0])


def test_two_digits_that_changed_places_are_caught():
    digits = "9434765919"
    assert is_nhs_number(digits)
    for place in range(9):
        swapped = digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]
        assert swapped == digits or not is_nhs_number(swapped)


def test_a_number_whose_check_would_be_ten_was_never_issued():
    remainder_of_ten = next(
        nine
        for nine in (f"{number:09}" for number in range(1000))
        if 11 - sum(int(digit) * weight for digit, weight in zip(nine, range(10, 1, -1), strict=True)) % 11 == 10
    )
    assert not any(is_nhs_number(f"{remainder_of_ten}{digit}") for digit in range(10))
