"""Kinds that no other format knows still travel: whole to us, as something that can be asked to others."""

import pytest

from forms.checks import problems
from forms.exchange.canonical import canonical
from forms.exchange.formats import FORMATS
from forms.schema import Calculation, Choice, Condition, FormSchema, Page, Question, Test

CODES = [Choice(code="a", label="A"), Choice(code="b", label="B")]
ON_AGE = Condition(tests=[Test(question="age", comparison="at_least", value="5")])
# The key of its question is also that of a question outside.
AGED = Calculation(operation="count", of=["people"], where=ON_AGE)
PEOPLE = Question(
    kind="repeat",
    key="people",
    label="People",
    item_title="Person",
    questions=[Question(kind="whole_number", key="age", label="Age")],
)


@pytest.fixture
def schema() -> FormSchema:
    questions = [
        Question(kind="heading", key="top", label="About", body="<p>Words</p>"),
        Question(kind="hidden", key="case", label="Case", sensitivity="I", initial="Invented"),
        Question(kind="lookup", key="area", label="Area", choices=CODES),
        Question(kind="grid", key="scale", label="Scale", choices=CODES, rows=[Choice(code="r", label="Row")]),
        Question(kind="month_year", key="month", label="Month"),
        Question(kind="date_time", key="moment", label="When"),
        Question(kind="date", key="born", label="Born"),
        Question(kind="date", key="died", label="Died"),
        Question(
            kind="calculated",
            key="age",
            label="Age",
            calculation=Calculation(operation="age_in_years", of=["born", "died"]),
        ),
        Question(kind="calculated", key="aged", label="Aged", calculation=AGED),
        Question(kind="upload", key="file", label="File", file_types=["pdf"]),
        Question(kind="short_text", key="older", label="If older", show_if=ON_AGE),
    ]
    pages = [Page(key="people", title="People", questions=[PEOPLE]), Page(key="one", title="One", questions=questions)]
    return FormSchema(slug="kinds", title="Kinds", pages=pages)


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_every_kind_comes_back_whole(schema, name):
    understood = FORMATS[name].read(FORMATS[name].write(schema, 1))
    assert understood.schema == canonical(schema)
    assert understood.findings == []
    assert problems(understood.schema) == []


@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"json"}))
def test_what_others_cannot_ask_is_stated(schema, name):
    said = " ".join(finding.message for finding in FORMATS[name].lost(schema))
    assert "Headings, and values worked out: texts to read." in said
    assert "always asked" in said
