"""What a load balancer is told."""

import pytest
from django.db import connection

from cdop.health import Schema

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _ask_anew(monkeypatch):
    monkeypatch.setattr(Schema, "current", False)


def test_the_process_is_live_without_a_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/health/live").json() == {"status": "live"}


def test_it_is_ready_and_says_so_with_one_query_from_then_on(client, django_assert_num_queries):
    assert client.get("/health/ready").json() == {"status": "ready"}
    with django_assert_num_queries(1):
        assert client.get("/health/ready").status_code == 200


def test_it_is_not_ready_while_a_migration_is_missing(client):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'cdop_workflow'")
    response = client.get("/health/ready")
    assert (response.status_code, response.json()["reason"]) == (503, "migrations")


def test_it_is_not_ready_without_a_database(client, monkeypatch):
    def refuse():
        raise ConnectionError

    monkeypatch.setattr(connection, "cursor", refuse)
    response = client.get("/health/ready")
    assert (response.status_code, response.json()["reason"]) == (503, "database")


def test_health_is_only_read(client):
    assert client.post("/health/live").status_code == 405
