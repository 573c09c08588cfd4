"""What other systems read and what they were refused, written down: one row a request, never a token or an answer.

What they sent is written with the submission itself (forms/api/services.py). Nobody is noted who reads a published form
without a token.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from forms.limits import Limit, address_of, exceeded
from forms.models import ApiClient, ApiUse

# What is never changed cannot be cleared either: a flood of refused requests must not fill the disk.
REFUSALS_NOTED = Limit("api-refusals", 60, 60)
Run = Callable[..., HttpResponse]


def audited(run: Run) -> Run:
    """Decorates an operation with everything that is checked before it."""

    @wraps(run)
    def noted(request: HttpRequest, **given: Any) -> HttpResponse:
        response = run(request, **given)
        client = getattr(request, "api_client", None)
        if did := _did(request, response.status_code, client):
            path = request.resolver_match.route if request.resolver_match else ""
            how = {"method": request.method or "", "path": path, "status": response.status_code}
            ApiUse.objects.create(client=client, did=did, **how)
        return response

    return noted


def _did(request: HttpRequest, status: int, client: ApiClient | None) -> str:
    """What to note; "" for nothing."""
    if 400 <= status < 500:
        return "" if exceeded(REFUSALS_NOTED, address_of(request)) else "refused"
    return "read" if client and request.method == "GET" and status < 400 else ""
