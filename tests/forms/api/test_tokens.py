"""Tokens: made once, shown once, limited, and stopped at once."""

import datetime as dt
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone

from forms.api import auth
from forms.api.tokens import issue, revoke
from forms.limits import Limit
from forms.models import ApiClient, ApiUse
from tests.forms.api.conftest import FORM

pytestmark = pytest.mark.django_db
RECEIPT = "/api/v1/submissions/AAAA-BBBB-CCCC/receipt"


def status(client, token: str) -> int:
    return client.get(RECEIPT, headers={"Authorization": f"Bearer {token}"}).status_code


def test_only_a_hash_of_a_token_is_kept(api_client, token):
    stored = ApiClient.objects.values().get()
    assert token not in str(stored)
    assert stored["token_ending"] == token[-4:]


def test_a_token_works_until_it_is_revoked(client, api_client, token):
    assert status(client, token) == 404
    revoke(api_client)
    assert status(client, token) == 401


def test_a_token_expires(client, api_client, token):
    ApiClient.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    assert status(client, token) == 401


def test_a_new_token_replaces_the_old_one(client, api_client, token):
    assert status(client, issue(api_client)) == 404
    assert status(client, token) == 401


@pytest.mark.parametrize("wrong", ["", "cdop_", "nonsense", "cdop_" + "x" * 5_000])
def test_what_is_no_token_is_refused(client, api_client, wrong):
    assert status(client, wrong) == 401


def test_a_token_without_the_scope_is_told_so(client, api_client, token):
    ApiClient.objects.update(scopes=["read"])
    response = client.get(RECEIPT, headers={"Authorization": f"Bearer {token}"})
    assert response.status_code == 403
    assert "submit" in response.json()["title"]


def test_when_it_was_last_used_is_noted_now_and_then(client, api_client, token):
    status(client, token)
    first = ApiClient.objects.get().last_used_at
    status(client, token)
    assert ApiClient.objects.get().last_used_at == first
    assert first is not None


def test_a_client_that_asks_too_often_is_told_to_wait(client, token, monkeypatch):
    monkeypatch.setattr(auth, "OF_A_CLIENT", Limit("few", 2, 60))
    assert [status(client, token) for _ in range(3)] == [404, 404, 429]
    response = client.get(RECEIPT, headers={"Authorization": f"Bearer {token}"})
    assert response.headers["Retry-After"] == "60"


def test_guessing_tokens_is_stopped(client, api_client, monkeypatch):
    monkeypatch.setattr(auth, "WRONG_TOKENS", Limit("few-wrong", 2, 60))
    assert [status(client, f"cdop_{n}") for n in range(3)] == [401, 401, 429]


def test_reading_without_a_token_is_limited_by_address(client, notification, monkeypatch):
    monkeypatch.setattr(auth, "OF_AN_ADDRESS", Limit("few-address", 1, 60))
    assert [client.get(FORM).status_code for _ in range(2)] == [200, 429]


def test_what_was_done_to_a_client_is_written_down_for_good(api_client, token):
    revoke(api_client)
    assert list(ApiUse.objects.values_list("did", flat=True)) == ["revoked", "token_made"]
    with pytest.raises(ValidationError):
        ApiUse.objects.all().delete()
    with pytest.raises(ValidationError):
        ApiUse.objects.first().save()


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("api_token", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue().strip()


def test_a_token_is_made_listed_and_revoked_from_the_shell(client):
    token = run("Invented system", "--scope", "submit", "--days", "30")
    assert status(client, token) == 404
    assert run() == "Invented system: Active, may submit"
    assert "no longer works" in run("Invented system", "--revoke")
    assert run() == "Invented system: Revoked, may submit"
    assert status(client, token) == 401


def test_the_shell_names_what_it_cannot_do():
    with pytest.raises(CommandError, match="no client called"):
        run("Nobody", "--revoke")
    with pytest.raises(CommandError, match="at least one day"):
        run("Somebody", "--days", "0")
