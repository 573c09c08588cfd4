"""What is different between two analyses, whatever they say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.selectors import Row, Section
from workflow.analyses.differences import What, compare, pair
from workflow.analyses.findings import ABOUT_THE_MEETING, findings, texts

LABELS = {"domain": "Domain", "factor_code": "Factor", "description": "Description", "level": "Grade", "text": "Text"}


def row(key, text="", items=()):
    return Row(key, LABELS.get(key, key), text, False, tuple(items))


def item(**parts):
    return tuple(row(key, text) for key, text in parts.items())


def factor(code="Asthma", level="2", description="A sentence.", domain="A"):
    return item(domain=domain, factor_code=code, description=description, level=level)


def factors(*items):
    return [Section("factors", "Factors", (Row("factors", "Factors", "", False, items),))]


def learning(*words):
    items = tuple(item(text=text) for text in words)
    return [Section("learning", "Learning points", (Row("learning", "Learning points", "", False, items),))]


def one(key, text, page="category"):
    return [Section(page, "Category of death", (row(key, text),))]


def differences(before, after):
    return [line for section in compare(before, after) for line in section.differences]


def kinds(before, after):
    return [line.what for line in differences(before, after)]


def sentences(before, after):
    return [line.detail for line in differences(before, after)]


def test_what_says_the_same_has_no_differences():
    both = factors(factor(), factor("Housing")) + one("category_primary", "5 – Acute")
    assert differences(both, both) == []
    assert [section.title for section in compare(both, both)] == ["Factors", "Category of death"]


def test_a_factor_that_was_added_left_out_or_graded_otherwise_is_told_so():
    before = factors(factor("Asthma", "1"), factor("Housing"))
    after = factors(factor("Asthma", "2"), factor("Communication"))
    assert kinds(before, after) == [What.REGRADED, What.ADDED, What.LEFT_OUT]
    assert sentences(before, after) == [
        "Asthma: graded otherwise, from “1” to “2”",
        "Communication: added",
        "Housing: left out",
    ]


def test_a_factor_in_other_words_is_the_same_factor_changed():
    before, after = factors(factor(description="One.")), factors(factor(description="Quite another."))
    assert kinds(before, after) == [What.CHANGED]


def test_of_two_factors_of_one_code_the_one_in_the_same_words_is_the_same():
    first, second = factor(description="First.", level="1"), factor(description="Second.", level="1")
    graded = factor(description="Second.", level="2")
    assert kinds(factors(first, second), factors(graded, first)) == [What.REGRADED]


def test_another_order_is_no_difference():
    one_, two, three = factor("Asthma"), factor("Housing"), factor("Poverty")
    assert differences(factors(one_, two, three), factors(three, one_, two)) == []


@pytest.mark.parametrize(
    ("was", "now", "what", "sentence"),
    [
        ("5", "3", What.CHANGED, "category_primary: from “5” to “3”"),
        ("", "3", What.ADDED, "category_primary: added, “3”"),
        ("5", "", What.LEFT_OUT, "category_primary: left out, “5”"),
        ("a" * 200, "b" * 200, What.CHANGED, "category_primary: written otherwise"),
        ("", "b" * 200, What.ADDED, "category_primary: added"),
    ],
)
def test_an_answer_that_changed_says_from_what_to_what(was, now, what, sentence):
    before, after = one("category_primary", was), one("category_primary", now)
    assert (kinds(before, after), sentences(before, after)) == ([what], [sentence])


def test_what_became_of_a_question_follows_its_question_mark():
    before, after = (
        [Section("page", "Page", (Row("asked", "Was it enough?", said, False),))] for said in ("No", "Yes")
    )
    assert sentences(before, after) == ["Was it enough? From “No” to “Yes”"]


def test_a_lesson_in_nearly_the_same_words_is_that_lesson_and_another_is_another():
    before = learning("Letters went out late to the school", "Inhalers were empty")
    after = learning("Letters went out far too late to the school", "Nobody asked the family")
    assert kinds(before, after) == [What.CHANGED, What.ADDED, What.LEFT_OUT]


def test_what_the_meetings_say_of_themselves_is_not_compared():
    for key in ABOUT_THE_MEETING:
        assert compare(one(key, "CDRM", "meeting"), one(key, "Panel", "meeting")) == []


def test_a_question_on_another_page_of_a_newer_form_is_the_same_question():
    assert differences(one("sex", "Female", "child"), one("sex", "Female", "other")) == []


def test_a_page_that_is_not_asked_any_more_is_left_out_as_a_whole():
    before = one("category_primary", "5") + learning("A lesson")
    assert kinds(before, one("category_primary", "5")) == [What.LEFT_OUT]


def test_nothing_beside_nothing_is_nothing():
    assert compare([], []) == []


words = st.text("ab ", max_size=6)
some_factors = st.lists(
    st.builds(factor, st.sampled_from("XYZ"), st.sampled_from("012"), words, st.sampled_from("AB")), max_size=6
)
some_lessons = st.lists(words.filter(str.strip), max_size=6)


@given(some_factors, some_lessons, words)
def test_anything_beside_itself_has_no_differences(found, lessons, category):
    said = [*factors(*found), *learning(*lessons), *one("category_primary", category)]
    assert differences(said, said) == []


@given(some_factors, some_factors)
def test_every_item_of_both_is_in_exactly_one_line(before, after):
    lines = [line for section in compare(factors(*before), factors(*after)) for line in section.lines]
    assert sum(line.what is not What.ADDED for line in lines) == len(before)
    assert sum(line.what is not What.LEFT_OUT for line in lines) == len(after)


@given(some_factors, some_factors)
def test_the_other_way_round_what_was_added_is_left_out(before, after):
    there, back = kinds(factors(*before), factors(*after)), kinds(factors(*after), factors(*before))
    assert there.count(What.ADDED) == back.count(What.LEFT_OUT)
    assert there.count(What.LEFT_OUT) == back.count(What.ADDED)


@given(some_factors, st.randoms(use_true_random=False))
def test_no_order_makes_a_difference(found, random):
    mixed = random.sample(found, len(found))
    assert differences(factors(*found), factors(*mixed)) == []


@given(some_lessons, some_lessons)
def test_no_item_is_two_others_at_once(before, after):
    partners = pair("learning", [item(text=text) for text in before], [item(text=text) for text in after])
    assert len(set(partners.values())) == len(partners)


@given(st.lists(st.fixed_dictionaries({"level": st.sampled_from(["", "0", "2"])}), max_size=4))
def test_factors_are_graded_when_each_is(lines):
    assert ("factors_graded" in findings({"factors": lines})) is all(line["level"] for line in lines)


def test_what_was_not_answered_is_no_finding():
    assert findings({"category_primary": "", "modifiability": None}) == {"factors_graded": "yes"}


@given(
    st.recursive(st.text(max_size=3) | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner))
)
def test_every_text_is_found_however_deep(value):
    def count(each):
        if isinstance(each, str):
            return 1
        parts = each.values() if isinstance(each, dict) else each if isinstance(each, list) else []
        return sum(map(count, parts))

    assert len(list(texts(value))) == count(value)
