"""A client of the API with a token, and what it sends."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from forms.api.tokens import issue
from forms.models import ApiClient

FORM = "/api/v1/forms/notification"


@pytest.fixture
def api_client(db) -> ApiClient:
    return ApiClient.objects.create(name="Invented hospital system", scopes=["read", "submit"])


@pytest.fixture
def token(api_client) -> str:
    return issue(api_client)


@pytest.fixture
def send(client: Client, token: str) -> Callable[..., Any]:
    """`send(answers, key="…")`: what a client posts to the notification form."""

    def post(answers: Any, key: str = "first", declaration: bool = True, **extra: Any) -> Any:
        body = {"answers": answers, "declaration": declaration} | extra
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": key}
        return client.post(f"{FORM}/submissions", json.dumps(body), content_type="application/json", headers=headers)

    return post
