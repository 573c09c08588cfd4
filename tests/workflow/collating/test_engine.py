"""How agencies’ answers stand to one another."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.kinds import kind_of
from forms.schema import Choice, Page, Question
from tests.forms.answers import answers_to, stored
from tests.forms.schemas import quick, schemas
from workflow.collating.engine import (
    ABOUT_THE_SENDER,
    SIDE_BY_SIDE,
    Agreed,
    Evidence,
    Standing,
    Told,
    alike,
    collate,
    sections,
)

NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
SEX = Question(
    kind="radios", key="sex", label="Sex", choices=[Choice(code="f", label="Female"), Choice(code="m", label="Male")]
)
STORY = Question(kind="long_text", key="circumstances", label="What happened")
SMOKED = Question(kind="yes_no", key="household_smoking", label="Did anybody smoke at home?")


def said(number: int, *answered: tuple[Question, object], page: str = "The child", form: str = "reporting") -> Evidence:
    questions = tuple(question for question, _ in answered)
    answers = {question.key: value for question, value in answered if value is not None}
    asked = Page(key="page", title=page, questions=list(questions))
    return Evidence(f"Agency {number}", NOON + dt.timedelta(days=number), number, form, ((asked, questions),), answers)


def standing(*values: object, question: Question = SEX, agreed: Agreed | None = None) -> Standing:
    received = [said(number, (question, value)) for number, value in enumerate(values)]
    [item] = collate(received, {question.key: agreed} if agreed else {})
    return item.standing


def agreed(value: object, *seen: int) -> Agreed:
    return Agreed(value, "", "Coordinator No 1", NOON, frozenset(seen))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((None,), Standing.BLANK),
        ((None, None), Standing.BLANK),
        (("not_known", None), Standing.UNKNOWN),
        (("f",), Standing.TOLD),
        (("f", "f"), Standing.TOLD),
        (("f", None), Standing.TOLD),
        (("f", "not_known"), Standing.TOLD),
        (("f", "m"), Standing.DIFFERENT),
        (("f", "f", "m"), Standing.DIFFERENT),
        (("f", None, "m", "not_known"), Standing.DIFFERENT),
    ],
)
def test_blank_is_kept_apart_from_not_known_and_only_two_answers_differ(values, expected):
    assert standing(*values) == expected


@pytest.mark.parametrize("kind", sorted(SIDE_BY_SIDE - {"address", "repeat", "upload"}))
def test_words_of_ones_own_are_read_side_by_side(kind):
    question = STORY.model_copy(update={"kind": kind})
    assert standing("One account.", "Another account.", question=question) == Standing.TOLD


def test_two_accounts_settle_nothing_and_one_is_what_the_record_says():
    [one] = collate([said(1, (STORY, "Invented facts."))], {})
    [two] = collate([said(1, (STORY, "Invented facts.")), said(2, (STORY, "Other facts."))], {})
    assert (one.words, two.words) == ("Invented facts.", "")


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ann  Smith", "ann smith"), (["a", "b"], ["b", "a"]), ({"line1": "1 A Street"}, {"line1": "1 a street"})],
)
def test_spaces_capitals_and_the_order_of_ticks_say_nothing(one, other):
    assert alike(one) == alike(other)


def test_what_was_agreed_stays_agreed_until_somebody_says_something_else():
    assert standing("f", "m", agreed=agreed("f", 0, 1)) == Standing.AGREED
    assert standing("f", "m", "f", agreed=agreed("f", 0, 1)) == Standing.AGREED
    assert standing("f", "m", "not_known", None, agreed=agreed("f", 0, 1)) == Standing.AGREED
    assert standing("f", "m", "m", agreed=agreed("f", 0, 1)) == Standing.REOPENED


def test_the_record_says_what_was_agreed_in_the_words_of_today():
    renamed = SEX.model_copy(update={"choices": [Choice(code="f", label="Girl"), Choice(code="m", label="Boy")]})
    [item] = collate([said(0, (SEX, "f")), said(1, (renamed, "m"))], {"sex": agreed("f", 0, 1)})
    assert item.words == "Girl"


def test_a_page_about_whoever_answers_is_not_about_the_child():
    name = Question(kind="full_name", key="respondent_name", label="Your name", autocomplete="name")
    kind = Question(kind="yes_no", key="agency_type", label="Are you an agency?")
    assert collate([said(1, (name, "Invented Doctor"), (kind, "yes"))], {}) == []
    assert "off" not in ABOUT_THE_SENDER


def test_texts_to_read_are_no_items_and_questions_of_ones_own_are_known_by_their_form():
    text = Question(kind="information", key="text", body="<p>Read this.</p>")
    own = Question(kind="yes_no", key="ours", label="Our own question?")
    [item] = collate([said(1, (text, None), (own, "yes"), form="local-form")], {})
    assert item.name == "local-form/ours"


def test_an_item_that_any_form_holds_to_be_identifying_is_so():
    open_, closed = (SMOKED.model_copy(update={"sensitivity": each}) for each in ("N", "I"))
    [item] = collate([said(1, (open_, "yes")), said(2, (closed, "no"))], {})
    assert item.identifies


def test_sections_are_pages_in_the_order_in_which_they_were_first_met():
    found = collate([said(1, (SEX, "f")), said(2, (SMOKED, "no"), (SEX, "f"), page="Home")], {})
    assert {title: [item.name for item in items] for title, items in sections(found).items()} == {
        "The child": ["sex"],
        "Home": ["household_smoking"],
    }


def evidence(schema, answers, number: int) -> Evidence:
    pages = tuple((page, tuple(page.questions)) for page in schema.pages)
    return Evidence(f"Agency {number}", NOON, number, schema.slug, pages, answers)


@quick
@given(schemas(), st.data())
def test_every_answer_stands_in_the_record_once(schema, data):
    received = [evidence(schema, data.draw(answers_to(schema)), number) for number in (1, 2)]
    pages = [page for page in schema.pages if not ABOUT_THE_SENDER & {q.autocomplete for q in page.questions}]
    asked = [q.key for page in pages for q in page.questions if kind_of(q).takes_answer]
    told = [told for item in collate(received, {}) for told in item.told]
    for key in asked:
        assert [each.value for each in told if each.question.key == key] == [each.answers.get(key) for each in received]


DAY = Question(kind="date", key="day", label="When?", item="when")
YEARS = Question(kind="whole_number", key="years", label="How many years ago?", item="when")
IN_WORDS = Question(kind="short_text", key="words", label="When, in your words?", item="when")
GROUP = Question(kind="repeat", key="times", label="Each time", item_title="Time", item="when", questions=[IN_WORDS])
ANSWERED_AS = {"date": "2026-01-31", "whole_number": 3, "short_text": "In winter", "repeat": [{"id": "1"}]}


@pytest.mark.parametrize("first", [DAY, YEARS, IN_WORDS, GROUP], ids=lambda question: question.kind)
@pytest.mark.parametrize("last", [DAY, YEARS, IN_WORDS, GROUP], ids=lambda question: question.kind)
def test_what_was_agreed_is_read_as_it_was_asked_when_forms_ask_for_one_item_in_several_kinds(first, last):
    asked = [said(number, (each, ANSWERED_AS[each.kind])) for number, each in enumerate((first, last))]
    for chosen, submission in ((first, 0), (last, 1)):
        [item] = collate(asked, {"when": agreed(ANSWERED_AS[chosen.kind], submission)})
        assert item.words == Told("", NOON, 0, chosen, ANSWERED_AS[chosen.kind]).words


def test_a_value_of_ones_own_is_read_as_it_was_asked_when_another_kind_is_asked_later():
    received = [said(0, (DAY, "2026-01-31")), said(1, (YEARS, 3))]
    [item] = collate(received, {"when": agreed("2026-02-28", 0)})
    assert item.words == Told("", NOON, 0, DAY, "2026-02-28").words


def test_words_beside_a_choice_are_read_side_by_side_whichever_came_last():
    received = [said(0, (IN_WORDS, "In winter")), said(1, (YEARS, 3))]
    assert [collate(order, {})[0].standing for order in (received, received[::-1])] == [Standing.TOLD] * 2


def test_a_form_that_asks_twice_and_is_answered_twice_differently_leaves_something_to_choose():
    again = SEX.model_copy(update={"key": "sex_again", "item": "sex"})
    [item] = collate([said(1, (SEX, "f"), (again, "m"))], {})
    assert item.standing == Standing.DIFFERENT


@quick
@given(schemas(), st.data())
def test_those_who_say_the_same_never_differ_and_settling_settles(schema, data):
    answers = data.draw(answers_to(schema))
    received = [evidence(schema, answers, number) for number in (1, 2, 3)]
    items = collate(received, {})
    asked_once = [item for item in items if len(item.told) == len(received)]
    assert not [item for item in asked_once if item.to_choose]
    known = {item.name: [told.value for told in item.told if told.known] for item in items}
    settled = {name: agreed(values[0], 1, 2, 3) for name, values in known.items() if values}
    again = collate(received, settled)
    assert {item.name for item in again if item.standing == Standing.AGREED} == settled.keys()
    assert all(item.words for item in again if item.agreed)


@quick
@given(st.data())
def test_how_answers_stand_does_not_depend_on_who_came_first(data):
    values = data.draw(st.lists(st.none() | stored(SEX) | st.just("not_known"), min_size=1, max_size=4))
    assert standing(*values) == standing(*reversed(values))


def test_what_was_told_is_read_in_words():
    told = Told("Agency 1", NOON, 1, SEX, "f")
    assert (told.words, told.known) == ("Female", True)
    assert Told("Agency 1", NOON, 1, SEX, None).words == ""
