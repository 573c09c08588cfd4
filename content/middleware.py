"""Public pages, each kept whole for as long as nothing on the site changes."""

from collections.abc import Callable
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from content.selectors import stamp

KEPT_SECONDS = 3600


class KeptPages:
    """Answers with the kept copy when the visitor is nobody in particular and there is one.

    Stands last, so that every other middleware still sees the request and completes the answer. Addresses of pages end
    with a slash; whoever asks for anything else, such as the API, costs no look at the stamp.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not (request.path.endswith("/") and _from_nobody_in_particular(request)):
            return self.get_response(request)
        key = _key(request)
        kept = cache.get(key)
        if kept is not None:
            return HttpResponse(kept)
        response = self.get_response(request)
        if _is_for_everybody(request, response):
            cache.set(key, response.content, KEPT_SECONDS)
        return response


def _key(request: HttpRequest) -> str:
    """The stamp is read before the page, so that a copy is never older than its key says."""
    place = f"{stamp()} {get_language()} {request.get_host().lower()} {request.path}"
    return f"page:{sha256(place.encode()).hexdigest()}"


def _from_nobody_in_particular(request: HttpRequest) -> bool:
    """Whether the request says nothing about who asks, nor asks for more than the page."""
    personal = (settings.SESSION_COOKIE_NAME, "messages")
    return (
        request.method == "GET"
        and not request.META.get("QUERY_STRING")
        and "HTTP_AUTHORIZATION" not in request.META
        and not any(name in request.COOKIES for name in personal)
    )


def _is_for_everybody(request: Any, response: Any) -> bool:
    """Whether the page may be kept and drawing it used no session, no CSRF token, no nonce and no cookie."""
    page = (getattr(response, "context_data", None) or {}).get("page")
    return (
        getattr(page, "may_be_cached", False)
        and response.status_code == 200
        and not response.cookies
        and not request.session.accessed
        and "CSRF_COOKIE_NEEDS_UPDATE" not in request.META
        and not hasattr(request, "_csp_nonce")
    )
