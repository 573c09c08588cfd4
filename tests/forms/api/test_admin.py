"""API clients in the Wagtail admin: a token is shown once, and revoked with one button."""

import datetime as dt
import re

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from wagtail.models import ModelLogEntry

from forms.api.tokens import hash_of
from forms.models import ApiClient, ApiUse
from tests.forms.api.test_tokens import status
from workflow.roles import ROLES

pytestmark = pytest.mark.django_db
LIST = "/admin/snippets/cdop_forms/apiclient/"


@pytest.fixture
def administrator(client, person):
    user = person("Administrator")
    client.force_login(user)
    return user


def details(**changes):
    later = timezone.now() + dt.timedelta(days=30)
    given = {
        "name": "Invented hospital system",
        "contact": "it@invented.example",
        "scopes": ["submit"],
        "expires_at": f"{later:%Y-%m-%d %H:%M}",
    }
    return given | changes


def edit(client_of_api) -> str:
    return f"{LIST}edit/{client_of_api.pk}/"


def token_on(response) -> str:
    return re.search(r"cdop_[\w-]{43}", response.content.decode())[0]


def test_an_administrator_makes_a_client_and_sees_its_token_once(client, administrator):
    response = client.post(f"{LIST}add/", details())
    token = token_on(response)
    made = ApiClient.objects.get()
    assert (made.name, made.scopes, made.token_hash) == ("Invented hospital system", ["submit"], hash_of(token))
    assert "no-store" in response.headers["Cache-Control"]
    assert status(client, token) == 404
    assert ApiUse.objects.get(did="token_made").by == administrator
    for address in (LIST, edit(made), f"{LIST}history/{made.pk}/"):
        page = client.get(address)
        assert page.status_code == 200
        assert token not in page.content.decode()


def test_a_token_is_kept_nowhere_in_clear(client, administrator):
    token = token_on(client.post(f"{LIST}add/", details()))
    sessions = [session.get_decoded() for session in Session.objects.all()]
    kept = [sessions, *(list(model.objects.values()) for model in (ApiClient, ApiUse, ModelLogEntry))]
    assert token not in str(kept)


def test_the_list_tells_what_each_client_may_and_how_its_token_stands(client, administrator, api_client, token):
    assert LIST in client.get("/admin/").content.decode()
    page = client.get(LIST).content.decode()
    for words in ("Invented hospital system", "Read published forms, Send answers", "Active"):
        assert words in page


def test_a_token_is_revoked_with_one_button(client, administrator, api_client, token):
    assert "Revoke the token" in client.get(edit(api_client)).content.decode()
    response = client.post(edit(api_client), {"revoke": "yes"}, follow=True)
    assert "no longer works" in response.content.decode()
    assert status(client, token) == 401
    assert ApiUse.objects.get(did="revoked").by == administrator
    page = client.get(edit(api_client)).content.decode()
    assert "Revoked" in page
    assert "Revoke the token" not in page


def test_a_new_token_replaces_the_one_before(client, administrator, api_client, token):
    new = token_on(client.post(edit(api_client), {"new_token": "yes"}))
    assert (status(client, token), status(client, new)) == (401, 404)


def test_changing_a_client_leaves_its_token_alone(client, administrator, api_client, token):
    client.post(edit(api_client), details(name="Renamed"))
    assert ApiClient.objects.get().name == "Renamed"
    assert status(client, token) == 404


def test_a_client_that_may_do_nothing_is_not_made(client, administrator):
    response = client.post(f"{LIST}add/", details(scopes=[]))
    assert "Choose what it may do" in response.content.decode()
    assert not ApiClient.objects.exists()


def test_a_client_is_kept_for_ever(client, administrator, api_client):
    assert client.post(f"{LIST}delete/{api_client.pk}/").status_code in (302, 403)
    assert ApiClient.objects.exists()


@pytest.mark.parametrize("role", sorted(set(ROLES) - {"Administrator"}))
def test_nobody_else_sees_makes_or_revokes(client, person, api_client, token, role):
    client.force_login(person(role))
    assert LIST not in client.get("/admin/").content.decode()
    for address in (LIST, edit(api_client), f"{LIST}add/"):
        assert client.get(address).status_code != 200
    client.post(edit(api_client), {"revoke": "yes"})
    client.post(edit(api_client), {"new_token": "yes"})
    client.post(f"{LIST}add/", details(name="Other"))
    assert status(client, token) == 404
    assert ApiClient.objects.count() == 1
