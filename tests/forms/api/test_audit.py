"""What other systems read and are refused is on the record, and what anybody may read is not."""

import pytest

from forms.api import audit, auth
from forms.limits import Limit
from forms.models import ApiClient, ApiUse
from tests.forms.api.conftest import FORM
from tests.notifying import invented_answers

pytestmark = pytest.mark.django_db
RECEIPT = "/api/v1/submissions/AAAA-BBBB-CCCC/receipt"
AT_FORM, AT_RECEIPT = "api/v1/forms/<slug>", "api/v1/submissions/<reference>/receipt"


def bearing(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def noted() -> list[tuple]:
    """What was read, sent and refused, oldest first."""
    rows = ApiUse.objects.filter(did__in=("read", "refused", "submitted")).order_by("pk")
    return list(rows.values_list("client__name", "did", "method", "path", "status"))


def test_a_read_with_a_token_is_noted_once(client, api_client, token, notification_form):
    assert client.get(FORM, headers=bearing(token)).status_code == 200
    assert noted() == [(api_client.name, "read", "GET", AT_FORM, 200)]


def test_a_published_form_read_by_anybody_is_not_noted(client, notification_form):
    assert client.get(FORM).status_code == 200
    assert client.get("/api/v1/forms").status_code == 200
    assert noted() == []


@pytest.mark.parametrize("wrong", [{}, bearing("cdop_wrong")])
def test_who_has_no_token_that_works_is_noted_without_a_client(client, wrong):
    assert client.get(RECEIPT, headers=wrong).status_code == 401
    assert noted() == [(None, "refused", "GET", AT_RECEIPT, 401)]


def test_a_token_is_never_noted(client, token):
    client.get(RECEIPT, headers=bearing("cdop_wrong"))
    client.get(RECEIPT, headers=bearing(token))
    written = str(list(ApiUse.objects.values()))
    assert "cdop_" not in written
    assert "AAAA" not in written


def test_a_client_without_the_scope_is_noted(client, api_client, token):
    ApiClient.objects.update(scopes=["read"])
    client.get(RECEIPT, headers=bearing(token))
    assert noted() == [(api_client.name, "refused", "GET", AT_RECEIPT, 403)]


def test_what_is_not_there_is_noted_with_or_without_a_token(client, api_client, token):
    client.get(RECEIPT, headers=bearing(token))
    client.get("/api/v1/forms/nothing")
    assert noted() == [
        (api_client.name, "refused", "GET", AT_RECEIPT, 404),
        (None, "refused", "GET", AT_FORM, 404),
    ]


def test_a_client_that_asks_too_often_is_noted(client, api_client, token, notification_form, monkeypatch):
    monkeypatch.setattr(auth, "OF_A_CLIENT", Limit("few-audited", 1, 60))
    for _ in range(2):
        client.get(FORM, headers=bearing(token))
    assert [row[-1] for row in noted()] == [200, 429]
    assert {row[0] for row in noted()} == {api_client.name}


def test_what_is_sent_is_noted_once_and_what_is_not_taken_as_refused(send, api_client, notification_form, roles):
    assert send(invented_answers()).status_code == 201
    assert send({}, key="second").status_code == 422
    assert [(row[1], row[-1]) for row in noted()] == [("submitted", None), ("refused", 422)]


def test_a_flood_of_refused_requests_does_not_fill_the_log(client, monkeypatch):
    monkeypatch.setattr(audit, "REFUSALS_NOTED", Limit("few-refusals", 2, 60))
    for _ in range(4):
        assert client.get(RECEIPT).status_code == 401
    assert len(noted()) == 2


def test_noting_costs_one_insert_and_another_into_the_audit_log(
    client, token, notification_form, django_assert_num_queries
):
    client.get("/api/v1/forms", headers=bearing(token))
    with django_assert_num_queries(4) as asked:
        client.get("/api/v1/forms", headers=bearing(token))
    assert [query["sql"].split()[0] for query in asked.captured_queries] == ["SELECT", "SELECT", "INSERT", "INSERT"]
