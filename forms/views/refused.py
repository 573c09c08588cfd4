"""When a request is not accepted: say why, and lose nothing that was entered."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views import csrf, defaults

from forms.views.journey import JourneyView


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """`handler400`: what was sent cannot be read. On a journey the page leads back to where it came from."""
    too_much = isinstance(exception, RequestDataTooBig | TooManyFieldsSent)
    status = 413 if too_much else 400
    if _screen(request) is None:
        response = defaults.bad_request(request, exception)
        response.status_code = status
        return response
    return render(request, "cdop_forms/refused.html", {"too_much": too_much, "back": request.path}, status=status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """The check against requests from other sites failed: show a journey's page again with what was entered.

    Nothing is stored. It happens to real people who log in or out in another tab, or come back after a long time.
    """
    screen = _screen(request)
    if screen is None or request.resolver_match is None:
        return csrf.csrf_failure(request, reason)
    match = request.resolver_match
    response = screen.as_view(not_accepted=True)(request, *match.args, **match.kwargs)
    if isinstance(response, HttpResponse) and response.status_code == 200:
        response.status_code = 403
    return response


def _screen(request: HttpRequest) -> type[JourneyView] | None:
    """The view of a journey's screen, when that is what was asked for."""
    view = getattr(getattr(request.resolver_match, "func", None), "view_class", None)
    return view if isinstance(view, type) and issubclass(view, JourneyView) else None
