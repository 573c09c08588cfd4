"""What happens to every request on the way in and to every response on the way out."""

import logging
from collections.abc import Callable

from csp.constants import SELF, UNSAFE_INLINE
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from forms.sealing import Unreadable

logger = logging.getLogger(__name__)


class ReadableCookies:
    """Drops cookies that hold a NUL, which PostgreSQL takes in no text: no browser keeps such a one of ours."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        for name in [name for name, value in request.COOKIES.items() if "\0" in value]:
            del request.COOKIES[name]
        return self.get_response(request)


class UnreadableAnswers:
    """Answers whose key is missing: the log tells the operator what to do, the page tells a person nothing is lost."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Unreadable):
            return None
        logger.critical("%s", exception)
        return render(request, "unreadable.html", status=503)


class AdminContentPolicy:
    """Allows inline style and script below /admin/, and nowhere else: Wagtail's editor needs both."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith("/admin/"):
            relaxed = [SELF, UNSAFE_INLINE]
            response._csp_replace = {"script-src": relaxed, "style-src": relaxed}  # type: ignore[attr-defined]
        return response
