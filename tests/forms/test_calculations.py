"""Values worked out from other answers."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.calculations import OPERATIONS, WORK
from forms.conditions import holds, kept, visible, worked_out
from forms.models import Draft, Submission
from forms.schema import Calculation, Condition, FormSchema, Test
from tests.forms.making import page, publish

DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2030, 12, 31))
TODAY = dt.date(2026, 11, 1)
ANYTHING = (
    st.none() | st.text() | st.integers() | st.floats() | st.lists(st.text()) | st.dictionaries(st.text(), st.text())
)


def worked(operation: str, *values: object) -> object:
    answers = {f"q{number}": value for number, value in enumerate(values)}
    return worked_out(Calculation(operation=operation, of=list(answers)), answers, TODAY)


@pytest.mark.parametrize(
    ("operation", "values", "expected"),
    [
        ("age_in_years", ("2020-02-29", "2026-02-28"), 5),
        ("age_in_years", ("2020-02-29", "2026-03-01"), 6),
        ("age_in_days", ("2026-03-01", "2026-03-01"), 0),
        ("age_in_days", ("2026-03-01T23:50", "2026-03-02"), 1),
        ("days_between", ("2026-12-31", "2027-01-01"), 1),
        ("sum", ("1", 2, "0.5"), "3.5"),
        ("sum", (1, 2), 3),
        ("sum", ("0.1", "0.2"), "0.3"),
    ],
)
def test_what_is_worked_out(operation, values, expected):
    assert worked(operation, *values) == expected


@pytest.mark.parametrize("operation", WORK)
def test_nothing_is_worked_out_from_what_is_missing_or_makes_no_sense(operation):
    for values in ((), (None, None), ("2026-03", "2026-03-01"), ("not_known", "2026-03-01")):
        assert worked(operation, *values) is None
    if operation != "sum":
        assert worked(operation, "2026-03-02", "2026-03-01") is None


@given(st.sampled_from(sorted(OPERATIONS)), st.lists(ANYTHING | st.lists(ANYTHING), max_size=4))
def test_no_answer_whatever_breaks_it(operation, values):
    assert isinstance(worked(operation, *values), int | str | None)


@given(DAYS, st.integers(0, 17 * 365))
def test_days_and_years_agree(born, days):
    on = born + dt.timedelta(days=days)
    years = worked("age_in_years", born.isoformat(), on.isoformat())
    assert worked("age_in_days", born.isoformat(), on.isoformat()) == days
    assert years * 365 <= days < (years + 1) * 366


GRADES = ("0", "1", "2", None)
ITEMS = st.lists(
    st.fixed_dictionaries(
        {"id": st.text("abc", min_size=4, max_size=4)},
        optional={"grade": st.sampled_from(GRADES), "known": st.sampled_from(["yes", "no"]), "note": st.text()},
    )
)
TESTS = [Test(question="grade", value="2"), Test(question="known", value="yes"), Test(question="grade", value="0")]


def count(items: object, *tests: Test, join: str = "all") -> object:
    calculation = Calculation(operation="count", of=["group"], where=Condition(join=join, tests=list(tests)))
    return worked_out(calculation, {"group": items}, TODAY)


@given(ITEMS)
def test_every_item_is_counted_where_nothing_else_is_asked_for(items):
    assert count(items) == len(items)


@pytest.mark.parametrize("nothing", [None, [], "", "two", 2])
def test_a_group_to_which_nothing_was_added_has_none(nothing):
    assert count(nothing) == 0
    assert worked_out(Calculation(operation="count", of=["group"]), {}, TODAY) == 0


@given(ITEMS, st.lists(st.sampled_from(TESTS), min_size=1, max_size=3))
def test_items_are_counted_for_which_all_or_any_of_the_tests_hold(items, tests):
    held = [[holds(test, item, TODAY) for test in tests] for item in items]
    assert count(items, *tests) == sum(all(each) for each in held)
    assert count(items, *tests, join="any") == sum(any(each) for each in held)


@given(ITEMS, ITEMS, st.sampled_from(TESTS))
def test_two_groups_together_count_as_much_as_each_on_its_own(one, other, test):
    assert count(one + other, test) == count(one, test) + count(other, test)


@given(ITEMS, st.sampled_from(TESTS))
def test_an_item_counts_or_does_not(items, test):
    opposite = test.model_copy(update={"comparison": "is_not"})
    assert count(items, test) + count(items, opposite) == len(items)


FACTORS = {
    "kind": "repeat",
    "key": "factors",
    "label": "Factors",
    "item_title": "Factor",
    "questions": [{"kind": "short_text", "key": "grade", "label": "Grade"}],
}
GRADED_2 = {"tests": [{"question": "grade", "value": "2"}]}
HOW_MANY = {
    "kind": "calculated",
    "key": "many",
    "label": "How many",
    "calculation": {"operation": "count", "of": ["factors"], "where": GRADED_2},
}
WHY = {"kind": "short_text", "key": "why", "label": "Why", "show_if": {"tests": [{"question": "many", "value": "0"}]}}


def counting(**group: object) -> FormSchema:
    pages = [page("first", {"kind": "yes_no", "key": "any", "label": "Any?"})]
    pages += [page("factors", FACTORS | group), page("then", HOW_MANY, WHY)]
    return FormSchema(slug="s", title="S", pages=pages)


def test_a_count_is_kept_also_when_it_is_nought_and_conditions_may_read_it():
    two = {"factors": [{"id": "a", "grade": "2"}, {"id": "b", "grade": "1"}, {"id": "c", "grade": "2"}]}
    assert kept(counting(), two | {"why": "Hidden"}, TODAY) == two | {"many": 2}
    assert kept(counting(), {"why": "None"}, TODAY) == {"many": 0, "why": "None"}


def test_items_of_a_group_that_is_not_asked_do_not_count():
    form = counting(show_if={"tests": [{"question": "any", "value": "yes"}]})
    answers = {"any": "no", "factors": [{"id": "a", "grade": "2"}]}
    assert kept(form, answers, TODAY) == {"any": "no", "many": 0}
    assert kept(form, answers | {"any": "yes"}, TODAY)["many"] == 1


BORN = {"kind": "date", "key": "born", "label": "Born"}
DIED = {"kind": "date", "key": "died", "label": "Died"}
AGE = {
    "kind": "calculated",
    "key": "age",
    "label": "Age at death",
    "unit": "years",
    "calculation": {"operation": "age_in_years", "of": ["born", "died"]},
}
OLDER = {"join": "all", "tests": [{"question": "age", "comparison": "at_least", "value": "8"}]}
SCHOOL = {"kind": "short_text", "key": "school", "label": "School", "show_if": OLDER}


def form() -> FormSchema:
    return FormSchema(slug="s", title="S", pages=[page("dates", BORN, DIED), page("then", AGE, SCHOOL)])


def test_it_is_kept_with_the_answers_and_conditions_may_read_it():
    answers = {"born": "2016-01-01", "died": "2026-02-01", "school": "Invented School"}
    assert kept(form(), answers, TODAY) == answers | {"age": 10}
    younger = answers | {"born": "2020-01-01"}
    shown = [question.key for _, questions in visible(form(), younger, TODAY) for question in questions]
    assert "school" not in shown
    assert "school" not in kept(form(), younger, TODAY)


def test_it_never_depends_on_today():
    answers = {"born": "2016-01-01", "died": "2026-02-01"}
    days = (dt.date(2026, 2, 1), dt.date(2050, 1, 1))
    assert len({kept(form(), answers, day)["age"] for day in days}) == 1


@pytest.mark.django_db
def test_it_is_shown_not_typed_and_sent_as_the_server_works_it_out(client):
    publish(page("dates", BORN, DIED), page("then", AGE, SCHOOL))
    first = client.post("/small/").headers["Location"]
    dates = {"born__day": "1", "born__month": "1", "born__year": "2016"}
    dates |= {"died__day": "1", "died__month": "2", "died__year": "2026"}
    then = client.post(first, dates).headers["Location"]
    assert "10 years" in client.get(then).content.decode()
    check = client.post(then, {"age": "99", "school": "Invented School"}).headers["Location"]
    assert "10 years" in client.get(check).content.decode()
    client.post(check)
    sent = Submission.objects.get().all_answers()
    assert (sent["age"], sent["school"]) == (10, "Invented School")


@pytest.mark.django_db
@pytest.mark.parametrize(("born", "kept"), [("2016", "Invented School"), ("2024", None)])
def test_a_question_that_depends_on_it_is_answered_on_one_page_with_what_it_is_worked_out_from(client, born, kept):
    publish(page("dates", BORN, DIED, AGE, SCHOOL))
    first = client.post("/small/").headers["Location"]
    dates = {"born__day": "1", "born__month": "1", "born__year": born}
    dates |= {"died__day": "1", "died__month": "2", "died__year": "2026"}
    assert 'name="school"' in client.get(first).content.decode()
    client.post(first, dates | {"school": "Invented School"})
    assert Draft.objects.get().answers.get("school") == kept
