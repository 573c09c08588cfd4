"""The one place where the strict content security policy of the public site is relaxed."""

from collections.abc import Callable

from csp.constants import SELF, UNSAFE_INLINE
from django.http import HttpRequest, HttpResponse


class AdminContentPolicy:
    """Allows inline style and script below /admin/: Wagtail's editor needs both."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith("/admin/"):
            relaxed = [SELF, UNSAFE_INLINE]
            response._csp_replace = {"script-src": relaxed, "style-src": relaxed}  # type: ignore[attr-defined]
        return response
