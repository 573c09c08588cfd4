"""Who opened which case, for those who keep watch."""

import csv
import datetime as dt
import io

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from workflow import services
from workflow.models import CaseView

pytestmark = pytest.mark.django_db
REPORT = "/admin/reports/opened-cases/"


@pytest.fixture
def watcher(client, person):
    user = person("Information governance")
    client.force_login(user)
    return user


def rows(client, query=""):
    response = client.get(f"{REPORT}?export=csv{query}")
    return list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode())))


def test_opening_a_case_in_the_browser_is_on_the_report(client, person, case):
    client.force_login(person("Designated doctor"))
    client.get(reverse("cases:case", args=[case.reference]))
    client.force_login(person("Information governance"))
    page = client.get(REPORT).content.decode()
    assert "Designated doctor No 1" in page
    assert case.reference in page


def test_it_is_filtered_by_person_case_identity_and_day(client, person, case, watcher):
    coordinator, chair = person("Coordinator"), person("Panel chair")
    services.record_view(case, coordinator, timezone.now())
    services.record_view(case, chair, timezone.now() - dt.timedelta(days=10))
    today = timezone.localdate().isoformat()
    for query, found in (
        ("", ["coordinator-1", "panel-chair-1"]),
        (f"&by={chair.pk}", ["panel-chair-1"]),
        (f"&case={case.reference}", ["coordinator-1", "panel-chair-1"]),
        ("&case=1999", []),
        ("&with_identity=true", ["coordinator-1"]),
        (f"&at_from={today}", ["coordinator-1"]),
    ):
        assert [row["Log-in name"] for row in rows(client, query)] == found, query


def test_a_name_never_becomes_a_formula(client, person, case, watcher):
    coordinator = person("Coordinator")
    coordinator.first_name = "=HYPERLINK(1)"
    coordinator.save()
    services.record_view(case, coordinator)
    assert rows(client)[0]["Person"].startswith("'=HYPERLINK")


def test_looking_again_within_the_hour_adds_nothing_and_later_does(case, person):
    coordinator, now = person("Coordinator"), timezone.now()
    for minutes in (0, 30, 59, 61):
        services.record_view(case, coordinator, now + dt.timedelta(minutes=minutes))
    assert CaseView.objects.count() == 2


def test_seeing_identity_is_recorded_apart_from_reading_without_it(case, person):
    for role in ("Coordinator", "Panel chair"):
        services.record_view(case, person(role))
    assert set(CaseView.objects.values_list("by__username", "with_identity")) == {
        ("coordinator-1", True),
        ("panel-chair-1", False),
    }


def test_what_is_recorded_stays(case, person):
    services.record_view(case, person("Coordinator"))
    with pytest.raises(ValidationError):
        CaseView.objects.all().delete()


def test_the_report_costs_the_same_for_five_and_for_fifty_lines(client, person, case, watcher):
    counts = []
    for more in (5, 45):
        CaseView.objects.bulk_create(
            CaseView(case=case, by=person("Coordinator", number), with_identity=True) for number in range(more)
        )
        with CaptureQueriesContext(connection) as queries:
            client.get(REPORT)
        counts.append(len(queries))
    assert counts[0] == counts[1]
