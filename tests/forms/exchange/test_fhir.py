"""FHIR R4: valid elsewhere, whole here; others' Questionnaires are read or refused; answers go both ways."""

import datetime as dt
import json
from typing import Any

import pytest
from fhir.resources.R4B.questionnaire import Questionnaire
from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse
from hypothesis import given

from forms.api.answers import check
from forms.checks import problems
from forms.definitions import names
from forms.definitions import read as read_definition
from forms.exchange import fhir
from forms.exchange.canonical import canonical
from forms.exchange.fhir.losses import native
from forms.exchange.findings import Unreadable
from forms.exchange.losses import lost
from forms.schema import FormSchema, Page, Question
from tests.forms.schemas import quick, schemas
from tests.notifying import invented_answers

NOTE = "urn:cdop:note"


def without_notes(part: Any) -> Any:
    """The resource as it comes back from software that drops extensions it does not know."""
    if isinstance(part, list):
        return [without_notes(each) for each in part if not (isinstance(each, dict) and each.get("url") == NOTE)]
    if isinstance(part, dict):
        return {name: kept for name, each in part.items() if (kept := without_notes(each)) != []}
    return part


def read(resource: Any):
    return fhir.read(json.dumps(resource).encode())


@quick
@given(schemas())
def test_a_form_comes_back_whole(schema):
    understood = fhir.read(fhir.write(schema, 3))
    assert understood.findings == []
    assert understood.schema == canonical(schema)


@quick
@given(schemas())
def test_what_others_find_is_the_form_less_what_is_stated(schema):
    assert read(without_notes(fhir.questionnaire(schema))).schema == native(schema)


@quick
@given(schemas())
def test_losses_are_stated_when_and_only_when_something_is_lost(schema):
    assert bool(lost(fhir.LOSSES, schema)) == (native(schema) != canonical(schema))


@quick
@given(schemas())
def test_what_we_write_is_a_valid_r4_questionnaire(schema):
    resource = fhir.questionnaire(schema, 1)
    assert Questionnaire.model_validate(resource).status == "active"
    links = list(_links(resource))
    assert len(links) == len(set(links))


def _links(item: dict[str, Any]):
    for child in item.get("item", []):
        assert child["type"] != "group" or child["item"], "a group must hold something"
        yield child["linkId"]
        yield from _links(child)


@pytest.mark.parametrize("name", names())
def test_every_shipped_form_travels(name):
    schema = FormSchema.model_validate(read_definition(name))
    assert fhir.read(fhir.write(schema, 1)).schema == canonical(schema)
    Questionnaire.model_validate(fhir.questionnaire(schema, 1))
    assert problems(read(without_notes(fhir.questionnaire(schema))).schema) == []


FOREIGN = {
    "resourceType": "Questionnaire",
    "status": "active",
    "title": "Intake",
    "name": "Intake",
    "contained": [
        {
            "resourceType": "ValueSet",
            "id": "kin",
            "status": "active",
            "expansion": {"contains": [{"code": "m", "display": "Mother"}, {"code": "f", "display": "Father"}]},
        }
    ],
    "item": [
        {"linkId": "1", "type": "string", "text": "Name", "required": True, "maxLength": 40},
        {"linkId": "2", "type": "boolean", "text": "Smokes"},
        {
            "linkId": "3",
            "type": "integer",
            "text": "How many",
            "enableWhen": [{"question": "2", "operator": "=", "answerBoolean": True}],
            "extension": [{"url": "http://hl7.org/fhir/StructureDefinition/minValue", "valueInteger": 1}],
        },
        {"linkId": "4", "type": "quantity", "text": "Dose"},
        {
            "linkId": "5",
            "type": "group",
            "text": "House",
            "item": [
                {"linkId": "5.1", "type": "choice", "text": "Kin", "answerValueSet": "#kin", "repeats": True},
                {"linkId": "5.2", "type": "choice", "text": "Far", "answerValueSet": "http://example.org/vs"},
                {
                    "linkId": "5.3",
                    "type": "group",
                    "text": "Children",
                    "repeats": True,
                    "item": [
                        {"linkId": "5.3.1", "type": "dateTime", "text": "Born", "initial": [{"valueDate": "2020"}]}
                    ],
                },
            ],
        },
        {
            "linkId": "6",
            "type": "open-choice",
            "text": "Colour",
            "answerOption": [{"valueString": "Red"}, {"valueCoding": {"code": "b", "display": "Blue"}}],
            "enableWhen": [{"question": "99", "operator": "exists", "answerBoolean": True}],
        },
    ],
}


def test_a_questionnaire_made_elsewhere_is_understood():
    understood = read(FOREIGN)
    name, smokes, many = understood.schema.pages[0].questions
    assert (name.key, name.required, name.max_length, name.sensitivity) == ("q_1", "mandatory", 40, "I")
    assert smokes.kind == "yes_no"
    assert (many.minimum, many.show_if.tests[0].question, many.show_if.tests[0].value) == (1, "q_2", "yes")
    house = understood.schema.pages[1]
    assert [choice.code for choice in house.questions[0].choices] == ["m", "f"]
    assert house.questions[0].kind == "checkboxes"
    assert understood.schema.pages[2].group.questions[0].kind == "date"
    assert [choice.code for choice in understood.schema.pages[3].questions[0].choices] == ["Red", "b"]


def test_a_question_for_files_made_elsewhere_takes_what_it_says_of_type_number_and_size():
    limits = [
        {"url": "http://hl7.org/fhir/StructureDefinition/mimeType", "valueCode": "application/pdf"},
        {"url": "http://hl7.org/fhir/StructureDefinition/mimeType", "valueCode": "video/mp4"},
        {"url": "http://hl7.org/fhir/StructureDefinition/maxSize", "valueDecimal": 300.5},
        {"url": "http://hl7.org/fhir/StructureDefinition/questionnaire-maxOccurs", "valueInteger": 3},
    ]
    scan = {"linkId": "scan", "type": "attachment", "text": "Scan", "repeats": True, "extension": limits}
    photo = {"linkId": "photo", "type": "attachment", "text": "Photo"}
    understood = read({"resourceType": "Questionnaire", "status": "active", "title": "Papers", "item": [scan, photo]})
    several, one = understood.schema.pages[0].questions
    assert (several.kind, several.file_types, several.max_files, several.max_megabytes) == ("upload", ["pdf"], 3, 20)
    assert one.max_files == 1
    told = [str(finding) for finding in understood.findings]
    assert "item[0]: Files of the type “video/mp4” are not taken here." in told
    assert "item[1]: It does not say which types of file it takes. Choose them here." in told


def asked_elsewhere(**item: Any):
    """What is made of one item of a Questionnaire from elsewhere: the question, and what is told of it."""
    asked = {"linkId": "1", "type": "string", "text": "Area"} | item
    title = {"linkId": "2", "type": "string", "text": "Name"}
    understood = read({"resourceType": "Questionnaire", "status": "active", "title": "Area", "item": [asked, title]})
    return understood.schema.pages[0].questions[0], [str(finding) for finding in understood.findings]


EAST = {"valueString": "E", "initialSelected": True}
HIDDEN = {"url": "http://hl7.org/fhir/StructureDefinition/questionnaire-hidden", "valueBoolean": True}


@pytest.mark.parametrize(
    ("item", "value"),
    [
        ({"initial": [{"valueString": "East"}]}, "East"),
        ({"type": "integer", "initial": [{"valueInteger": 0}]}, "0"),
        ({"type": "decimal", "initial": [{"valueDecimal": 2.5}]}, "2.5"),
        ({"type": "boolean", "initial": [{"valueBoolean": False}]}, "no"),
        ({"type": "date", "initial": [{"valueDate": "2026-04-01"}]}, "2026-04-01"),
        ({"type": "choice", "initial": [{"valueCoding": {"code": "e", "display": "East"}}]}, "e"),
        ({"type": "choice", "answerOption": [{"valueString": "N"}, EAST]}, "E"),
        ({"readOnly": True}, ""),
    ],
)
def test_a_hidden_item_made_elsewhere_keeps_the_value_it_has_from_the_start(item, value):
    question, told = asked_elsewhere(extension=[HIDDEN], **item)
    assert (question.kind, question.label, question.initial) == ("hidden", "Area", value)
    assert not [line for line in told if "initial" in line or "read only" in line]


def test_of_a_hidden_item_with_several_values_the_first_is_kept_and_one_that_is_no_text_is_told():
    several = [{"valueString": "East"}, {"valueString": "West"}]
    question, told = asked_elsewhere(extension=[HIDDEN], initial=several)
    assert question.initial == "East"
    assert "item[0]: It has several initial answers; only the first is kept." in told
    question, told = asked_elsewhere(extension=[HIDDEN], initial=[{"valueCoding": {"system": "urn:invented"}}])
    assert question.initial == ""
    assert "item[0]: Its initial answer was not understood and was left out." in told


@pytest.mark.parametrize(
    "item",
    [
        {"initial": [{"valueString": "East"}]},
        {"type": "choice", "answerOption": [EAST, {"valueString": "W"}]},
    ],
)
def test_nothing_is_chosen_beforehand_of_what_people_see(item):
    question, told = asked_elsewhere(**item)
    assert (question.kind in ("short_text", "radios"), question.initial) == (True, "")
    assert any("nothing is answered for a person beforehand" in line for line in told)


def test_what_is_hidden_elsewhere_and_cannot_be_here_is_told_and_so_are_expressions():
    _, told = asked_elsewhere(type="display", extension=[HIDDEN])
    assert "item[0]: It is hidden elsewhere; here it is shown." in told
    worked_out = {"url": "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression"}
    _, told = asked_elsewhere(extension=[HIDDEN, worked_out])
    assert "item[0]: It has an expression, which was left out." in told


def test_a_hidden_value_leaves_as_a_hidden_item_with_its_initial():
    area = Question(kind="hidden", key="area", label="Area", initial="East", required="mandatory", item="area")
    name = Question(kind="short_text", key="name", label="Name")
    schema = FormSchema(slug="area", title="Area", pages=[Page(key="one", title="One", questions=[area, name])])
    item = fhir.questionnaire(schema)["item"][0]["item"][0]
    assert (item["type"], item["initial"], "required" in item) == ("string", [{"valueString": "East"}], False)
    assert HIDDEN in item["extension"]
    again = read(without_notes(fhir.questionnaire(schema))).schema.pages[0].questions[0]
    assert (again.kind, again.initial, again.item) == ("hidden", "East", "area")


def test_what_was_not_understood_is_told_with_its_path():
    told = [str(finding) for finding in read(FOREIGN).findings]
    for expected in (
        "item[3]: Items of the type “quantity” have no counterpart here.",
        "item[4].item[1]: Its answers are not in the file (http://example.org/vs). Add them here.",
        "item[4].item[2].item[0]: It has an initial answer, which was left out: here nothing is answered for a person "
        "beforehand.",
        "item[5]: Only the answers offered can be chosen here, without one’s own words.",
    ):
        assert expected in told
    assert any(line.startswith("item[5]: The condition was left out, so this is always asked.") for line in told)


@pytest.mark.parametrize(
    ("resource", "where", "message"),
    [
        ({"resourceType": "Patient"}, "resourceType", "not a FHIR Questionnaire"),
        ([], "resourceType", "not a FHIR Questionnaire"),
        ({"resourceType": "Questionnaire"}, "item", "No question was understood"),
        ({"resourceType": "Questionnaire", "item": {}}, "item", "No question was understood"),
        ({"resourceType": "Questionnaire", "item": "x"}, "item", "must be a list"),
        ({"resourceType": "Questionnaire", "item": [{"type": "string"}]}, "item[0]", "no linkId"),
        (
            {
                "resourceType": "Questionnaire",
                "item": [{"linkId": "a", "type": "group", "item": [{"linkId": "a", "type": "string"}]}],
            },
            "item[0].item[0]",
            "“a” stands twice",
        ),
    ],
)
def test_a_bad_questionnaire_is_turned_away_with_its_path(resource, where, message):
    with pytest.raises(Unreadable) as refused:
        read(resource)
    assert refused.value.findings[0].where == where
    assert message in refused.value.findings[0].message


@pytest.fixture
def notification_schema() -> FormSchema:
    return FormSchema.model_validate(read_definition("notification"))


def test_answers_go_out_as_a_valid_response_and_come_back(notification_schema):
    answers = invented_answers(sibling_concerns="not_known")
    at = dt.datetime(2026, 3, 1, 9, 30, tzinfo=dt.UTC)
    resource = fhir.response_of(notification_schema, answers, "7KQM-4RTX-9WDF", at)
    response = QuestionnaireResponse.model_validate(resource)
    assert response.identifier.value == "7KQM-4RTX-9WDF"
    back, findings = fhir.answers_in(notification_schema, json.loads(json.dumps(resource)))
    assert findings == []
    assert back == answers


def test_answers_to_questions_that_are_not_here_are_told(notification_schema):
    resource = {
        "resourceType": "QuestionnaireResponse",
        "status": "completed",
        "item": [
            {"linkId": "x", "answer": [{"valueString": "y"}]},
            {"linkId": "sex", "answer": [{"valueString": "male"}]},
        ],
    }
    answers, findings = fhir.answers_in(notification_schema, resource)
    assert answers == {"sex": "male"}
    assert str(findings[0]) == "item[0]: No question here has the linkId “x”."


@pytest.mark.parametrize(
    "resource", [{"resourceType": "Patient"}, None, {"resourceType": "QuestionnaireResponse", "item": 3}]
)
def test_what_is_no_response_is_turned_away(notification_schema, resource):
    with pytest.raises(Unreadable):
        fhir.answers_in(notification_schema, resource)


def test_answers_that_came_as_a_response_are_checked_like_any_other(notification_schema):
    answers = invented_answers()
    at = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
    back, _ = fhir.answers_in(notification_schema, fhir.response_of(notification_schema, answers, "r", at))
    outcome = check(notification_schema, back, dt.date.fromisoformat(answers["date_of_death"]))
    assert (outcome.answers, outcome.problems) == (answers, [])
