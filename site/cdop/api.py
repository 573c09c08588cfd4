"""The API: its address, its readable page, and how it says that something is wrong."""

import logging
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.docs import DocsBase

from exports.report.api import router as reports
from forms.api.problems import NOT_THIS, AnswerProblem, Problem, respond
from forms.api.router import router

logger = logging.getLogger(__name__)
DESCRIPTION = (
    "Read the published forms and annual reports of this child death overview panel, and send answers to forms. "
    "Reading is open; sending needs a token, which the panel’s administrator makes."
)


class ReadablePage(DocsBase):
    """Lists the operations on a page of our own: no script, and nothing from another host."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        schema = api.get_openapi_schema(path_params=kwargs)
        operations = [
            operation | {"method": method.upper(), "path": path}
            for path, methods in schema["paths"].items()
            for method, operation in methods.items()
        ]
        return render(request, "api.html", {"api": schema["info"], "operations": operations})


api = NinjaAPI(
    title="Child death reviews", version="1", description=DESCRIPTION, docs=ReadablePage(), urls_namespace="api"
)
api.add_router("", router)
api.add_router("", reports)


@api.exception_handler(Problem)
def problem(request: HttpRequest, error: Problem) -> HttpResponse:
    return respond(request, error)


@api.exception_handler(AuthenticationError)
def no_token(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    headers = {"WWW-Authenticate": "Bearer"}
    return respond(request, Problem(401, "Send a token that works: Authorization: Bearer …", headers=headers))


@api.exception_handler(ValidationError)
def wrong_shape(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """What pydantic found, each with a JSON pointer: into the body, or the name of a parameter."""
    errors = [_found(dict(found)) for found in error.errors]
    return respond(request, Problem(422, NOT_THIS, errors=errors))


def _found(found: dict[str, Any]) -> AnswerProblem:
    place, *path = found["loc"]
    path = path[1:] if place == "body" else path
    pointer = "/".join(["#" if place == "body" else f"({place})", *(str(part) for part in path)])
    return AnswerProblem(question="", pointer=pointer, message=found["msg"])


@api.exception_handler(HttpError)
def refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    return respond(request, Problem(error.status_code, str(error)))


@api.exception_handler(Http404)
def nothing_there(request: HttpRequest, error: Http404) -> HttpResponse:
    return respond(request, Problem(404, "There is no such thing, or it is not yours."))


@api.exception_handler(RequestDataTooBig)
def too_large(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    return respond(request, Problem(413, "The body is too large."))


@api.exception_handler(MultiPartParserError)
@api.exception_handler(SuspiciousOperation)
def unreadable(request: HttpRequest, error: Exception) -> HttpResponse:
    """A body that is not what its Content-Type says, or has too many parts."""
    return respond(request, Problem(400, "The body could not be read."))


@api.exception_handler(Exception)
def broken(request: HttpRequest, error: Exception) -> HttpResponse:
    logger.error("The API failed on %s", request.path, exc_info=error)
    return respond(request, Problem(500, "Something went wrong here. Nothing was stored; you can try again."))
