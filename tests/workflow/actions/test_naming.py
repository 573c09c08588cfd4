"""Words that name a child are known as such, and ordinary words are not."""

import pytest

from workflow.actions.naming import named_in

CHILD = {
    "first_names": "Zoë Hope",
    "family_name": "O’Brien-Smith",
    "nhs_number": "9990000018",
    "postcode": "ZZ99 3WZ",
    "date_of_birth": None,
}


@pytest.mark.parametrize(
    "text",
    [
        "Zoë was at home.",
        "zoe was at home.",
        "ZOË’S ward",
        "The Zoes of this world",
        "(Zoe)",
        "Mrs O'Brien",
        "the obriens",
        "the Smith family",
        "Hope was seen late.",
        "“Hope” was seen late.",
    ],
)
def test_a_name_is_found_in_any_spelling(text):
    assert named_in(text, CHILD) == ["the child’s name"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "We hope that each ward has a leaflet.",
        "A blacksmith and a zoo",
        "Call 999 at once.",
        "From ZZ99 4AA to ZZ98",
        "99900000 of 18",
    ],
)
def test_ordinary_words_name_nobody(text):
    assert named_in(text, CHILD) == []


@pytest.mark.parametrize("number", ["9990000018", "999 000 0018", "999-000-0018", "NHS number:9990000018."])
def test_the_nhs_number_is_found_however_it_is_written(number):
    assert named_in(number, CHILD) == ["the child’s NHS number"]


@pytest.mark.parametrize("postcode", ["ZZ99 3WZ", "zz993wz", "around ZZ99\n3WZ, and"])
def test_the_postcode_is_found_however_it_is_written(postcode):
    assert named_in(postcode, CHILD) == ["the child’s postcode"]


def test_everything_that_is_found_is_said():
    assert len(named_in("Zoe, 999 000 0018, ZZ99 3WZ", CHILD)) == 3


def test_what_is_not_known_is_not_found():
    nothing = {"first_names": "", "family_name": "", "nhs_number": "", "postcode": ""}
    assert named_in("Zoe, 999 000 0018, ZZ99 3WZ", nothing) == []
    assert named_in("Anything at all.", {}) == []


def test_a_baby_without_a_name_is_found_by_the_family_name_alone():
    baby = {"first_names": "Baby boy", "family_name": "Madeup"}
    assert named_in("Each baby boy is weighed.", baby) == []
    assert named_in("Baby Madeup", baby) == ["the child’s name"]
