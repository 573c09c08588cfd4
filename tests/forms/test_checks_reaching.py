"""The check before publishing: pages, questions and answers that nobody can ever be shown."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.checks import findings
from forms.checks.reaching import reaching
from forms.conditions import visible
from forms.schema import Condition, Rule
from tests.forms.answers import answers_to
from tests.forms.schemas import schemas
from tests.forms.test_checks import BORN, COLOUR, YES_NO, asked, form, warnings, when

LOOKUP = COLOUR | {"kind": "lookup"}
SEVERAL = COLOUR | {"kind": "checkboxes"}
WEEKS = {"kind": "whole_number", "key": "weeks", "label": "Weeks"}
DIED = BORN | {"key": "died", "label": "Died"}
HEADING = {"kind": "heading", "key": "top", "label": "Top"}
RED, BLUE = ("colour", "is", "red"), ("colour", "is", "blue")
OLD = ("born", "age_at_least", "18")


def found(question, *tests, join="all"):
    return warnings(form(question, asked("Why?", when(*tests, join=join))))


def compared(comparison):
    return {"question": "born", "comparison": comparison, "other": "died"}


@pytest.mark.parametrize(
    ("question", "tests"),
    [
        (COLOUR, [RED, BLUE]),
        (LOOKUP, [RED, BLUE]),
        (COLOUR, [("colour", "any_of", "red"), BLUE]),
        (COLOUR, [RED, ("colour", "is_not", "red")]),
        (SEVERAL, [RED, ("colour", "is_not", "red")]),
        (COLOUR, [("colour", "any_of", "red, blue"), ("colour", "is_not", "red"), ("colour", "is_not", "blue")]),
        (COLOUR, [("colour", "not_answered"), ("colour", "answered")]),
        (COLOUR, [RED, ("colour", "not_answered")]),
        (WEEKS, [("weeks", "at_least", "37"), ("weeks", "at_most", "36.5")]),
        (BORN, [("born", "after", "2026-04-01"), ("born", "before", "2026-04-01")]),
        (BORN, [("born", "after", "today"), ("born", "before", "today")]),
        (BORN, [OLD, ("born", "age_under", "18")]),
    ],
)
def test_conditions_on_one_question_that_contradict_each_other_are_pointed_out(question, tests):
    message = f"“Why?” is never shown: its conditions on “{question['label']}” cannot all hold. Change one of them."
    assert found(question, *tests) == [message]
    assert found(question, *reversed(tests)) == [message]
    assert found(question, *tests, join="any") == []


@pytest.mark.parametrize(
    ("question", "tests"),
    [
        (SEVERAL, [RED, BLUE]),
        (COLOUR, [("colour", "any_of", "red, blue"), BLUE]),
        (COLOUR, [("colour", "is_not", "red"), ("colour", "is_not", "blue")]),
        (COLOUR, [("colour", "is_not", "red"), ("colour", "not_answered")]),
        (WEEKS, [("weeks", "at_least", "37"), ("weeks", "at_most", "37")]),
        (BORN, [("born", "after", "today"), ("born", "before", "2036-04-01")]),
        (BORN, [OLD, ("born", "before", "2000-01-01")]),
    ],
)
def test_conditions_that_can_hold_together_are_let_be(question, tests):
    assert found(question, *tests) == []


def test_dates_that_are_compared_with_one_other_answer_contradict_each_other_too():
    both = {"tests": [compared("before"), compared("after")]}
    assert len(warnings(form(BORN, DIED, asked("Why?", both)))) == 1
    assert warnings(form(BORN, DIED, asked("Why?", {"tests": [compared("before")]}))) == []


def test_a_page_that_can_never_be_shown_is_named():
    page = (when(RED, BLUE), BORN)
    expected = "Page “more” is never shown: its conditions on “Colour” cannot all hold. Change one of them."
    assert warnings(form(COLOUR, more=page)) == [expected]


def test_an_answer_that_can_never_be_offered_is_named():
    red, blue = COLOUR["choices"]
    offered = COLOUR | {"key": "other", "label": "Other", "choices": [red, blue | {"show_if": when(RED, BLUE)}]}
    (message,) = warnings(form(COLOUR, more=(when(), offered)))
    assert message.startswith("The answer “Blue” to “Other” is never shown: its conditions on “Colour”")


def test_what_depends_on_something_never_shown_is_never_shown_either():
    hidden = asked("Why?", when(("known", "is", "yes")))
    last = (when(("detail", "answered")), WEEKS)
    found = warnings(form(COLOUR, more=(when(RED, BLUE), YES_NO), then=(when(), hidden), last=last))
    assert found[1:] == [
        "“Why?” is never shown: it depends on “Known?”, which nobody can answer. Change the condition.",
        "Page “last” is never shown: it depends on “Why?”, which nobody can answer. Change the condition.",
    ]


def test_what_asks_for_no_answer_to_something_never_shown_is_let_be():
    hidden = (when(RED, BLUE), YES_NO, WEEKS)
    either = when(("known", "is", "yes"), RED, join="any")
    for condition in (when(("known", "not_answered")), when(("known", "is_not", "yes")), either):
        assert len(warnings(form(COLOUR, more=hidden, then=(condition, BORN)))) == 1


def test_what_is_worked_out_from_something_never_shown_is_never_there():
    total = {"kind": "calculated", "key": "total", "label": "Total", "calculation": {"of": ["weeks"]}}
    hidden = (when(RED, BLUE), WEEKS)
    found = warnings(form(COLOUR, more=hidden, then=(when(), total), last=(when(("total", "answered")), BORN)))
    assert found[1:] == [
        "Page “last” is never shown: it depends on “Total”, which nobody can answer. Change the condition."
    ]


def test_a_heading_is_never_answered():
    assert found(HEADING, ("top", "answered")) == [
        "“Why?” is never shown: it depends on “Top”, which nobody can answer. Change the condition."
    ]


def test_a_question_of_a_repeat_group_may_depend_on_its_neighbours_only_as_far_as_they_are_shown():
    never = COLOUR | {"show_if": when(("known", "is", "yes"), ("known", "is", "no"))}
    group = {"kind": "repeat", "key": "each", "label": "Each", "questions": [YES_NO, never, asked("Why?", when(RED))]}
    assert warnings(form(group)) == [
        "“Colour” is never shown: its conditions on “Known?” cannot all hold. Change one of them.",
        "“Why?” is never shown: it depends on “Colour”, which nobody can answer. Change the condition.",
    ]


@settings(max_examples=20)
@given(schemas(), st.data())
def test_nothing_that_anybody_is_shown_is_said_to_be_never_shown(schema, data):
    said = {finding.place for finding in reaching(schema)}
    walk = visible(schema, data.draw(answers_to(schema)), dt.date(2026, 11, 24))
    pages, shown = {page.key for page, _ in walk}, {each.key for _, questions in walk for each in questions}
    for number, page in enumerate(schema.pages):
        assert ("pages", number) not in said or page.key not in pages
        for index, question in enumerate(page.questions):
            assert ("pages", number, "questions", index) not in said or question.key not in shown


def ruled(*tests, join="all", questions=(COLOUR, SEVERAL | {"key": "many"}, WEEKS, BORN, DIED, HEADING)):
    """What is said of a rule of a form that asks these."""
    schema = form(*questions)
    rule = Rule(question="colour", message="Look again", refuse_if=when(*tests, join=join))
    return warnings(schema.model_copy(update={"rules": [rule]}))


@pytest.mark.parametrize(
    ("tests", "reason"),
    [
        ([RED, BLUE], "its conditions on “Colour” cannot all hold. Change one of them."),
        (
            [("weeks", "at_least", "37"), RED, ("weeks", "at_most", "36")],
            "its conditions on “Weeks” cannot all hold. Change one of them.",
        ),
        ([("top", "answered"), RED], "it depends on “Top”, which nobody can answer. Change the condition."),
    ],
)
def test_a_rule_that_never_refuses_anything_is_pointed_out(tests, reason):
    assert reason in " ".join(ruled(*tests))
    assert f"The rule “Look again” never refuses anything: {reason}" in ruled(*tests)
    assert not any("never" in message for message in ruled(*tests, join="any"))


@pytest.mark.parametrize(
    "tests",
    [
        [RED, ("weeks", "at_least", "37")],
        [("many", "is", "red"), ("many", "is", "blue")],
        [("born", "after", "today"), ("died", "before", "today")],
    ],
)
def test_a_rule_that_may_refuse_something_is_let_be(tests):
    assert ruled(*tests) == []


def test_a_rule_on_a_question_that_is_never_shown_is_pointed_out():
    hidden = WEEKS | {"show_if": when(RED, BLUE)}
    said = ruled(("weeks", "at_least", "3"), questions=(COLOUR, hidden))
    assert "The rule “Look again” never refuses anything: it depends on “Weeks”, which nobody can answer." in " ".join(
        said
    )


NOTIFICATION = form(COLOUR, WEEKS, slug="notification")


def proposed(*tests, elsewhere=(NOTIFICATION,)):
    """What is said of a trigger that reads answers to other forms."""
    schema = form(YES_NO).model_copy(update={"triggers": [Condition.model_validate(when(*tests))]})
    return [each.message for each in findings(schema, (), elsewhere) if not each.blocks]


def test_a_trigger_that_never_proposes_the_form_is_pointed_out():
    reason = "its conditions on “Colour” cannot all hold. Change one of them."
    assert proposed(RED, BLUE) == [f"Trigger 1 never proposes the form: {reason}"]
    assert proposed(RED, ("weeks", "at_least", "3")) == []


def test_what_two_other_forms_offer_together_may_be_named_in_a_trigger():
    green = COLOUR | {"choices": [{"code": "green", "label": "Green"}]}
    two = (form(COLOUR, slug="notification"), form(green, slug="reporting"))
    assert proposed(("colour", "any_of", "red, green"), elsewhere=two) == []
    assert proposed(("colour", "is", "mauve"), elsewhere=two) == [
        "Trigger 1 depends on “mauve”, which “Colour” does not offer."
    ]


def test_a_count_that_counts_nothing_is_pointed_out():
    group = {"kind": "repeat", "key": "things", "label": "Things", "questions": [COLOUR]}
    where = {"operation": "count", "of": ["things"], "where": when(RED, BLUE)}
    count = {"kind": "calculated", "key": "many", "label": "Many", "calculation": where}
    reason = "its conditions on “Colour” cannot all hold. Change one of them."
    assert warnings(form(group, then=({}, count))) == [f"“Many” never counts anything: {reason}"]


FEW = when(("weeks", "at_most", "3"))
WHY = asked("Why so few?", FEW)


def refused(*tests, at="detail", join="all", question=WHY, page=None):
    """What is said of a rule that stands at a question which is asked only sometimes."""
    schema = form(COLOUR, WEEKS, second=(page or when(), question))
    rule = Rule(question=at, message="Look again", refuse_if=when(*tests, join=join))
    return warnings(schema.model_copy(update={"rules": [rule]}))


NOWHERE = (
    "The rule “Look again” never refuses anything: where it would, “Why so few?”, at which it stands, is not asked. "
    "Move the rule."
)
MANY = ("weeks", "at_least", "5")


def test_a_rule_at_a_question_that_is_not_asked_where_it_refuses_is_pointed_out():
    assert refused(MANY) == [NOWHERE]
    assert refused(MANY, RED) == [NOWHERE]
    assert refused(MANY, ("weeks", "at_least", "7"), join="any") == [NOWHERE]
    assert refused(MANY, page=FEW, question=WHY | {"show_if": when()}) == [NOWHERE]


def test_a_rule_at_a_question_that_may_be_asked_where_it_refuses_is_let_be():
    assert refused(RED) == []
    assert refused(MANY, RED, join="any") == []
    assert refused(MANY, at="weeks") == []
    either = asked("Why so few?", when(("weeks", "at_most", "3"), RED, join="any"))
    assert refused(MANY, question=either) == []


def test_a_question_that_is_asked_only_where_its_page_is_not_shown_is_pointed_out():
    assert warnings(form(COLOUR, more=(when(RED), asked("Why?", when(BLUE))))) == [
        "“Why?” is never shown: its conditions and those of its page on “Colour” cannot all hold. Change one of them."
    ]
    assert warnings(form(SEVERAL, more=(when(RED), asked("Why?", when(BLUE))))) == []
    assert warnings(form(COLOUR, more=(when(RED, BLUE, join="any"), asked("Why?", when(BLUE))))) == []
