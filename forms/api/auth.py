"""Who is asking: a bearer token with the scope the operation needs, within its rate."""

from django.conf import settings
from django.http import HttpRequest
from ninja.security import HttpBearer

from forms.api.problems import Problem
from forms.api.tokens import client_for
from forms.limits import Limit, address_of, exceeded
from forms.models import ApiClient

OF_A_CLIENT = Limit("api-client", 120, 60)
OF_AN_ADDRESS = Limit("api-address", 300, 60)
WRONG_TOKENS = Limit("api-wrong-token", 30, 600)


class Token(HttpBearer):
    """Takes `Authorization: Bearer …` from a client that has the scope."""

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> ApiClient | None:
        client = client_for(token)
        if client is None:
            within(WRONG_TOKENS, address_of(request))
            return None
        request.api_client = client  # type: ignore[attr-defined]
        within(OF_A_CLIENT, str(client.pk))
        if self.scope not in client.scopes:
            raise Problem(403, f"This token does not have the scope “{self.scope}”.")
        return client


class PublicOrToken(Token):
    """Lets everybody read, unless the operator has closed that (API_FORMS_CLOSED=1)."""

    def __call__(self, request: HttpRequest) -> ApiClient | str | None:
        if not settings.API_FORMS_CLOSED and "Authorization" not in request.headers:
            within(OF_AN_ADDRESS, address_of(request))
            return "anybody"
        return super().__call__(request)


def within(limit: Limit, who: str) -> None:
    """Counts one more; ends the request with 429 when that was too many."""
    if exceeded(limit, who):
        raise Problem(429, "Too many requests. Wait and try again.", headers={"Retry-After": str(limit.seconds)})
