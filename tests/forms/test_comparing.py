"""What changed between two versions, told to somebody who did not change it; and the map of the pages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.comparing import changes, grouped
from forms.definitions import names, read
from forms.mapping import map_of
from forms.schema import Condition, FormSchema
from forms.wording import condition_in_words

SEX = {
    "kind": "radios",
    "key": "sex",
    "label": "Sex",
    "choices": [{"code": "f", "label": "Female"}, {"code": "m", "label": "Male"}],
}
BORN = {"kind": "date", "key": "born", "label": "Born", "required": "mandatory"}
DIED = {"kind": "date", "key": "died", "label": "Died"}
IF_GIRL = {"tests": [{"question": "sex", "comparison": "is", "value": "f"}]}


def form(*pages, rules=()):
    written = [{"key": key, "title": key.capitalize(), "questions": list(questions)} for key, *questions in pages]
    return FormSchema.model_validate({"slug": "small", "title": "Small", "pages": written, "rules": list(rules)})


def told(before, after):
    return {(change.kind, change.message) for change in changes(before, after)}


def test_a_version_compared_with_itself_has_no_changes():
    for name in names():
        schema = FormSchema.model_validate(read(name))
        assert changes(schema, schema) == []


def test_what_was_added_and_removed_is_told_with_its_page():
    before, after = form(("one", SEX, BORN)), form(("one", SEX, DIED))
    assert told(before, after) == {("added", "“Died” on “One”"), ("removed", "“Born” from “One”")}


def test_a_page_that_was_added_removed_or_reworded_is_told():
    assert ("added", "Page “Two”") in told(form(("one", SEX)), form(("one", SEX), ("two", BORN)))
    assert ("removed", "Page “Two”") in told(form(("one", SEX), ("two", BORN)), form(("one", SEX)))
    named = form(("one", SEX)).model_dump()
    named["pages"][0]["title"] = "First of all"
    assert told(form(("one", SEX)), FormSchema.model_validate(named)) == {
        ("relabelled", "Page “One” is now “First of all”")
    }


def test_what_moved_is_told_once():
    assert told(form(("one", SEX, BORN), ("two", DIED)), form(("one", SEX), ("two", DIED, BORN))) == {
        ("moved", "“Born” from “One” to “Two”")
    }
    assert told(form(("one", SEX, BORN)), form(("one", BORN, SEX))) == {
        ("moved", "The order of the questions on “One”")
    }
    assert told(form(("one", SEX), ("two", BORN)), form(("two", BORN), ("one", SEX))) == {
        ("moved", "The order of the pages")
    }


def test_a_reworded_question_is_told_in_both_words():
    after = form(("one", SEX | {"label": "Sex at birth"}))
    assert told(form(("one", SEX)), after) == {("relabelled", "“Sex” is now “Sex at birth”")}


def test_answers_that_came_went_or_were_reworded_are_told_with_their_codes():
    choices = [{"code": "f", "label": "Girl"}, {"code": "x", "label": "Other"}]
    assert told(form(("one", SEX)), form(("one", SEX | {"choices": choices}))) == {
        ("codes", "“Sex”: “Female” is now “Girl” (f)"),
        ("codes", "“Sex” no longer offers “Male” (m)"),
        ("codes", "“Sex” offers “Other” (x)"),
    }


def test_conditions_rules_and_need_are_told_in_words():
    rule = {
        "question": "born",
        "message": "Check the dates",
        "refuse_if": {"tests": [{"question": "born", "comparison": "after", "value": "today"}]},
    }
    other = rule | {"refuse_if": {"tests": [{"question": "born", "comparison": "after", "other": "died"}]}}
    after = form(("one", SEX, BORN | {"show_if": IF_GIRL, "required": "optional"}, DIED), rules=[other])
    assert told(form(("one", SEX, BORN, DIED), rules=[rule]), after) == {
        ("conditions", "“Born”: “Sex” is Female"),
        ("other", "“Born” is optional; before, it must be answered"),
        ("rules", "Changed: Check the dates (refused when “Born” is after “Died”)"),
    }


def test_what_is_worked_out_is_told_in_words():
    grade = {"kind": "short_text", "key": "grade", "label": "Grade"}
    factors = {"kind": "repeat", "key": "factors", "label": "Factors", "questions": [grade]}
    counts = [
        {"kind": "calculated", "key": "many", "label": "How many", "calculation": calculation}
        for calculation in (
            {"operation": "count", "of": ["factors"]},
            {"operation": "count", "of": ["factors"], "where": {"tests": [{"question": "grade", "value": "2"}]}},
        )
    ]
    before, after = (form(("one", factors), ("two", count)) for count in counts)
    counted = "“How many” is now worked out: how many were added to a repeat group, from “Factors”"
    assert told(before, after) == {("other", f"{counted} where “Grade” is 2")}
    assert told(after, before) == {("other", counted)}


def written(schema, **changed):
    return FormSchema.model_validate(schema.model_dump() | changed)


def test_new_words_of_the_form_as_a_whole_are_told():
    mail = {"kind": "email", "key": "mail", "label": "Your email"}
    before = form(("one", SEX, mail))
    after = written(before, title="Large", declaration="It is true", confirmation="<p>Thanks</p>", acknowledge="mail")
    assert told(before, after) == {
        ("relabelled", "The form “Small” is now “Large”"),
        ("other", "The declaration is now “It is true”"),
        ("other", "The text shown after sending"),
        ("other", "An acknowledgement goes to the answer to “Your email”"),
    }
    assert {("other", "The declaration is no longer there"), ("other", "An acknowledgement is no longer sent")} < told(
        after, before
    )


def test_what_proposes_the_form_is_told_when_it_comes_and_goes():
    before, after = form(("one", SEX)), written(form(("one", SEX)), triggers=[IF_GIRL])
    assert told(before, after) == {("conditions", "The form is proposed when “Sex” is Female")}
    assert told(after, before) == {("conditions", "The form is no longer proposed when “Sex” is Female")}


def test_answers_in_another_order_are_told_once():
    turned = SEX | {"choices": SEX["choices"][::-1]}
    assert told(form(("one", SEX)), form(("one", turned))) == {("moved", "The order of the answers to “Sex”")}


def test_questions_of_a_group_in_another_order_are_told_once():
    group = {"kind": "repeat", "key": "people", "label": "People", "questions": [SEX, BORN]}
    turned = group | {"questions": [BORN, SEX]}
    assert told(form(("one", group)), form(("one", turned))) == {("moved", "The order of the questions in “People”")}


def test_the_hint_of_an_answer_is_told_when_it_changes():
    choices = [{"code": "f", "label": "Female", "hint": "A girl"}, SEX["choices"][1]]
    plain, hinted = form(("one", SEX)), form(("one", SEX | {"choices": choices}))
    assert told(plain, hinted) == {("codes", "“Sex”: the hint of “Female” is now “A girl”")}
    assert told(hinted, plain) == {("codes", "“Sex”: the hint of “Female” is no longer there")}


def refusing(question, comparison, value="", message="Check the dates"):
    test = {"question": question, "comparison": comparison, "value": value}
    return {"question": "born", "message": message, "refuse_if": {"tests": [test]}}


FUTURE, BLANK, GIRL = refusing("born", "after", "today"), refusing("died", "not_answered"), refusing("sex", "is", "f")


def test_rules_that_share_a_message_are_told_apart():
    with_rules = [form(("one", SEX, BORN, DIED), rules=rules) for rules in ([FUTURE, BLANK], [FUTURE, GIRL], [FUTURE])]
    both, other, one = with_rules
    assert told(both, other) == {("rules", "Changed: Check the dates (refused when “Sex” is Female)")}
    assert told(one, both) == {("rules", "Added: Check the dates (refused when “Died” has no answer)")}
    assert told(both, one) == {("rules", "Removed: Check the dates (refused when “Died” has no answer)")}


def test_a_rule_whose_message_stands_elsewhere_is_told_with_the_place():
    before, after = (form(("one", BORN, DIED), rules=[BLANK | {"question": question}]) for question in ("born", "died"))
    words = "Changed: Check the dates (shown at “Died”, refused when “Died” has no answer)"
    assert told(before, after) == {("rules", words)}


def test_changes_are_grouped_under_headings_in_a_fixed_order():
    found = changes(form(("one", SEX)), form(("one", SEX | {"label": "Sex at birth"}, BORN)))
    assert [heading for heading, _ in grouped(found)] == ["Added", "Reworded"]


def with_words(schema, title, declaration, triggers):
    return written(schema, title=title, declaration=declaration, triggers=triggers)


TURNED = SEX | {"choices": SEX["choices"][::-1]}
FORMS = st.builds(
    lambda sex, rest, kept, rules: form(("one", *[sex, *rest][:kept]), ("two", *[sex, *rest][kept:]), rules=rules),
    st.sampled_from([SEX, TURNED]),
    st.permutations([BORN, DIED]),
    st.integers(1, 3),
    st.lists(st.sampled_from([FUTURE, BLANK, GIRL]), unique_by=str),
)
SCHEMAS = st.builds(
    with_words, FORMS, st.sampled_from("ab"), st.sampled_from(["", "True"]), st.sampled_from([[], [IF_GIRL]])
)


@given(SCHEMAS, SCHEMAS)
def test_two_forms_are_the_same_exactly_when_nothing_is_told(before, after):
    assert (changes(before, after) == []) == (before == after)


@given(SCHEMAS, SCHEMAS)
def test_what_is_added_one_way_is_removed_the_other(before, after):
    there = [change.kind for change in changes(before, after)]
    back = [change.kind for change in changes(after, before)]
    assert there.count("added") == back.count("removed")


def test_a_condition_reads_like_a_sentence():
    schema = form(("one", SEX, BORN, DIED))
    tests = [
        {"question": "sex", "comparison": "any_of", "value": "f, m"},
        {"question": "born", "comparison": "age_under", "value": "28", "other": "died", "unit": "days"},
        {"question": "gone", "comparison": "not_answered"},
    ]
    page = FormSchema.model_validate(
        {"slug": "x", "title": "x", "pages": [{"key": "p", "title": "P", "show_if": {"join": "any", "tests": tests}}]}
    ).pages[0]
    assert condition_in_words(page.show_if, schema) == (
        "“Sex” is Female or Male or “Born” shows an age under 28 days on “Died” or “gone” has no answer"
    )
    assert condition_in_words(schema.pages[0].show_if, schema) == ""


@pytest.mark.parametrize(
    ("value", "unit", "age"), [("1", "days", "1 day"), ("2", "days", "2 days"), ("1", "", "1 year")]
)
def test_an_age_is_counted_as_people_count(value, unit, age):
    test = {"question": "born", "comparison": "age_under", "value": value, "other": "died", "unit": unit}
    condition = Condition.model_validate({"tests": [test]})
    assert condition_in_words(condition, form(("one", BORN, DIED))) == f"“Born” shows an age under {age} on “Died”"


def test_the_map_shows_every_page_once_and_moves_what_is_sometimes_shown_aside():
    for name in names():
        schema = FormSchema.model_validate(read(name))
        drawn = map_of(schema)
        assert [stop.title for stop in drawn.stops] == [page.title for page in schema.pages]
        for stop, page in zip(drawn.stops, schema.pages, strict=True):
            assert bool(stop.when) == bool(page.show_if.tests)
            assert stop.x + drawn.box_width <= drawn.width
            assert stop.y + drawn.box_height <= drawn.height
        assert len(drawn.lines) >= len(drawn.stops) - 1


def test_the_map_counts_what_a_person_answers():
    sometimes = {"show_if": {"tests": [{"question": "born", "comparison": "answered"}]}}
    read_only = [{"kind": "heading", "key": "top", "label": "Top"}, {"kind": "information", "key": "text"} | sometimes]
    silent = {"kind": "hidden", "key": "area", "label": "Area", "initial": "invented"}
    (stop,) = map_of(form(("one", *read_only, silent, BORN, DIED | sometimes))).stops
    assert (stop.questions, stop.sometimes) == (2, 1)


def test_a_long_title_is_cut_short_on_the_map_only():
    title = "A page whose title is far longer than any box could ever hold"
    schema = FormSchema.model_validate({"slug": "x", "title": "x", "pages": [{"key": "p", "title": title}]})
    (stop,) = map_of(schema).stops
    assert len(stop.short) <= 38
    assert stop.title == title
