"""What went wrong, as application/problem+json (RFC 9457)."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from pydantic import BaseModel

MEDIA_TYPE = "application/problem+json"
NOT_THIS = "The request is not what this operation takes."


class AnswerProblem(BaseModel):
    """One thing to mend: the key of the question, where in the body it stands, and what to do."""

    question: str
    pointer: str
    message: str


class ProblemOut(BaseModel):
    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""
    errors: list[AnswerProblem] = []


class Problem(Exception):
    """Ends a request with this problem."""

    def __init__(
        self,
        status: int,
        title: str,
        detail: str = "",
        errors: list[AnswerProblem] | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(title)
        self.out = ProblemOut(title=title, status=status, detail=detail, errors=errors or [])
        self.headers = headers or {}


def respond(request: HttpRequest, problem: Problem) -> HttpResponse:
    body = problem.out.model_dump(exclude_defaults=False)
    headers = {"Cache-Control": "no-store"} | problem.headers
    return JsonResponse(body, status=problem.out.status, content_type=MEDIA_TYPE, headers=headers)


def documented(*statuses: int) -> dict[str, Any]:
    """The problems an operation may answer with, for its OpenAPI entry."""
    words = {
        400: "The request is not what this operation takes",
        401: "No token, or one that does not work",
        403: "The token does not allow this",
        404: "There is no such thing",
        409: "It conflicts with what is there",
        413: "The body is too large",
        415: "The body is not JSON",
        422: "Something in the request must be mended; each error names the question",
        429: "Too many requests: wait as long as Retry-After says",
    }
    schema = ProblemOut.model_json_schema(ref_template="#/components/schemas/{model}")
    schema["properties"]["errors"]["items"] = AnswerProblem.model_json_schema()
    schema.pop("$defs", None)
    return {
        str(status): {"description": words[status], "content": {MEDIA_TYPE: {"schema": schema}}} for status in statuses
    }
