"""What staff see first after logging in."""

import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forms.services import receive
from tests.notifying import days_ago, invented_answers
from tests.workflow.reviewing import review
from workflow.models import Case

pytestmark = pytest.mark.django_db


def home(client, user):
    client.force_login(user)
    return html.unescape(client.get("/admin/").content.decode())


def another(notification, **changes):
    answers = invented_answers(**{"nhs_number": "not_known"} | changes)
    return Case.objects.get(submissions__submission=receive(notification, answers))


def section(page, name):
    """References under one heading of the panel."""
    found = re.search(rf'id="cases-{name}".*?(?=<h3|</section)', page, re.S)
    return re.findall(r"/admin/cases/(\d{4}-\d{4})/", found.group()) if found else None


def test_a_coordinator_sees_what_is_new_late_and_due_soon_most_pressing_first(client, person, case, notification):
    urgent = another(notification, sibling_concerns="yes")
    late = another(notification, died=days_ago(300), born=days_ago(2000))
    soon = another(notification, died=days_ago(85), born=days_ago(2000))
    page = home(client, person("Coordinator"))
    assert section(page, "new") == [urgent.reference, late.reference, soon.reference, case.reference]
    assert section(page, "overdue") == [late.reference]
    assert section(page, "soon") == [soon.reference]
    assert "4 open." in page


def test_it_shows_the_first_few_and_leads_to_the_rest(client, person, notification, roles):
    for _ in range(7):
        another(notification)
    page = home(client, person("Coordinator"))
    assert len(section(page, "new")) == 5
    assert re.search(r'href="/admin/cases/\?need=new">See all 7', page)


def test_when_nothing_waits_it_says_so(client, person, roles):
    page = home(client, person("Coordinator"))
    for sentence in ("No notification waits to be read.", "Nothing is past a time limit.", "Nothing is due soon."):
        assert sentence in page


def test_a_panel_member_sees_what_is_before_the_panel_and_no_day(client, person, case, notification):
    another(notification)
    review(case, person("Coordinator"), person("Panel chair"), until="schedule_panel")
    page = home(client, person("Panel member"))
    assert section(page, "open") == [case.reference]
    assert section(page, "new") is None
    assert "Next time limit" not in page


@pytest.mark.parametrize("role", ["Site editor", "Form editor", "Analyst"])
def test_those_who_do_not_read_cases_see_none(client, person, case, role):
    page = home(client, person(role))
    assert case.reference not in page
    assert "cases-section" not in page


def test_it_costs_the_same_for_one_case_and_for_thirty(client, person, notification, roles):
    counts = []
    for more in (1, 29):
        for _ in range(more):
            another(notification, died=days_ago(300), born=days_ago(2000))
        home(client, person("Coordinator"))
        with CaptureQueriesContext(connection) as queries:
            client.get("/admin/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
