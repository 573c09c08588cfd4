"""Answers as a FHIR R4 QuestionnaireResponse, and back."""

import datetime as dt
import json
from typing import Any

from django.utils.translation import override

from forms.exchange.canonical import canonical
from forms.exchange.fhir.attachments import NoFile, attached, attachment
from forms.exchange.fhir.losses import native
from forms.exchange.fhir.questions import extension
from forms.exchange.fhir.terms import CODES, DECLARATION, FORM, NOTE, YES_NO
from forms.exchange.fhir.write import link
from forms.exchange.findings import Finding, Unreadable, refuse
from forms.exchange.own import load
from forms.kinds import kind_of
from forms.schema import Answers, FormSchema, Question

Item = dict[str, Any]
VALUES = {
    "whole_number": "valueInteger",
    "decimal_number": "valueDecimal",
    "date": "valueDate",
    "time": "valueTime",
    "declaration": "valueBoolean",
}
SEVERAL = ("checkboxes", "upload")
CHOOSING = ("radios", "select", "checkboxes", "yes_no")


@override(None)  # a file says the same to whoever reads it
def response_of(schema: FormSchema, answers: Answers, reference: str, at: dt.datetime) -> Item:
    """The answers, page by page. What no FHIR type holds (an address) is given in words, with our note beside it."""
    carried = native(schema)
    items = []
    for page, mine in zip(carried.pages, canonical(schema).pages, strict=True):
        parts = [item for question in mine.questions for item in _answered(question, answers)]
        if parts:
            items.append({"linkId": f"page-{page.key}", "text": page.title, "item": parts})
    found = {
        "resourceType": "QuestionnaireResponse",
        "identifier": {"system": f"{FORM}:{schema.slug}", "value": reference},
        "status": "completed",
        "authored": at.isoformat(timespec="seconds"),
        "item": items,
    }
    return {name: value for name, value in found.items() if value}


def _answered(question: Question, answers: Answers, group: str = "") -> list[Item]:
    value = answers.get(question.key)
    if value is None or not kind_of(question).takes_answer:
        return []
    name = {"linkId": link(question.key, group), "text": question.label}
    if question.kind == "repeat":
        return [
            name | {"item": [one for part in question.questions for one in _answered(part, item, question.key)]}
            for item in value
        ]
    given = value if question.kind in SEVERAL and isinstance(value, list) else [value]
    answer = [attachment(each) if question.kind == "upload" else _value(question, each) for each in given]
    return [name | {"answer": answer}]


def _value(question: Question, value: Any) -> Item:
    if isinstance(value, str) and value in question.unknown and question.kind != "yes_no":
        return {"valueCoding": {"system": CODES, "code": value, "display": kind_of(question).text(question, value)}}
    if question.kind in CHOOSING:
        stored = [value] if question.kind == "checkboxes" else value
        system = YES_NO if question.kind == "yes_no" else CODES
        return {"valueCoding": {"system": system, "code": value, "display": kind_of(question).text(question, stored)}}
    if question.kind == "declaration":
        return {"valueBoolean": True}
    if question.kind == "time":
        return {"valueTime": f"{value}:00"}
    if question.kind == "decimal_number":
        return {"valueDecimal": float(value)}
    if question.kind in VALUES:
        return {VALUES[question.kind]: value}
    if isinstance(value, str):
        return {"valueString": value}
    exact = {"url": NOTE, "valueString": json.dumps(value)}
    return {"valueString": kind_of(question).text(question, value), "extension": [exact]}


def answers_in(schema: FormSchema, resource: Any) -> tuple[Answers, list[Finding]]:
    """The answers in a QuestionnaireResponse in the form in which they are stored, not yet checked.

    Raises:
        Unreadable: it is no QuestionnaireResponse.
    """
    if not isinstance(resource, dict) or resource.get("resourceType") != "QuestionnaireResponse":
        raise refuse("This is not a FHIR QuestionnaireResponse.", "resourceType")
    questions = {question.key: question for question in schema.questions()}
    answers: Answers = {}
    findings: list[Finding] = []
    for item, place in _items(resource, ""):
        _take(item, place, questions, answers, findings)
    return answers, findings


def _take(item: Item, place: str, questions: dict[str, Question], answers: Answers, findings: list[Finding]) -> None:
    question = questions.get(str(item.get("linkId")))
    if question is None:
        if item.get("answer"):
            findings.append(Finding(place, f"No question here has the linkId “{item.get('linkId')}”."))
        for child, where in _items(item, place):
            _take(child, where, questions, answers, findings)
    elif question.kind == "repeat":
        answers.setdefault(question.key, []).append(_one(question, item, place, findings))
    elif question.key in answers:
        findings.append(Finding(place, "This linkId stands twice."))
    elif values := _values(question, item, place, findings):
        answers[question.key] = values if question.kind in SEVERAL else values[0]


def _one(group: Question, item: Item, place: str, findings: list[Finding]) -> Answers:
    """One item of a repeat group."""
    if item.get("answer"):
        findings.append(Finding(place, "Send each item of this group as an item, with its answers inside."))
    members = {link(part.key, group.key): part for part in group.questions}
    one: Answers = {}
    for child, where in _items(item, place):
        _take(child, where, members, one, findings)
    return one


def _values(question: Question, item: Item, place: str, findings: list[Finding]) -> list[Any]:
    """What was answered in an item, as it is stored; findings for what would otherwise be dropped."""
    given = _objects(item, "answer", place)
    for nested, where in [(item, place), *given]:
        for child, at in _items(nested, where):
            _take(child, at, {}, {}, findings)
    if len(given) > 1 and question.kind not in SEVERAL:
        findings.append(Finding(place, "This question takes one answer."))
    values = []
    for each, where in given:
        try:
            value = attached(each) if question.kind == "upload" else _stored(question, each)
        except NoFile as problem:
            findings.append(Finding(where, str(problem)))
            continue
        if value is not None:
            values.append(value)
        elif each.get("valueBoolean") is not False:
            findings.append(Finding(where, "Its value was not understood."))
    return values


def _stored(question: Question, answer: Item) -> Any:
    """An answer as it is stored; None for a box that is not ticked, and for what is not understood."""
    if exact := extension(answer, NOTE, "valueString"):
        return _exact(str(exact))
    value = next((each for name, each in answer.items() if name.startswith("value")), None)
    if isinstance(value, dict):
        return value.get("code")
    if question.kind == "declaration":
        return "yes" if value is True else None
    if question.kind == "yes_no" and isinstance(value, bool):
        return "yes" if value else "no"
    if question.kind == "time" and isinstance(value, str):
        return value[:5]
    return str(value) if question.kind == "decimal_number" and value is not None else value


def _exact(note: str) -> Any:
    try:
        return load(note.encode())
    except Unreadable:
        return None


def declared(resource: Item) -> bool:
    """Whether a response confirms the form’s declaration, which no item of a Questionnaire asks."""
    return extension(resource, DECLARATION, "valueBoolean") is True


def _items(item: Item, place: str) -> list[tuple[Item, str]]:
    return _objects(item, "item", place)


def _objects(item: Item, name: str, place: str) -> list[tuple[Item, str]]:
    found = item.get(name) or []
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise Unreadable(Finding(f"{place}.{name}".lstrip("."), f"“{name}” must be a list of objects."))
    return [(each, f"{place}.{name}[{number}]".lstrip(".")) for number, each in enumerate(found)]
