"""REDCap: a dictionary REDCap would take, whole here; others' dictionaries are read or refused."""

import csv
import re
from io import StringIO

import pytest
from hypothesis import given

from forms.checks import problems
from forms.definitions import names
from forms.definitions import read as read_definition
from forms.exchange import redcap
from forms.exchange.canonical import canonical
from forms.exchange.findings import Unreadable
from forms.exchange.losses import lost
from forms.exchange.redcap.losses import as_others_see_it, native
from forms.exchange.redcap.write import COLUMNS
from forms.exchange.richtext import paragraphs, plain
from forms.schema import Choice, FormSchema, Page, Question
from tests.forms.schemas import quick, schemas

HEAD = ",".join(f'"{column}"' for column in COLUMNS)


def table(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(data.decode(), newline="")))


def without_notes(data: bytes) -> bytes:
    """The dictionary as it comes back from a project in which somebody took our notes out of the annotations."""
    rows = [row | {"Field Annotation": re.sub(r"( |^)cdop:\{.*", "", row["Field Annotation"])} for row in table(data)]
    text = StringIO()
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


@quick
@given(schemas())
def test_a_form_comes_back_whole(schema):
    understood = redcap.read(redcap.write(schema, 3))
    assert understood.findings == []
    assert understood.schema == canonical(schema)


@quick
@given(schemas())
def test_what_others_find_is_the_form_less_what_is_stated(schema):
    assert redcap.read(without_notes(redcap.write(schema))).schema == canonical(as_others_see_it(schema))


def test_words_between_angle_brackets_are_no_tags():
    words = "Under <3 kg> & more than <b>, such as &lt;"
    question = Question(kind="radios", key="weight", label=words, choices=[Choice(code="yes", label=words)])
    text = Question(kind="information", key="text", body=paragraphs(words))
    page = Page(key="one", title="One", intro=paragraphs(words), questions=[text, question])
    found = redcap.read(without_notes(redcap.write(FormSchema(slug="one", title="One", pages=[page])))).schema
    [intro, body, read] = found.questions()
    assert [plain(each.body) for each in (intro, body)] == [words, words]
    assert [read.label, read.choices[0].label] == [words, words]


@quick
@given(schemas())
def test_losses_are_stated_when_and_only_when_something_is_lost(schema):
    assert bool(lost(redcap.LOSSES, schema)) == (native(schema) != canonical(schema))


@quick
@given(schemas())
def test_what_we_write_keeps_the_rules_of_redcap(schema):
    rows = table(redcap.write(schema))
    variables = [row["Variable / Field Name"] for row in rows]
    assert len(variables) == len(set(variables))
    assert all(re.fullmatch(r"[a-z](?!.*__)[a-z0-9_]*(?<!_)", variable) for variable in variables)
    instruments = [row["Form Name"] for row in rows]
    runs = [name for number, name in enumerate(instruments) if number == 0 or instruments[number - 1] != name]
    assert len(runs) == len(set(runs)), "the fields of an instrument must stand together"
    hidden = {question.key for question in native(schema).questions() if question.kind == "hidden"}
    hidden |= {part.key for group in native(schema).questions() for part in group.questions if part.kind == "hidden"}
    assert {row["Variable / Field Name"] for row in rows if "@" in row["Field Annotation"]} == hidden


def test_a_repeat_group_called_like_its_form_is_an_instrument_of_its_own():
    def asked(key):
        return Question(kind="yes_no", key=key, label="Asked?")

    group = Question(kind="repeat", key="death", label="Who", item_title="Person", questions=[asked("who")])
    second = Question(kind="repeat", key="death_part_2", label="Where", item_title="Place", questions=[asked("where")])
    pages = [[asked("first")], [group], [asked("last")], [second]]
    schema = FormSchema(
        slug="death",
        title="Death",
        pages=[Page(key=f"p{number}", title="Page", questions=asked) for number, asked in enumerate(pages)],
    )
    written = redcap.write(schema)
    used = ["death_2", "death_2", "death", "death_part_2_2", "death_part_2"]
    assert [row["Form Name"] for row in table(written)] == used
    assert redcap.read(written).schema == canonical(schema)


@pytest.mark.parametrize("name", names())
def test_every_shipped_form_travels(name):
    schema = FormSchema.model_validate(read_definition(name))
    understood = redcap.read(redcap.write(schema, 1))
    assert (understood.schema, understood.findings) == (canonical(schema), [])
    assert problems(redcap.read(without_notes(redcap.write(schema))).schema) == []


def valued(initial: str, **options) -> FormSchema:
    asked = Question(kind="yes_no", key="asked", label="Asked?")
    value = Question(kind="hidden", key="area", label="Area", initial=initial, **options)
    return FormSchema(slug="one", title="One", pages=[Page(key="one", title="One", questions=[asked, value])])


@pytest.mark.parametrize(
    ("initial", "annotation"),
    [
        ("", "@HIDDEN"),
        ("east side", '@HIDDEN @DEFAULT="east side"'),
        ('the "east"', "@HIDDEN @DEFAULT='the \"east\"'"),
        ("the 'east' @HIDDEN", """@HIDDEN @DEFAULT="the 'east' @HIDDEN\""""),
    ],
)
def test_a_hidden_value_is_a_hidden_field_with_its_default(initial, annotation):
    schema = valued(initial, sensitivity="I")
    row = table(redcap.write(schema))[2]
    assert (row["Field Type"], row["Field Annotation"]) == ("text", annotation)
    assert list(redcap.read(without_notes(redcap.write(schema))).schema.questions())[1] == list(schema.questions())[1]


def test_both_kinds_of_quotation_marks_become_single_ones():
    schema = valued("""the 'east' or "west" """.strip())
    assert "Double quotation marks" in " ".join(map(str, lost(redcap.LOSSES, schema)))
    (_, area) = redcap.read(without_notes(redcap.write(schema))).schema.questions()
    assert area.initial == "the 'east' or 'west'"
    assert redcap.read(redcap.write(schema)).schema == canonical(schema)


def test_action_tags_of_others_are_understood_or_named():
    def row(name, annotation, kind="text"):
        return ",".join([name, "visit", "", kind, name.title(), *[""] * 12, f'"{annotation}"'])

    understood = redcap.read(
        dictionary(
            row("a", "Which site @DEFAULT='North' @HIDDEN"),
            row("b", "@HIDDEN @DEFAULT='[a]'"),
            row("c", "@DEFAULT='3'"),
            row("d", "@HIDDEN-SURVEY @READONLY"),
            row("e", "@HIDDEN", kind="descriptive"),
        )
    )
    found = list(understood.schema.questions())
    assert [each.kind for each in found] == ["hidden", "hidden", "short_text", "short_text", "information"]
    assert [each.initial for each in found] == ["North", "", "", "", ""]
    assert [str(each) for each in understood.findings] == [
        "line 2: The annotation was left out: Which site",
        "line 3: Its default is taken from another answer, so it was left out: [a]",
        "line 4: It has an initial answer, which was left out: here nothing is answered for a person beforehand.",
        "line 5: The annotation was left out: @HIDDEN-SURVEY @READONLY",
        "line 6: The annotation was left out: @HIDDEN",
    ]


def dictionary(*rows: str) -> bytes:
    """Rows of name, form, section, type, label, choices, note, check, min, max, identifier, logic, required."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(cells + [""] * (len(COLUMNS) - len(cells)) for cells in csv.reader(rows))
    return text.getvalue().encode()


FOREIGN = dictionary(
    "study_id,visit,,text,Study ID",
    "dob,visit,Basics,text,<b>Born</b>,,In full,date_dmy,,,y,,y",
    "age,visit,,text,Age,,,integer,0,120",
    "tel,visit,,text,Phone,,,phone",
    "smokes,visit,,yesno,Smokes",
    "kind,visit,Habits,dropdown,Kind,\"1, Pipe | 2, Cigar\",,,,,,[smokes] = '1'",
    "bmi,visit,,calc,BMI,[a]/[b]",
    "notes,later,,notes,Notes,,,,,,,[kind(2)] = '1' or [age] > 3",
    "odd,later,,text,Odd,,,,,,,sum([age]) > 3",
)


def test_a_dictionary_made_elsewhere_is_understood():
    schema = redcap.read(FOREIGN).schema
    assert [page.title for page in schema.pages] == ["Basics", "Habits", "Later"]
    born, age, tel, smokes = schema.pages[0].questions
    assert (born.kind, born.label, born.sensitivity, born.required) == ("date", "Born", "I", "mandatory")
    assert (age.kind, age.minimum, age.maximum, age.sensitivity) == ("whole_number", 0, 120, "S")
    assert (tel.kind, smokes.kind) == ("short_text", "yes_no")
    assert [choice.label for choice in schema.pages[1].questions[0].choices] == ["Pipe", "Cigar"]
    assert schema.pages[2].questions[0].show_if.join == "any"


def test_what_was_not_understood_is_told_with_its_line():
    told = [str(finding) for finding in redcap.read(FOREIGN).findings]
    for expected in (
        "line 2: “study_id” numbers the records; a reference does that here.",
        "line 5: The check “phone” is not made here; the answer is plain text.",
        "line 8: Fields of the type “calc” have no counterpart here.",
    ):
        assert expected in told
    assert any(line.startswith("line 10: The condition was left out, so this is always asked.") for line in told)


@pytest.mark.parametrize(
    ("data", "where", "message"),
    [
        (b"\xff\xfe", "", "UTF-8"),
        (b"name,type\na,text\n", "line 1", "no column “Variable / Field Name”"),
        (HEAD.encode(), "", "no fields below"),
        (f'{HEAD},"Form Name"\n'.encode(), "line 1", "“Form Name” stands twice"),
        (f"{HEAD}\na,b\n".encode(), "line 2", "It has 2 cells"),
        (f'{HEAD}\n"a'.encode(), "line 2", "not a CSV file"),
        (dictionary("a,f,,text,A", "a,f,,text,B"), "line 3", "“a” stands twice"),
        (dictionary(",f,,text,A"), "line 2", "no variable name"),
        (dictionary("a,f,,radio,A,Yes"), "line 2", "is not a code, a comma and a label"),
        (dictionary('a,f,,radio,A,"1, Yes | 1, No"'), "line 2", "stands twice among the choices"),
        (dictionary("a,f,,calc,A"), "line 2", "no counterpart"),
    ],
)
def test_a_bad_dictionary_is_turned_away_with_its_line(data, where, message):
    with pytest.raises(Unreadable) as refused:
        redcap.read(data)
    assert refused.value.findings[0].where == where
    assert message in refused.value.findings[0].message
