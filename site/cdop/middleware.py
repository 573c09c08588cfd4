"""What happens to every request on the way in and to every response on the way out."""

import logging
import re
from collections.abc import Callable

from csp.constants import SELF, UNSAFE_INLINE
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import ResolverMatch, reverse

from forms.audit import refusals
from forms.audit.lines import Line
from forms.audit.listening import stranger_is_noted
from forms.audit.services import record
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


# Links of requests, actions and saved forms: whoever opens one that opens nothing may be trying.
LINKS = ("respond:", "forms:return")
# What may be told of an address: ids and references of ours, and nothing that somebody could type there.
TELLABLE = re.compile(r"\d{1,12}|\d{4}-\d{4,8}|[0-9a-f-]{36}|[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}")


class RefusedAttempts:
    """Writes into the audit log what somebody was refused, once every transaction of the request is over."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        noticed = refusals.watch()
        try:
            response = self.get_response(request)
        finally:
            refusals.unwatch()
        match = request.resolver_match
        if match and not request.path.startswith("/api/") and (noticed or _was_refused(request, response, match)):
            _write_down(request, match)
        return response


def _was_refused(request: HttpRequest, response: HttpResponse, match: ResolverMatch) -> bool:
    if response.status_code == 404:
        hidden = match.kwargs and request.path.startswith("/admin/") and request.user.is_authenticated
        return bool(hidden or match.view_name.startswith(LINKS))
    return response.status_code == 403 or _was_sent_home(request, response)


def _was_sent_home(request: HttpRequest, response: HttpResponse) -> bool:
    """Wagtail answers what a role may not see with an error on its first page, and not with 403."""
    if response.status_code != 302 or response.headers["Location"] != reverse("wagtailadmin_home"):
        return False
    told = getattr(getattr(request, "_messages", None), "_queued_messages", ())
    return any(message.level_tag == "error" or "error" in message.tags for message in told)


def _write_down(request: HttpRequest, match: ResolverMatch) -> None:
    user = request.user if request.user.is_authenticated else None
    if user is None and not stranger_is_noted(request):
        return
    told = [str(value) for name, value in match.kwargs.items() if name != "token"]
    about = " ".join(value for value in told if TELLABLE.fullmatch(value))
    via = "" if user else "link" if "token" in match.kwargs else "anybody"
    screen = match.view_name or match.route
    record(Line(f"{request.method} {screen}", "screen", about, by=user, via=via, refused=True))
