"""What is chosen beforehand for a value that means nothing yet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.imports.suggesting import suggested
from forms.definitions import code_list
from workflow.states import MODIFIABLE

SEX, ETHNICITY, PLACE = (tuple(code_list(name).items()) for name in ("sex", "ethnicity", "place_type"))


@pytest.mark.parametrize(
    ("value", "codes", "code"),
    [
        ("F", SEX, "female"),
        ("m", SEX, "male"),
        (" Female ", SEX, "female"),
        ("White British", ETHNICITY, "white_british"),
        ("pakistani", ETHNICITY, "asian_pakistani"),
        ("hospice", PLACE, "hospice"),
        ("Intensive Care", PLACE, "intensive_care"),
        ("No", MODIFIABLE, "none_identified"),
    ],
)
def test_a_value_that_can_only_be_one_is_suggested(value, codes, code):
    assert suggested(value, codes) == code


@pytest.mark.parametrize(
    ("value", "codes"),
    [
        ("Hospital", PLACE),
        ("Other", ETHNICITY),
        ("White", ETHNICITY),
        ("A&E", PLACE),
        ("Yes", MODIFIABLE),
        ("U", SEX),
        ("", SEX),
        ("?", SEX),
        ("female male", SEX),
    ],
)
def test_what_could_be_several_or_none_is_left_to_the_person(value, codes):
    assert suggested(value, codes) == ""


@given(st.text(max_size=40))
def test_whatever_stands_in_a_cell_gives_a_code_of_the_list_or_nothing(value):
    assert suggested(value, ETHNICITY) in {"", *dict(ETHNICITY)}
