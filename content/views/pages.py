"""Public pages, each kept whole for as long as nothing on the site changes."""

from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from wagtail.views import serve as serve_anew

from content.selectors import stamp

KEPT_SECONDS = 3600


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """The page at `path`: the kept copy when the visitor is nobody in particular and there is one."""
    if not _from_nobody_in_particular(request):
        return serve_anew(request, path)
    key = _key(request, path)
    kept = cache.get(key)
    if kept is not None:
        return HttpResponse(kept)
    response = serve_anew(request, path)
    if _is_for_everybody(request, response):
        cache.set(key, response.content, KEPT_SECONDS)
    return response


def _key(request: HttpRequest, path: str) -> str:
    place = f"{stamp()} {request.scheme} {request.get_host().lower()} {path}"
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


def _is_for_everybody(request: HttpRequest, response: Any) -> bool:
    """Whether the page may be kept and drawing it used no session, no CSRF token, no nonce and no cookie."""
    page = (getattr(response, "context_data", None) or {}).get("page")
    if response.status_code != 200 or not getattr(page, "may_be_cached", False):
        return False
    response.render()
    return not (
        response.cookies
        or request.session.accessed
        or "CSRF_COOKIE_NEEDS_UPDATE" in request.META
        or hasattr(request, "_csp_nonce")
    )
