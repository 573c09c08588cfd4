"""Words: short and long text, names, e-mail addresses, phone numbers, postcodes, addresses."""

import pytest

from tests.forms.asking import ask, in_words, refusal, stored


@pytest.mark.parametrize("kind", ["short_text", "long_text", "full_name", "email", "phone", "postcode", "nhs_number"])
@pytest.mark.parametrize("blank", ["", " ", "\t\r\n", "\u00a0"])
def test_nothing_but_blanks_is_no_answer(kind, blank):
    assert stored(ask(kind), it=blank) is None


@pytest.mark.parametrize("kind", ["short_text", "long_text", "full_name", "email", "phone", "postcode", "nhs_number"])
def test_a_question_that_must_be_answered_says_so_in_the_words_of_the_editor(kind):
    assert refusal(ask(kind, required="mandatory"), it=" ") == "Enter an answer to “It”"
    assert refusal(ask(kind, required="mandatory", error="Enter your role"), it="") == "Enter your role"


@pytest.mark.parametrize("name", ["Zoë Ōkubo-D’Arcy", "محمد‎ علي", "נועה", "小林 さくら", "Ada 👩‍👧‍👦 Lovelace", "Ng"])
def test_names_of_the_world_are_kept_as_they_were_written(name):
    assert stored(ask("full_name"), it=name) == name


def test_a_line_of_text_has_no_line_ends_and_no_double_spaces():
    assert stored(ask("short_text"), it="  Paediatric\r\n  registrar ") == "Paediatric registrar"


def test_long_text_keeps_its_lines_and_counts_each_line_end_once():
    question = ask("long_text", max_length=5)
    assert stored(question, it="ab\r\ncd") == "ab\ncd"
    assert refusal(question, it="ab\r\ncde") == "Use 5 characters or fewer in “It”"


def test_text_that_is_too_long_is_told_the_most_it_may_have():
    assert refusal(ask("long_text"), it="x" * 10_001) == "Use 10,000 characters or fewer in “It”"
    assert refusal(ask("short_text"), it="x" * 201) == "Use 200 characters or fewer in “It”"


@pytest.mark.parametrize("kind", ["short_text", "long_text", "full_name", "email", "phone", "postcode", "nhs_number"])
@pytest.mark.parametrize("character", ["\0", "\x0b", "\x1b", "\x7f", "\x85"])
def test_characters_that_cannot_be_stored_are_named_and_taken_out(kind, character):
    assert "We took out characters that cannot be stored from “It”" in refusal(ask(kind), it=f"ab{character}c")


@pytest.mark.parametrize(
    "address", ["a@b", "a b@c.org", "a@b.c\nBcc: x@y.org", "@c.org", "a@c..org", "a" * 192 + "@c.org.uk"]
)
def test_what_is_no_email_address_is_refused(address):
    assert refusal(ask("email"), it=address)


def test_an_email_address_is_shown_how_it_should_look():
    assert stored(ask("email"), it=" sam@invented.example ") == "sam@invented.example"
    assert refusal(ask("email"), it="sam") == "Enter an email address in the correct format, like name@example.nhs.uk"


@pytest.mark.parametrize(
    "number",
    [
        "01632 960 001",
        "+44 (0)1632 960001",
        "07700-900-982",
        "01632 960001 ext 4523",
        "01632 960001 x4523",
        "01632 960001, bleep 152",
        "01632.960.001 option 2 ext. 33",
    ],
)
def test_phone_numbers_are_taken_as_people_write_them(number):
    assert stored(ask("phone"), it=number) == number


@pytest.mark.parametrize("number", ["12345", "call me", "((((((((((", "01632 960001 or 2", "0" * 40])
def test_what_is_no_phone_number_is_refused(number):
    assert "like 01632 960 001" in refusal(ask("phone"), it=number)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("cb11aa", "CB1 1AA"),
        (" Cb1  1Aa ", "CB1 1AA"),
        ("PE29-4BD", "PE29 4BD"),
        ("w1a1aa", "W1A 1AA"),
        ("GIR0AA", "GIR 0AA"),
        ("bf1 2ab", "BF1 2AB"),
        ("ZZ99 3WZ", "ZZ99 3WZ"),
    ],
)
def test_postcodes_are_tidied(written, kept):
    assert stored(ask("postcode"), it=written) == kept


@pytest.mark.parametrize("written", ["CB1", "1AA CB1", "CB1 1A", "12345", "CB1 1AAA", "---", "ＣＢ１ １ＡＡ"])
def test_what_is_no_full_postcode_is_refused(written):
    assert refusal(ask("postcode"), it=written) == "Enter a full UK postcode, like CB1 1AA"


def test_an_address_is_kept_line_by_line_and_read_in_one():
    value = stored(ask("address"), line1=" 1  Made Up Street ", line2="", town="Nowhere", county="")
    assert value == {"line1": "1 Made Up Street", "town": "Nowhere"}
    assert in_words(ask("address"), value) == "1 Made Up Street, Nowhere"


@pytest.mark.parametrize(
    "lines", [{"line1": "1 Made Up Street"}, {"town": "Nowhere"}, {"line2": "Flat 2", "county": "X"}]
)
@pytest.mark.parametrize("required", ["mandatory", "optional"])
def test_an_address_needs_a_first_line_and_a_town(lines, required):
    question = ask("address", required=required)
    assert refusal(question, **lines) == "Enter the first line of the address and the town or city"


def test_an_address_that_is_needed_may_be_not_known_where_that_is_offered():
    question = ask("address", required="mandatory", unknown=["not_known"])
    assert stored(question, unknown="not_known") == "not_known"
    assert refusal(question) == "Enter the first line of the address and the town or city"
    assert "not both" in refusal(question, unknown="not_known", town="Nowhere")


def test_each_line_of_an_address_has_a_length():
    assert (
        refusal(ask("address"), line1="x" * 201, town="y") == "Use 200 characters or fewer in each line of the address"
    )
