"""Finding who somebody is in what was written: what holds of any text, and what people write."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflow.packs.people import FAMILY, families, spoken_of
from workflow.packs.known import Known, Named
from workflow.packs.scanning import replaced, scan, suggested
from workflow.packs.spans import Span, apart, pieces
from workflow.packs.tokens import tokens

anybody = families().flatmap(lambda known: st.tuples(st.just(known), spoken_of(known)))


def shown(text, known=FAMILY):
    return suggested(text, scan(text, known))


def perhaps(text, known=FAMILY):
    return [text[span.start : span.end] for span in scan(text, known) if not span.sure]


@given(anybody)
def test_nothing_that_is_known_is_left_once_what_was_found_is_replaced(told):
    known, text = told
    left = replaced(text, scan(text, known))
    said = {token.folded for token in tokens(left)}
    names = {token.folded for person in known.people for token in tokens(person.name)}
    assert not said & names
    assert known.numbers[0] not in re.sub(r"[^0-9]", "", left)
    compact = re.sub(r"\W", "", left).upper()
    assert known.postcodes[0].replace(" ", "") not in compact


@given(anybody)
def test_names_are_replaced_without_asking_wherever_they_are_written_with_a_capital(told):
    known, text = told
    names = {token.folded for person in known.people for token in tokens(person.name)}
    left = tokens(suggested(text, scan(text, known)))
    assert not {token.folded for token in left if token.text[:1].isupper()} & names


@given(anybody)
def test_spans_are_in_order_and_never_overlap(told):
    known, text = told
    spans = scan(text, known)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))


@given(st.text(max_size=300))
def test_any_text_at_all_can_be_scanned(text):
    spans = scan(text, FAMILY)
    assert "".join(piece for piece, _ in pieces(text, spans)) == text
    replaced(text, spans)


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=20))
def test_whatever_a_name_a_place_or_a_number_is_it_can_be_looked_for(text, name, number):
    known = Known((Named(name, "the child"),), (Named(name, "the school"),), (name,), (number,), (number,))
    replaced(text, scan(text, known))


@given(st.text("abcdefghijklmnopqrstuvwxyz ,.\n()", max_size=200))
def test_a_text_in_which_there_is_nothing_stays_as_it_is(text):
    nobody = Known()
    assert suggested(text, scan(text, nobody)) == text


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9), st.booleans()), max_size=12))
def test_spans_that_meet_become_one_that_covers_them(given_spans):
    spans = [Span(start, start + length, "name", "x", sure) for start, length, sure in given_spans]
    made = apart(spans)
    covered = {place for span in spans for place in range(span.start, span.end)}
    assert covered == {place for span in made for place in range(span.start, span.end)}
    assert all(one.end <= other.start for one, other in pairwise(made))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("seen with Thomas today", "seen with the child today"),
        ("seen with THOMAS today", "seen with the child today"),
        ("seen with thomas today", "seen with the child today"),
        ("Thomas’s bed, Thomas's cot, Thomas’ toys", "The child’s bed, the child's cot, the child’ toys"),
        ("we saw Tom and Tommy", "we saw the child and the child"),
        ("we saw Thomás and Tho\u00admas", "we saw the child and the child"),
        ("we saw Thommas and Tomas", "we saw the child and the child"),
        ("we saw Thomas James O'Brien", "we saw the child"),
        ("we saw Thomas J. O’BRIEN", "we saw the child"),
        ("we saw T. OBrien", "we saw the child"),
        ("a note of T.J.O. about sleep", "a note of the child about sleep"),
        ("told by Mrs O’Brien", "told by the mother"),
        ("told by Mr Okonkwo", "told by the father"),
        ("told by Michal Okonkwo", "told by the father"),
        ("told by Kerry O’Brien", "told by [name]"),
        ("told by Kerry OBrian", "told by [name]"),
        ("O'Brien was brought in", "[family name] was brought in"),
        ("the O’Brien family", "the [family name] family"),
        ("Baby O'Brien was born", "The child was born"),
        ("rang Dr Sharma", "rang the GP"),
        ("rang Priya", "rang the GP"),
        ("rang Dr. P. Sharma", "rang the GP"),
        ("rang Annmarie Lee", "rang the health visitor"),
        ("rang Ann Marie", "rang the health visitor"),
        ("his sister Zoe", "his sister the sibling"),
        ("his sister Zoe\u0308 Muller Stein", "his sister the sibling"),
        ("rang Dr Unheardof of Elsewhere", "rang the doctor of Elsewhere"),
        ("rang PC Plodd", "rang the police officer"),
        ("rang Ms Unheard-Of", "rang [name]"),
        ("rang Nurse Jackson", "rang the nurse"),
    ],
)  # fmt: skip
def test_a_person_is_found_however_their_name_is_written(written, read):
    assert shown(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("NHS number 999 000 0018.", "NHS number [NHS number]."),
        ("NHS no 9990000018", "NHS no [NHS number]"),
        ("NHS no 999-000-0018", "NHS no [NHS number]"),
        ("NHS no 99 90 00 00 18", "NHS no [NHS number]"),
        ("another child, 485 777 3456", "another child, [NHS number]"),
        ("hospital number K1234567", "hospital number [number]"),
        ("ring 01632 960 001", "ring [phone number]"),
        ("ring +44 7700 900982", "ring [phone number]"),
        ("write to jane.obrien@mail.example", "write to [e-mail address]"),
        ("see https://mail.example/thomas", "see [web address]"),
        ("lives in CB1 2AB", "lives in [postcode]"),
        ("lives in cb12ab", "lives in [postcode]"),
        ("the CB1 area", "the [postcode] area"),
        ("near CB1 2", "near [postcode]"),
        ("moved from PE29 3QQ", "moved from [postcode]"),
        ("at 14 Made Up Street", "at [address]"),
        ("at 14, Made Up St.", "at [address]."),
        ("in Made Up Street", "in [address]"),
        ("at 7b Elm Tree Avenue", "at [address]"),
        ("at Flat 3, 20 High Street", "at [address]"),
        ("in Ashwellthorpe", "in [address]"),
        ("at St Mary’s Primary School", "at the school"),
        ("at St. Marys", "at the school"),
        ("at Addenbrookes", "at the hospital"),
        ("at addenbrooke's hospital", "at the hospital"),
        ("at the Mill Road Surgery", "at the GP practice"),
    ],
)
def test_numbers_places_and_addresses_are_found(written, read):
    assert shown(written) == read


@pytest.mark.parametrize(
    "written",
    [
        "GP, CAMHS and the health visitor were told. Bloods, B12 and CRP were normal. GCS 3, SpO2 88%.",
        "The child had a temperature of 38.5 and weighed 3200 g at 39+2 weeks.",
        "Police and an ambulance came. Resuscitation was stopped after 45 minutes.",
        "Seen twice for asthma. Not seen on Monday. Two siblings at home.",
        "",
        " \n ",
    ],
)
def test_what_names_nobody_is_left_alone(written):
    assert scan(written, FAMILY) == []


@pytest.mark.parametrize(
    ("written", "unsure"),
    [
        ("Her aunt Tracey rang.", ["Tracey"]),
        ("Tracey rang. Sertraline helped.", ["Tracey", "Sertraline"]),
        ("her partner Mark came", ["Mark"]),
        ("GCS 3/12, seen in 2021", ["3/12", "in 2021"]),
        ("TO was well", ["TO"]),
    ],
)
def test_what_may_be_a_name_or_a_date_is_shown_and_left_to_a_person(written, unsure):
    assert perhaps(written) == unsure
    assert shown(written) == written


def test_a_name_that_is_an_ordinary_word_is_only_perhaps_one_in_small_letters():
    known = Known((Named("Will Hope", "the child"),))
    assert shown("I will hope that Will Hope is seen", known) == "I will hope that the child is seen"
    assert perhaps("I will hope that", known) == ["will hope"]


def test_a_family_name_alone_is_not_taken_for_the_child_who_bears_it():
    known = Known((Named("Daffodil Imaginary", "the child"),))
    assert shown("the Imaginary family", known) == "the [family name] family"
    assert shown("told by Mr Imaginary", known) == "told by [name]"
    assert shown("told by Miss Daffodil Imaginary", known) == "told by the child"
    assert shown("told of Baby Imaginary", known) == "told of the child"


def test_whom_a_text_gives_away_once_is_found_wherever_it_speaks_of_them():
    assert shown("Told by Mrs Oakley. Oakley rang.") == "Told by [name]. [name] rang."
    assert (
        shown("Kerry rang. We met Kerry O’Brien, and Kerry’s friend.")
        == "[name] rang. We met [name], and [name]’s friend."
    )
    assert shown("Oakley Road is not one of them, said a tree") == "Oakley Road is not one of them, said a tree"


def test_two_who_share_a_name_are_not_told_apart_by_guessing():
    known = Known((Named("Ravi Test", "the child"), Named("Ravi Other", "the father")))
    assert shown("we saw Ravi", known) == "we saw [name]"


def test_what_is_written_for_a_child_without_a_name_is_no_name():
    known = Known((Named("Baby boy of Jane Rowntree", "the child"),))
    assert shown("the baby boy of somebody", known) == "the baby boy of somebody"


@pytest.mark.parametrize("name", ["Mum", "Unknown", "TBC", "n/a", "see above", "Baby", ""])
def test_what_stands_where_a_name_is_not_told_is_no_name(name):
    text = "mum and baby were unknown, see above; TBC, N/A. Mum was unknown"
    assert shown(text, Known((Named(name, "the key worker"),))) == text


def test_what_several_places_are_called_by_is_none_of_them():
    known = Known(places=(Named("Fenshire Police", "the police"), Named("Fenshire Council", "children’s social care")))
    assert shown("lives in Fenshire, says Fenshire Police", known) == "lives in [place], says the police"


def test_a_part_of_a_street_is_only_perhaps_an_address():
    known = Known(addresses=("3 Mill Road",))
    assert shown("fell at the Mill, lives in Mill Road", known) == "fell at the Mill, lives in [address]"
    assert perhaps("fell at the Mill", known) == ["Mill"]


def test_a_replacement_begins_a_sentence_with_a_capital():
    assert shown("Thomas slept. thomas ate") == "The child slept. The child ate"


def test_in_a_long_text_everything_is_found_too():
    text = "Jane said that Tommy was well. " * 600
    assert "Tommy" not in shown(text)
