"""XLSForm: what we write is a valid form elsewhere, comes back whole here, and others' files are read or refused."""

import re
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from pyxform.utils import default_is_dynamic
from pyxform.xls2xform import convert

from forms.checks import problems
from forms.definitions import names
from forms.definitions import read as read_definition
from forms.exchange import xlsform
from forms.exchange.book import MOST_ROWS, MOST_UNPACKED
from forms.exchange.canonical import canonical
from forms.exchange.findings import Unreadable
from forms.exchange.losses import lost
from forms.exchange.xlsform import constants
from forms.exchange.xlsform.losses import as_others_see_it, native
from forms.exchange.xlsform.markup import is_styled, literal, words
from forms.schema import Condition, FormSchema, Page, Question, Test
from tests.forms.exchange.books import book
from tests.forms.schemas import quick, schemas


def without_notes(data: bytes) -> bytes:
    """The workbook as it comes back from software that drops columns it does not know."""
    workbook = load_workbook(BytesIO(data))
    for sheet in workbook:
        for column in range(sheet.max_column, 0, -1):
            if sheet.cell(1, column).value == "cdop":
                sheet.delete_cols(column)
    file = BytesIO()
    workbook.save(file)
    return file.getvalue()


@quick
@given(schemas())
def test_a_form_comes_back_whole(schema):
    understood = xlsform.read(xlsform.write(schema, 3))
    assert understood.findings == []
    assert understood.schema == canonical(schema)


@quick
@given(schemas())
def test_what_others_find_is_the_form_less_what_is_stated(schema):
    understood = xlsform.read(without_notes(xlsform.write(schema)))
    assert canonical(understood.schema) == canonical(as_others_see_it(schema))


@quick
@given(schemas())
def test_losses_are_stated_when_and_only_when_something_is_lost(schema):
    assert bool(lost(xlsform.LOSSES, schema)) == (native(schema) != canonical(schema))


@quick
@given(schemas())
def test_pyxform_makes_a_form_of_what_we_write(schema):
    result = convert(BytesIO(xlsform.write(schema, 1)), pretty_print=False)
    assert result.xform.count("<bind") >= 1


@pytest.mark.parametrize("name", names())
def test_every_shipped_form_travels(name):
    schema = FormSchema.model_validate(read_definition(name))
    data = xlsform.write(schema, 1)
    assert xlsform.read(data).schema == canonical(schema)
    assert convert(BytesIO(data)).xform
    assert problems(xlsform.read(without_notes(data)).schema) == []


def valued(initial: str) -> FormSchema:
    asked = Question(kind="yes_no", key="asked", label="Asked?", sensitivity="I")
    why = Question(kind="short_text", key="why", label="Why?", sensitivity="I")
    depends = Condition(tests=[Test(question="area", value="east")])
    value = Question(kind="hidden", key="area", label="Area", initial=initial, sensitivity="I")
    questions = [asked, value, why.model_copy(update={"show_if": depends})]
    return FormSchema(slug="one", title="One", pages=[Page(key="one", title="One", questions=questions)])


TEXTS = [
    "east",
    "007",
    "div",
    "2026-03-01",
    "east side",
    "O'Neill",
    'the "east"',
    """O'Neill "east" """,
    "today()",
    "a*b",
]


@pytest.mark.parametrize("initial", TEXTS)
def test_a_hidden_value_is_a_hidden_default_that_nobody_works_out(initial):
    schema = valued(initial.strip())
    data = xlsform.write(schema)
    assert xlsform.read(without_notes(data)).schema == canonical(schema)
    xform = convert(BytesIO(data)).xform
    assert default_in(xform, "area") == initial.strip()
    assert 'ref="/one/page-one/area"' not in xform.split("<h:body")[1]


def default_in(xform: str, name: str) -> str:
    """What a device begins with: the text in the instance, or what the expression says."""
    tree = ElementTree.fromstring(xform)
    for part in tree.iter():
        if part.tag.endswith("setvalue") and part.get("ref", "").endswith(f"/{name}"):
            pieces = re.findall(r"""'([^']*)'|"([^"]*)\"""", part.get("value"))
            assert re.match(r"(string|concat)\(", part.get("value"))
            return "".join(one or other for one, other in pieces)
    return next(part.text for part in tree.iter() if part.tag.endswith(f"}}{name}"))


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=20))
def test_any_text_comes_back_from_a_default(text):
    assert constants.read(constants.write(text)) == text
    assert not text or constants.write(text) != text or not default_is_dynamic(text)


@pytest.mark.parametrize("default", ["today()", "${asked}", "string(${asked})", "concat('a', ${asked})", "now("])
def test_a_default_that_is_worked_out_is_named_with_its_row(default):
    survey = [["type", "name", "label", "default"], ["text", "a", "A", None], ["hidden", "b", None, default]]
    understood = xlsform.read(book(survey=survey))
    assert [(each.kind, each.label, each.initial) for each in understood.schema.questions()][1] == ("hidden", "b", "")
    assert f"survey row 3: Its default is worked out, so it was left out: {default}" in map(str, understood.findings)


def test_what_is_chosen_beforehand_by_others_is_left_out_of_a_question():
    survey = [["type", "name", "label", "default"], ["text", "a", "A", "x"], ["hidden", "b", "B", "a-b"]]
    understood = xlsform.read(book(survey=survey))
    assert [each.initial for each in understood.schema.questions()] == ["", "a-b"]
    told = "survey row 2: It has a default answer, which was left out."
    assert told in [str(each) for each in understood.findings]


SURVEY = [
    [
        "type",
        "name",
        "label::English (en)",
        "label::Cymraeg (cy)",
        "hint",
        "required",
        "relevant",
        "constraint",
        "calculation",
    ],
    ["text", "First Name", "What is the name?", "Enw?", "In full", "yes", None, "string-length(.) < 51", None],
    ["select_one sex or_other", "sex", "Sex", "Rhyw", None, None, None, None, None],
    ["integer", "age", "Age", None, None, "TRUE", "${sex} = 'm' or ${sex} = 'f'", ". >= 0 and . < 18", None],
    ["date", "seen", "When seen", None, None, "${age} > 1", "not(selected(${sex}, 'm'))", ". <= today()", None],
    ["geopoint", "where", "Where?", None, None, None, None, None, None],
    ["calculate", "double", None, None, None, None, None, None, "${age} * 2"],
    ["begin_group", "House", "The house", None, None, None, "${age} > 1", None, None],
    ["text", "rooms", "Rooms", None, None, None, "count(${where}) > 1", "regex(., 'x')", None],
    ["begin_repeat", "people", "People", None, None, None, None, None, None],
    ["select_multiple kin", "kin", "Kin", None, None, None, None, None, None],
    ["end_repeat", None, None, None, None, None, None, None, None],
    ["text", "last", "Last", None, None, None, None, None, None],
    ["end_group", None, None, None, None, None, None, None, None],
]
CHOICES = [
    ["list name", "name", "label::English (en)"],
    ["sex", "m", "Male"],
    ["sex", "f", "Female"],
    ["kin", 1, "Mother"],
    ["kin", 2, "Father"],
]


@pytest.fixture
def foreign():
    return xlsform.read(
        book(survey=SURVEY, choices=CHOICES, settings=[["form title", "form id"], ["Visit", "Visit Form!"]])
    )


def test_a_form_made_elsewhere_is_understood(foreign):
    schema = foreign.schema
    assert (schema.title, schema.slug) == ("Visit", "visit-form")
    assert [page.title for page in schema.pages] == ["Questions", "The house", "The house", "The house"]
    name, sex, age, seen = schema.pages[0].questions
    assert (name.key, name.label, name.max_length, name.required) == (
        "first_name",
        "What is the name?",
        50,
        "mandatory",
    )
    assert [choice.code for choice in sex.choices] == ["m", "f", "other"]
    assert (age.minimum, age.maximum, age.required) == (0, 17, "mandatory")
    assert [(test.question, test.value) for test in age.show_if.tests] == [("sex", "m"), ("sex", "f")]
    assert age.show_if.join == "any"
    assert seen.show_if.tests[0].comparison == "is_not"
    assert schema.pages[1].show_if.tests[0].question == "age"
    assert [choice.code for choice in schema.pages[2].group.questions[0].choices] == ["1", "2"]
    assert schema.rules[0].question == "seen"
    assert schema.rules[0].refuse_if.tests[0].comparison == "after"


def test_what_was_not_understood_is_told_with_its_row(foreign):
    told = {finding.where: finding.message for finding in foreign.findings}
    assert "“First Name” is called “first_name”" in told["survey row 2"]
    assert "“Other” is offered" in told["survey row 3"]
    assert "an expression" in told["survey row 5"]
    assert "geopoint" in told["survey row 6"]
    assert "calculate" in told["survey row 7"]
    assert any("so this is always asked" in f.message for f in foreign.findings if f.where == "survey row 9")
    assert any("Cymraeg" in finding.message for finding in foreign.findings)


def test_an_answer_nobody_classed_is_taken_as_identifying(foreign):
    assert {q.sensitivity for q in foreign.schema.questions()} == {"I"}


def test_a_change_made_in_the_spreadsheet_wins_over_our_note():
    schema = FormSchema.model_validate(read_definition("notification"))
    workbook = load_workbook(BytesIO(xlsform.write(schema)))
    sheet = workbook["survey"]
    for row in sheet.iter_rows(min_row=2):
        if row[1].value == "nhs_number":
            row[0].value, row[2].value = "integer", "New words"
    file = BytesIO()
    workbook.save(file)
    understood = xlsform.read(file.getvalue())
    question = next(q for q in understood.schema.questions() if q.key == "nhs_number")
    assert (question.kind, question.label, question.sensitivity) == ("whole_number", "New words", "I")
    assert [str(finding) for finding in understood.findings] == ["nhs_number: Changed since we wrote the file: kind."]


SIGNS = st.sampled_from(["<", ">", "&", ";", "lt", "amp", "copy", "#60", "#x3c", "b", "/", "!--", "--", " ", "=", '"'])
MARKED = st.lists(SIGNS | st.characters(codec="utf-8", exclude_categories=["C"]), max_size=12).map("".join)


@given(MARKED)
def test_signs_of_html_come_back_and_are_shown_as_they_are(text):
    written = literal(text)
    assert words(written) == text
    assert not is_styled(written)
    shown = BeautifulSoup(f"<p>{written}</p>", "html.parser")
    assert shown.get_text() == text
    assert len(shown.find_all()) == 1


@pytest.mark.parametrize("text", ["Mum & dad", "R&D", "a < b", "3 > 2", "Is it < 5 cm?", "AT&T; and more"])
def test_what_nobody_takes_for_html_is_written_as_it_is(text):
    assert literal(text) == text


def test_a_question_about_less_than_is_read_in_full_by_others():
    choices = [{"code": "1", "label": "<b>one hour"}, {"code": "2", "label": "&lt; two"}]
    question = {"kind": "radios", "key": "gap", "label": "Gap <an hour> &copy;", "help_text": "<1 & more"}
    page = {"key": "p", "title": "Pages <i>", "questions": [question | {"choices": choices}]}
    schema = FormSchema.model_validate({"slug": "s", "title": "T", "pages": [page]})
    data = xlsform.write(schema)
    xform = ElementTree.fromstring(convert(BytesIO(data)).xform)
    labels = [part.text for part in xform.iter() if part.tag.endswith(("label", "hint")) and part.text]
    said = [BeautifulSoup(label, "html.parser").text for label in labels]
    assert sorted(said) == ["&lt; two", "<1 & more", "<b>one hour", "Gap <an hour> &copy;", "Pages <i>"]
    assert canonical(xlsform.read(without_notes(data)).schema) == as_others_see_it(schema)


def test_of_the_html_in_others_files_the_words_are_kept_and_its_row_is_named():
    label = '<span style="color:red">Weight</span> &lt; 5 kg <br/>&amp; more'
    survey = [["type", "name", "label", "hint"], ["text", "a", label, "<b>Bold</b>"], ["select_one l", "b", "B & C"]]
    choices = [["list_name", "name", "label"], ["l", "1", "<i>One</i>"], ["l", "2", "Two"]]
    understood = xlsform.read(book(survey=survey, choices=choices))
    weight, chosen = understood.schema.questions()
    assert (weight.label, weight.help_text) == ("Weight < 5 kg & more", "Bold")
    assert [choice.label for choice in chosen.choices] == ["One", "Two"]
    assert {str(each) for each in understood.findings} >= {
        "survey row 2: Of its HTML only the words were kept.",
        "choices row 2: Of its HTML only the words were kept.",
    }


GOOD = ["text", "a", "A"]
HEAD = ["type", "name", "label"]


@pytest.mark.parametrize(
    ("sheets", "where", "message"),
    [
        ({"other": [HEAD, GOOD]}, "", "no sheet called “survey”"),
        ({"survey": [HEAD]}, "", "no sheet called “survey” with questions"),
        ({"survey": [["kind", "name"], ["text", "a"]]}, "survey row 1", "no column “type”"),
        ({"survey": [[*HEAD, "label"], GOOD]}, "survey row 1", "“label” stands twice"),
        ({"survey": [HEAD, GOOD, GOOD]}, "survey row 3", "“a” is already used in row 2"),
        ({"survey": [HEAD, GOOD, ["text", "b", "=1+1"]]}, "survey row 3, column C", "A formula"),
        ({"survey": [HEAD, ["select_one x", "a", "A"]]}, "survey row 2", "no list “x”"),
        ({"survey": [HEAD, ["begin group", "g", "G"], GOOD]}, "survey row 2", "not closed"),
        ({"survey": [HEAD, GOOD, ["end repeat", None, None]]}, "survey row 3", "not begun"),
        ({"survey": [HEAD, ["geopoint", "a", "A"]]}, "survey row 2", "no counterpart"),
        (
            {"survey": [HEAD, GOOD], "choices": [["list_name", "name"], ["x", "1"], ["x", "1"]]},
            "choices row 3",
            "“1” stands twice in the list “x”",
        ),
    ],
)
def test_a_bad_workbook_is_turned_away_with_its_row(sheets, where, message):
    with pytest.raises(Unreadable) as refused:
        xlsform.read(book(**sheets))
    assert refused.value.findings[0].where == where
    assert message in refused.value.findings[0].message


def bomb() -> bytes:
    file = BytesIO(book(survey=[HEAD, GOOD]))
    with ZipFile(file, "a", ZIP_DEFLATED) as packed:
        packed.writestr("xl/bomb.xml", b"0" * (MOST_UNPACKED + 1))
    return file.getvalue()


def without_its_sheet() -> bytes:
    file = BytesIO()
    with ZipFile(BytesIO(book(survey=[HEAD, GOOD]))) as old, ZipFile(file, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"<broken" if name.startswith("xl/worksheets") else old.read(name))
    return file.getvalue()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (bomb, "unpacks to far more"),
        (without_its_sheet, "damaged"),
        (lambda: b"type,name,label\ntext,a,A\n", "not an .xlsx workbook"),
        (lambda: b"\xd0\xcf\x11\xe0 old", "old or protected"),
        (lambda: book(survey=[HEAD, *[["text", f"q{n}", "A"] for n in range(MOST_ROWS)]]), "more than 10,000 rows"),
    ],
)
def test_a_file_that_is_no_form_is_turned_away(make, message):
    with pytest.raises(Unreadable) as refused:
        xlsform.read(make())
    assert message in refused.value.findings[0].message
