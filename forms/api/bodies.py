"""What a client sends, as answers: JSON of our own, or a FHIR R4 QuestionnaireResponse."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from pydantic import ValidationError

from forms.api import responses
from forms.api.problems import NOT_THIS, AnswerProblem, Problem
from forms.api.shapes import SubmissionIn
from forms.exchange.findings import Unreadable
from forms.exchange.own import load
from forms.schema import FormSchema

FHIR = "application/fhir+json"
# Read by hand, since what FHIR calls a question depends on the form: so OpenAPI is told by hand as well.
DOCUMENTED: dict[str, Any] = {
    "required": True,
    "content": {
        "application/json": {"schema": SubmissionIn.model_json_schema()},
        FHIR: {"schema": responses.JSON_SCHEMA},
    },
}
Named = Callable[[AnswerProblem], AnswerProblem]


def read_body(request: HttpRequest, schema: FormSchema) -> tuple[SubmissionIn, Named]:
    """Answers not yet checked, and how to name in the sender’s terms what is wrong with them.

    Raises:
        Problem: 400 for what is no JSON, 422 for JSON of another shape.
    """
    try:
        given = load(request.body)
    except Unreadable as unreadable:
        raise Problem(400, "The body is not JSON.", str(unreadable)) from None
    if request.content_type == FHIR:
        return responses.read(given, schema)
    try:
        return SubmissionIn.model_validate(given), lambda problem: problem
    except ValidationError as wrong:
        raise Problem(422, NOT_THIS, errors=[_found(dict(error)) for error in wrong.errors()]) from None


def _found(error: dict[str, Any]) -> AnswerProblem:
    return AnswerProblem(question="", pointer="/".join(["#", *map(str, error["loc"])]), message=error["msg"])
