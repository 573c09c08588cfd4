"""The check before publishing: what stands in a repeat group."""

from forms.checks import findings, problems
from tests.forms.test_checks import COLOUR, YES_NO, asked, form, when

RED, BLUE = COLOUR["choices"]
KNOWN = when(("known", "is", "yes"))


def group(*questions):
    return {"kind": "repeat", "key": "cars", "label": "Cars", "questions": list(questions)}


SOMETIMES = COLOUR | {"choices": [RED, BLUE | {"show_if": KNOWN}]}


def test_the_answers_in_a_repeat_group_may_depend_on_earlier_pages():
    assert findings(form(YES_NO, cars=({}, group(SOMETIMES)))) == []


def test_they_cannot_depend_on_the_same_item():
    (found,) = findings(form(YES_NO, cars=({}, group(YES_NO | {"label": "Sure?"}, SOMETIMES))))
    assert found.message == ("The answer “Blue” to “Colour” depends on “known”, which is not asked on an earlier page.")
    assert found.blocks
    assert found.place == ("pages", 1, "questions", 0, "questions", 1, "choices", 1)


def test_two_questions_with_conditions_of_their_own_can_be_asked_instead():
    unknown = COLOUR | {"key": "other", "show_if": when(("known", "is", "no"))}
    questions = group(COLOUR | {"show_if": KNOWN}, unknown, asked("Why?", when(("colour", "is", "red"))))
    assert (
        problems(
            form(
                YES_NO,
                cars=(
                    {},
                    questions,
                ),
            )
        )
        == []
    )


def test_a_question_that_a_repeat_group_no_longer_asks_is_named_at_the_group():
    heading = {"kind": "heading", "key": "top", "label": "Top"}
    (found,) = findings(form(group(COLOUR)), [form(group(COLOUR, YES_NO, heading))])
    assert found.message.startswith("“Known?” (known) in “Cars” was asked in the published version and no longer is.")
    assert found.place == ("pages", 0, "questions", 0)
    assert not found.blocks


def test_a_repeat_group_that_is_no_longer_asked_is_named_once():
    (found,) = findings(form(COLOUR), [form(COLOUR, cars=({}, group(COLOUR, YES_NO)))])
    assert found.message.startswith("“Cars” (cars) was asked in the published version")
