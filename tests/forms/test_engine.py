"""Which questions are asked, which answers are sent, and where a person goes next: for any form and any answers."""

import datetime as dt
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from forms.conditions import holds, kept, offered, visible
from forms.identity import split
from forms.journey import broken_here, clean, questions_on, reminders, unfinished, walk
from forms.kinds import kind_of
from forms.rules import broken
from forms.schema import Answers, FormSchema, Question, Test
from tests.forms.answers import answers_to
from tests.forms.schemas import quick, schemas

TODAY = dt.date(2026, 11, 24)


@st.composite
def answered(draw: Any) -> tuple[FormSchema, Answers]:
    schema = draw(schemas())
    return schema, draw(answers_to(schema))


@quick
@given(answered())
def test_what_is_sent_is_what_is_shown_and_sending_it_again_changes_nothing(form):
    schema, answers = form
    sent = kept(schema, answers, TODAY)
    shown = {question.key for _, questions in visible(schema, answers, TODAY) for question in questions}
    unasked = {question.key for question in schema.questions() if question.calculation or question.initial}
    assert all(_is_part(value, answers[key]) for key, value in sent.items() if key not in unasked)
    assert sent.keys() <= shown
    assert kept(schema, sent, TODAY) == sent
    assert visible(schema, sent, TODAY) == visible(schema, answers, TODAY)


@quick
@given(answered())
def test_no_answer_is_sent_that_was_not_offered(form):
    schema, answers = form
    sent = kept(schema, answers, TODAY)
    for _, questions in visible(schema, answers, TODAY):
        for question in questions:
            codes = {choice.code for choice in offered(question, sent, TODAY).choices}
            if question.choices and sent.get(question.key) is not None:
                assert _codes(sent[question.key]) <= codes


@quick
@given(answered(), st.data())
def test_an_answer_to_what_is_hidden_changes_nothing(form, data):
    schema, answers = form
    others = data.draw(answers_to(schema))
    sent = kept(schema, answers, TODAY)
    shown = {question.key for _, questions in visible(schema, answers, TODAY) for question in questions}
    hidden = {key: value for key, value in others.items() if key not in shown}
    assert kept(schema, sent | hidden, TODAY) == sent


@quick
@given(answered())
def test_a_walk_passes_every_page_once_in_order_and_back_again(form):
    schema, answers = form
    way = walk(schema, answers, TODAY)
    forwards = [way.pages[0]] if way.pages else []
    while forwards and (following := way.after(forwards[-1])):
        forwards.append(following)
    assert forwards == way.pages
    backwards = [way.pages[-1]] if way.pages else []
    while backwards and (before := way.before(backwards[-1])):
        backwards.append(before)
    assert backwards == way.pages[::-1]
    assert [way.number(page) for page in way.pages] == list(range(1, len(way.pages) + 1))


@quick
@given(answered())
def test_from_a_page_that_is_hidden_now_the_way_goes_on(form):
    schema, answers = form
    way = walk(schema, answers, TODAY)
    for place, page in enumerate(schema.pages):
        following = way.after(page)
        later = [each for each in way.pages if schema.pages.index(each) > place]
        assert following == (later[0] if later else None)


@quick
@given(answered())
def test_every_question_that_is_shown_was_asked_on_its_page(form):
    schema, answers = form
    way = walk(schema, answers, TODAY)
    for page, shown in visible(schema, answers, TODAY):
        here = {question.key for question in page.questions}
        elsewhere = {key: value for key, value in way.answers.items() if key not in here}
        assert set(_keys(shown)) <= set(_keys(questions_on(page, elsewhere, TODAY)))


@quick
@given(answered())
def test_a_page_that_is_filled_again_and_sent_again_keeps_its_answers(form):
    schema, answers = form
    for page, shown in visible(schema, answers, TODAY):
        here = {question.key for question in page.questions if kind_of(question).typed}
        raw: dict[str, Any] = {}
        for question in shown:
            if question.key in answers:
                raw |= kind_of(question).raw(question, answers[question.key])
        elsewhere = {key: value for key, value in kept(schema, answers, TODAY).items() if key not in here}
        cleaned, errors = clean(questions_on(page, elsewhere, TODAY), raw, elsewhere, TODAY)
        again = {key: value for key, value in cleaned.items() if value is not None}
        assert again.items() <= answers.items()
        if not errors:
            assert again.keys() == {q.key for q in shown if _typed(q)} & answers.keys()


@quick
@given(answered())
def test_when_nothing_is_unfinished_everything_needed_is_there_and_no_rule_is_broken(form):
    schema, answers = form
    problems = unfinished(schema, answers, TODAY)
    shown = [question for _, questions in visible(schema, answers, TODAY) for question in questions]
    needed = [each.key for each in shown if each.required == "mandatory" and kind_of(each).typed]
    sent = kept(schema, answers, TODAY)
    missing = [key for key in needed if sent.get(key) in (None, [])]
    assert set(missing) <= {problem.question.key for problem in problems}
    if not problems:
        assert not broken(schema, kept(schema, answers, TODAY), TODAY).keys() & set(_keys(shown))
    assert all(problem.message for problem in problems)
    assert not {problem.question.key for problem in reminders(schema, answers, TODAY)} & set(missing)


@quick
@given(answered())
def test_a_page_shows_only_messages_of_what_it_asks(form):
    schema, answers = form
    shown = {page.key: {question.key for question in asked} for page, asked in visible(schema, answers, TODAY)}
    for page in schema.pages:
        assert broken_here(schema, page, answers, TODAY).keys() <= shown.get(page.key, set())


@quick
@given(answered())
def test_answers_are_split_into_those_that_may_identify_and_the_rest(form):
    schema, answers = form
    plain, sealed = split(schema, answers | {"unasked": "dropped"})
    assert plain | sealed == answers
    assert not plain.keys() & sealed.keys()


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
    max_leaves=4,
)


@quick
@given(schemas(), st.data())
def test_a_test_on_any_value_at_all_holds_or_does_not(schema, data):
    keys = _keys(schema.questions())
    answers = data.draw(st.dictionaries(st.sampled_from(keys), anything))
    conditions = [part.show_if for page in schema.pages for part in (page, *page.questions)]
    for condition in [*conditions, *(rule.refuse_if for rule in schema.rules)]:
        for test in condition.tests:
            assert holds(test, answers, TODAY) in (True, False)


def _keys(questions: Any) -> list[str]:
    return [question.key for question in questions]


@given(st.integers(-(10**6), 10**6), st.integers(-(10**6), 10**6))
def test_a_whole_number_is_what_the_editor_wrote(answer, written):
    for comparison in ("is", "any_of"):
        test = Test(question="it", comparison=comparison, value=str(written))
        assert holds(test, {"it": answer}, TODAY) == (answer == written)


def _codes(answer: Any) -> set[str]:
    """What was chosen: one answer, several, or one for each row of a grid."""
    chosen = answer.values() if isinstance(answer, dict) else answer if isinstance(answer, list) else [answer]
    return set(chosen)


def _typed(question: Question) -> bool:
    """Whether it is answered on a page, by typing, choosing or adding files."""
    return question.kind != "repeat" and kind_of(question).typed


def _is_part(sent: Any, answered: Any) -> bool:
    """Whether what is sent is what was answered, but for codes that are not offered any more."""
    return sent == answered or (isinstance(sent, list) and [code for code in answered if code in sent] == sent)
