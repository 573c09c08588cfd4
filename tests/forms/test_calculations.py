"""Values worked out from other answers."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.calculations import OPERATIONS, WORK, calculated
from forms.conditions import kept, visible
from forms.models import Draft, Submission
from forms.schema import Calculation, FormSchema
from tests.forms.making import page, publish

DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2030, 12, 31))
ANYTHING = (
    st.none() | st.text() | st.integers() | st.floats() | st.lists(st.text()) | st.dictionaries(st.text(), st.text())
)


def worked(operation: str, *values: object) -> object:
    answers = {f"q{number}": value for number, value in enumerate(values)}
    return calculated(Calculation(operation=operation, of=list(answers)), answers)


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


@pytest.mark.parametrize("operation", OPERATIONS)
def test_nothing_is_worked_out_from_what_is_missing_or_makes_no_sense(operation):
    for values in ((), (None, None), ("2026-03", "2026-03-01"), ("not_known", "2026-03-01")):
        assert worked(operation, *values) is None
    if operation != "sum":
        assert worked(operation, "2026-03-02", "2026-03-01") is None


@given(st.sampled_from(sorted(WORK)), st.lists(ANYTHING, max_size=4))
def test_no_answer_whatever_breaks_it(operation, values):
    assert isinstance(worked(operation, *values), int | str | None)


@given(DAYS, st.integers(0, 17 * 365))
def test_days_and_years_agree(born, days):
    on = born + dt.timedelta(days=days)
    years = worked("age_in_years", born.isoformat(), on.isoformat())
    assert worked("age_in_days", born.isoformat(), on.isoformat()) == days
    assert years * 365 <= days < (years + 1) * 366


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
    today = dt.date(2026, 11, 1)
    assert kept(form(), answers, today) == answers | {"age": 10}
    younger = answers | {"born": "2020-01-01"}
    shown = [question.key for _, questions in visible(form(), younger, today) for question in questions]
    assert "school" not in shown
    assert "school" not in kept(form(), younger, today)


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
