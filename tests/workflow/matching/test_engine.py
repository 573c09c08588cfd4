"""Whether two notifications are about one child: what holds for any children, and what people would expect of some."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.workflow.matching.children import VALID, children, known, partly_known, with_one_typo
from workflow.matching.child import Child, words
from workflow.matching.child import given as first_names
from workflow.matching.keys import keys_of
from workflow.matching.scoring import DIFFERENT, WEIGHTS, Level, Levels, agreements, compare

FIELDS = ("nhs_number", "first_names", "family_name", "born", "died")
SHOWN = {Level.CERTAIN, Level.LIKELY, Level.POSSIBLE, Level.TWINS}
# Values that agree with nothing that the strategies make.
ELSEWHERE = {
    "nhs_number": "1111111111",
    "first_names": ("xxqqxxqqxxqqxx",),
    "family_name": ("jjxqjjxqjjxqjj",),
    "born": dt.date(1955, 5, 5),
    "died": dt.date(1966, 6, 6),
    "sex": "other",
}


@given(partly_known, partly_known)
def test_it_does_not_matter_which_of_the_two_came_first(one, other):
    assert compare(one, other) == compare(other, one)


@given(partly_known)
def test_a_child_always_matches_itself(child):
    assume(keys_of(child))
    assert compare(child, child).level in SHOWN
    assert not any(agreed == DIFFERENT for agreed in agreements(child, child).values())


@given(children)
def test_a_child_whose_number_is_known_is_certain(child):
    assert compare(child, child).level == Level.CERTAIN


@given(children, st.sampled_from(FIELDS), st.integers(0, 20), st.sampled_from("abcdefgxyz"))
def test_with_one_typo_in_one_field_the_child_is_still_found_and_shown(child, field, place, letter):
    other = with_one_typo(child, field, place, letter)
    assert keys_of(child) & keys_of(other)
    assert compare(child, other).level in SHOWN


@given(children, st.sampled_from(FIELDS[1:]), st.integers(0, 20), st.sampled_from("abcdefgxyz"))
def test_with_one_typo_and_without_a_number_too(child, field, place, letter):
    other = replace(with_one_typo(child, field, place, letter), nhs_number="")
    assert keys_of(child) & keys_of(other)
    assert compare(child, other).level in SHOWN


@given(partly_known, partly_known, st.sampled_from(sorted(ELSEWHERE)))
def test_the_score_never_rises_when_a_field_is_made_to_differ(one, other, field):
    assume(getattr(one, field))
    assert compare(one, replace(other, **{field: ELSEWHERE[field]})).score <= compare(one, other).score


@given(partly_known, partly_known)
def test_the_score_lies_between_0_and_100_and_is_told(one, other):
    match = compare(one, other)
    assert 0 <= match.score <= 100
    assert match.words
    assert match.verdict


@given(children, children)
def test_without_a_number_nothing_is_ever_certain(one, other):
    assert compare(replace(one, nhs_number=""), other).level != Level.CERTAIN


@given(children)
def test_twins_are_never_certain_whatever_their_numbers(child):
    twin = replace(child, first_names=("zzzzzzzz",))
    assume(compare(child, twin).agreements["first_names"] == DIFFERENT)
    assert compare(child, twin).level == Level.TWINS


def test_same_is_worth_more_than_alike_and_alike_more_than_different():
    for weight in WEIGHTS.values():
        assert weight.same[0] >= weight.alike[0] >= 0 >= weight.different[0]


@pytest.mark.parametrize(
    ("change", "level", "told"),
    [
        ({}, Level.CERTAIN, "same NHS number, same first name"),
        ({"number": ""}, Level.LIKELY, "same first name, same family name, same date of birth, same date of death"),
        ({"number": "", "family": "Maydup"}, Level.LIKELY, "similar family name"),
        ({"number": "", "first": "Madeup", "family": "Aster"}, Level.LIKELY, "names in each other’s place"),
        ({"number": "", "born": "2020-04-03"}, Level.LIKELY, "similar date of birth"),
        ({"number": "", "died": "2026-10-21"}, Level.LIKELY, "similar date of death"),
        ({"number": "", "family": "Madeup-Sample"}, Level.LIKELY, "similar family name"),
        ({"number": "", "first": "A"}, Level.LIKELY, "similar first name"),
        ({"number": "", "first": "Rose Aster"}, Level.LIKELY, "similar first name"),
        ({"number": "", "first": "Baby"}, Level.LIKELY, "only one has a first name"),
        ({"number": "", "family": "Pretend"}, Level.POSSIBLE, "different family names"),
        ({"number": "9990000026"}, Level.LIKELY, "nearly the same NHS number"),
        ({"number": "9990000506"}, Level.POSSIBLE, "different NHS numbers"),
        ({"number": "9990000026", "first": "Astor"}, Level.TWINS, "nearly the same NHS number"),
        ({"number": "", "first": "Rowan", "born": "2020-03-05"}, Level.TWINS, "similar date of birth"),
        ({"first": "Rowan", "family": "Pretend", "born": "2011-11-11", "died": "2012-12-12"}, Level.POSSIBLE, "same N"),
        ({"first": "Rowan"}, Level.TWINS, "different first names"),
        ({"number": "", "first": "Rowan"}, Level.TWINS, "different first names"),
        ({"sex": "male"}, Level.TWINS, "different sex"),
        ({"number": "9990000506", "first": "Astor"}, Level.TWINS, "different NHS numbers"),
        ({"number": "", "born": "2011-11-11", "died": "2012-12-12"}, Level.NONE, "different dates of birth"),
    ],
)
def test_what_a_coordinator_would_expect(change, level, told):
    match = compare(known(), known(**change))
    assert match.level == level
    assert told in match.words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Catherine", "Kathryn"),
        ("Muhammad", "Mohammed"),
        ("Stephen", "Steven"),
        ("Zoë", "Zoe"),
        ("Niamh", "Niahm"),
        ("Jean-Luc", "Jean Luc"),
        ("D’Arcy", "Darcy"),
    ],
)
def test_spelling_variants_of_a_first_name_are_not_taken_for_twins(one, other):
    assert compare(known(first=one, number=""), known(first=other, number="")).level == Level.LIKELY


@pytest.mark.parametrize(
    ("one", "other"), [("MacDonald", "Mac Donald"), ("O'Brien", "OBrien"), ("Thompson", "Tomson"), ("Smyth", "Smith")]
)
def test_spelling_variants_of_a_family_name_are_alike(one, other):
    assert compare(known(family=one), known(family=other)).agreements["family_name"] in ("same", "alike")
    assert keys_of(known(family=one, number="", died="")) & keys_of(known(family=other, number="", died=""))


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("Baby", "Baby", Level.LIKELY),
        ("Baby boy of Sarah", "Not named yet", Level.LIKELY),
        ("Baby 1", "Baby 2", Level.TWINS),
        ("Twin one", "Twin two", Level.TWINS),
        ("Baby boy", "Baby girl", Level.TWINS),
        ("Twin 1", "Aster", Level.LIKELY),
    ],
)
def test_babies_without_a_name(one, other, level):
    def born_yesterday(first: str) -> Child:
        return known(first=first, number="", born="2026-10-20", died="2026-10-20", sex="")

    match = compare(born_yesterday(one), born_yesterday(other))
    assert match.level == level
    assert "first name" in match.words


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Baby", ()),
        ("Baby girl of Jane", ()),
        ("not named", ()),
        ("UNKNOWN", ()),
        ("Twin A", ()),
        ("Baby Jane", ("jane",)),
        ("Anna-Maria", ("anna", "maria")),
        ("A", ("a",)),
        ("", ()),
    ],
)
def test_what_is_written_where_there_is_no_first_name_is_no_first_name(written, names):
    assert first_names(words(written)) == names


def test_names_in_other_letters_are_compared_as_they_are():
    assert compare(known(first="李", family="王", number=""), known(first="李", family="王", number="")).score == 85
    assert keys_of(known(first="李", family="王", number="", born="", died=""))


def test_a_number_that_changed_two_digits_is_never_valid_so_no_key_is_kept_for_it():
    for number in VALID:
        swapped = {number[:at] + number[at + 1] + number[at] + number[at + 2 :] for at in range(9)} - {number}
        assert not swapped & set(VALID)


def test_an_area_sets_from_when_a_match_is_shown():
    weak = known(first="Rowan", family="Pretend", born="2011-11-11", number="")
    assert compare(known(number="", born=""), weak).level == Level.NONE
    unnumbered = known(number="")
    assert compare(known(), unnumbered, Levels(certain=80)).level == Level.CERTAIN
    assert compare(known(), unnumbered, Levels(likely=90, possible=86)).level == Level.NONE


def test_keys_are_few():
    assert len(keys_of(known())) <= 6
    assert len(keys_of(known(first="Anna Maria Lucia Sofia", family="Madeup Sample Pretend Invented"))) <= 36


def test_a_child_of_whom_nothing_is_known_has_no_key():
    assert keys_of(known(first="Baby", family="", born="", died="", number="")) == set()
