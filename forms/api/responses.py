"""A FHIR R4 QuestionnaireResponse as answers, and its problems named by linkId and by place in the resource."""

import re
from collections.abc import Callable
from typing import Any

from forms.api.problems import NOT_THIS, AnswerProblem, Problem
from forms.api.shapes import SubmissionIn
from forms.exchange import fhir
from forms.exchange.findings import Finding, Unreadable
from forms.schema import FormSchema

OURS = "#/answers/"
VERSION = re.compile(r"\|([0-9]{1,9})$")
JSON_SCHEMA = {
    "title": "QuestionnaireResponse",
    "description": "FHIR R4. linkIds are those of the form’s Questionnaire.",
    "type": "object",
    "required": ["resourceType", "status"],
    "properties": {
        "resourceType": {"const": "QuestionnaireResponse"},
        "status": {"const": "completed"},
        "questionnaire": {
            "type": "string",
            "description": "Its version, after “|”, is the one that was asked: 409 when it is no longer the newest.",
        },
        "extension": {
            "type": "array",
            "items": {"type": "object"},
            "description": f"{fhir.DECLARATION} with valueBoolean true confirms the form’s declaration.",
        },
        "item": {"type": "array", "items": {"type": "object"}},
    },
}


def read(resource: Any, schema: FormSchema) -> tuple[SubmissionIn, Callable[[AnswerProblem], AnswerProblem]]:
    """The answers in a response, and how to name a problem with them.

    Raises:
        Problem: 422 for no QuestionnaireResponse, one that is not completed, and answers that were not understood.
    """
    try:
        answers, findings = fhir.answers_in(schema, resource)
    except Unreadable as unreadable:
        raise _refused(NOT_THIS, resource, unreadable.findings) from None
    if resource.get("status") != "completed":
        findings.append(Finding("status", "Only a response with the status “completed” is taken."))
    if findings:
        raise _refused("The answers were not taken.", resource, findings)
    asked = VERSION.search(str(resource.get("questionnaire")))
    version = int(asked[1]) if asked else None
    sent = SubmissionIn(answers=answers, declaration=fhir.declared(resource), version=version)
    places: dict[str, str] = {}
    _place(resource, "#", {each.key: 0 for each in schema.questions() if each.kind == "repeat"}, places)
    return sent, lambda problem: _named(problem, places)


def _refused(title: str, resource: Any, findings: list[Finding]) -> Problem:
    return Problem(422, title, errors=[_at(resource, finding) for finding in findings])


def _at(resource: Any, finding: Finding) -> AnswerProblem:
    """A finding as a problem, with the linkId of the item where it was found."""
    path, link = re.findall(r"\w+", finding.where), ""
    for part in path:
        resource = resource[int(part)] if part.isdigit() else resource.get(part) if isinstance(resource, dict) else None
        link = str(resource.get("linkId", link)) if isinstance(resource, dict) else link
    return AnswerProblem(question=link, pointer="/".join(["#", *path]), message=finding.message)


def _place(parent: Any, at: str, groups: dict[str, int], places: dict[str, str], inside: str = "") -> None:
    """Adds where each answer stands, by its path in answers of our own, such as "professionals/0/org"."""
    for number, item in enumerate(parent.get("item") or []):
        link, here = str(item.get("linkId")), f"{at}/item/{number}"
        path = f"{inside}/{link.partition('.')[2]}" if inside else link
        if link in groups:
            places.setdefault(link, here)
            path = f"{link}/{groups[link]}"
            groups[link] += 1
        places[path] = here
        _place(item, here, groups, places, path if link in groups else inside)


def _named(problem: AnswerProblem, places: dict[str, str]) -> AnswerProblem:
    """A problem with an answer, by its linkId, at its item; at the resource when there is none."""
    if not problem.pointer.startswith(OURS):
        return problem.model_copy(update={"pointer": "#/extension"})
    path = problem.pointer.removeprefix(OURS)
    link = ".".join(part for part in path.split("/") if not part.isdigit())
    while path and path not in places:
        path = path.rpartition("/")[0]
    return problem.model_copy(update={"question": link, "pointer": places.get(path, "#")})
