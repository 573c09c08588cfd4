"""Invented people, places and numbers, and texts that name them."""

import datetime as dt
import re
import string

from hypothesis import strategies as st

from workflow.matching.child import words
from workflow.packs.known import Known, Named
from workflow.packs.ordinary import ORDINARY, PARTICLES
from workflow.packs.people import PROFESSIONALS, RELATIVES

BORN, DIED = dt.date(2019, 3, 1), dt.date(2026, 11, 20)
CHILD, MOTHER, FATHER = (
    Named("Thomas James O’Brien", "the child"),
    Named("Jane O'Brien", "the mother"),
    Named("Michał Okonkwo", "the father"),
)
FAMILY = Known(
    people=(
        CHILD,
        MOTHER,
        FATHER,
        Named("Dr Priya Sharma", "the GP"),
        Named("Ann-Marie Lee", "the health visitor"),
        Named("Zoë Müller-Stein", "the sibling"),
    ),
    places=(
        Named("St Mary’s Primary School", "the school"),
        Named("Addenbrooke’s Hospital", "the hospital"),
        Named("Mill Road Surgery", "the GP practice"),
    ),
    addresses=("14 Made Up Street", "Ashwellthorpe"),
    postcodes=("CB1 2AB",),
    numbers=("9990000018", "01632 960 001"),
    born=BORN,
    died=DIED,
)
# What a scan writes itself, so that a name which is one of these words cannot be told from it.
WRITTEN = {word for role in (*RELATIVES.values(), *PROFESSIONALS.values()) for word in words(role)}
WRITTEN |= set(words("name family number postcode address date phone mail web aged about before after death birth day"))
WRITTEN |= set(words("the doctor nurse officer days week weeks month months year years of e s on school hospital nhs"))
PLACEHOLDERS = set(words("baby infant newborn neonate child twin triplet unnamed unknown boy girl son daughter male"))

letters = st.text("abcdefghijklmnoprstuvwyzéüøłßñ", min_size=4, max_size=9)
name_words = letters.map(str.title).filter(
    lambda word: len(words(word)) == 1 and not set(words(word)) & (WRITTEN | ORDINARY | PARTICLES | PLACEHOLDERS)
)
postcodes = st.from_regex(r"[A-PR-UWYZ][A-HK-Y][1-9] [1-9][ABD-HJLNP-UW-Z]{2}", fullmatch=True)
digits = st.text(string.digits, min_size=10, max_size=10)


@st.composite
def families(draw):
    """A child and two relatives, none of whose names is a word that a scan writes."""
    first, other, third, family = draw(st.lists(name_words, min_size=4, max_size=4, unique_by=str.casefold))
    people = (
        Named(f"{first} {family}", "the child"),
        Named(f"{other} {family}", "the mother"),
        Named(f"{third} {family}", "the father"),
    )
    return Known(people, postcodes=(draw(postcodes),), numbers=(draw(digits),), born=BORN, died=DIED)


def _dressed(word):
    forms = [word, word.upper(), word.lower(), f"{word}’s", f"{word}'s", f"“{word}”", f"({word})", f"{word},"]
    return st.sampled_from(forms)


@st.composite
def spoken_of(draw, known):
    """A text that names them in many ways among other things."""
    named = [part for person in known.people for part in person.name.split()]
    number, postcode = known.numbers[0], known.postcodes[0]
    spaced = st.sampled_from([number, f"{number[:3]} {number[3:6]} {number[6:]}", "-".join(re.findall("..", number))])
    coded = st.sampled_from([postcode, postcode.lower(), postcode.replace(" ", ""), postcode.split()[0]])
    other = st.text(max_size=8).map(lambda text: f" {text} ")
    part = st.one_of(st.sampled_from(named).flatmap(_dressed), spaced, coded, other, st.just("was seen with"))
    return " ".join(draw(st.lists(part, max_size=12)))
