"""Filters of the list of cases that somebody gave a name."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from workflow.filters.selectors import asked_in, filters_for
from workflow.filters.services import save_filter
from workflow.models import SavedFilter
from workflow.services import MoveRefused

pytestmark = pytest.mark.django_db
LATE = {"need": ["overdue"], "state": ["notified"]}
LIST = "/admin/cases/"


def page(client, address=LIST):
    return client.get(address).content.decode()


def test_the_present_filter_gets_a_name_and_stands_above_the_list_and_the_work(client, case, coordinator):
    client.force_login(coordinator)
    assert "Save this filter" not in page(client)
    assert "/admin/cases/filters/save/?need=overdue&amp;state=notified" in page(
        client, f"{LIST}?need=overdue&state=notified"
    )
    answered = client.post("/admin/cases/filters/save/?need=overdue&state=notified", {"name": "Late and new"})
    assert answered.headers["Location"] == f"{LIST}?need=overdue&state=notified"
    for address in (LIST, "/admin/work/", "/admin/work/board/", "/admin/cases/filters/"):
        assert "Late and new" in page(client, address)
        assert "/admin/cases/?need=overdue&amp;state=notified" in page(client, address)


def test_it_is_for_its_owner_alone_until_it_is_shared(coordinator, person):
    colleague = person("Coordinator", 2)
    save_filter(coordinator, "Mine", LATE)
    save_filter(coordinator, "Ours", LATE, shared=True)
    assert [each.name for each in filters_for(coordinator)] == ["Mine", "Ours"]
    assert [each.name for each in filters_for(colleague)] == ["Ours"]


def test_a_name_used_again_means_the_newer_filter(coordinator):
    save_filter(coordinator, "Mine", LATE)
    save_filter(coordinator, " Mine ", {"need": ["soon"]})
    assert SavedFilter.objects.get().asked == {"need": ["soon"]}


@pytest.mark.parametrize(("name", "asked"), [("", LATE), ("  ", LATE), ("Everything", {})])
def test_it_needs_a_name_and_something_to_filter_by(coordinator, name, asked):
    with pytest.raises(MoveRefused):
        save_filter(coordinator, name, asked)


def test_what_was_looked_for_is_never_kept():
    sent = QueryDict("q=Invented&need=overdue&need=nonsense&state=closed&state=x&coordinator=7&coordinator=8&p=3")
    assert asked_in(sent) == {"need": ["overdue"], "state": ["closed"], "coordinator": ["7"]}
    assert asked_in(QueryDict("coordinator=null")) == {"coordinator": ["null"]}
    assert asked_in(QueryDict("coordinator=Invented")) == {}


def test_each_deletes_their_own_and_nobody_elses(client, coordinator, person):
    saved = save_filter(coordinator, "Ours", LATE, shared=True)
    where = reverse("cases:delete_filter", args=[saved.pk])
    client.force_login(person("Coordinator", 2))
    assert "Ours" in page(client, "/admin/cases/filters/")
    assert where not in page(client, "/admin/cases/filters/")
    assert client.post(where).status_code == 404
    client.force_login(coordinator)
    client.post(where)
    assert not SavedFilter.objects.exists()


def test_a_shared_filter_for_safeguarding_is_not_shown_to_who_may_not_ask_for_it(coordinator, person):
    save_filter(coordinator, "Referrals", {"need": ["safeguarding"]}, shared=True)
    assert filters_for(person("Panel chair"))
    assert not filters_for(person("Information governance"))


@pytest.mark.parametrize("role", ["Panel member", "Analyst"])
def test_who_does_not_read_every_case_saves_none(client, person, role):
    with pytest.raises(PermissionDenied):
        save_filter(person(role), "Mine", LATE)
    client.force_login(person(role))
    assert "Saved filters" not in page(client)


def test_the_list_asks_as_many_queries_with_many_filters(client, case, coordinator, person):
    client.force_login(coordinator)
    counts = []
    for number in (1, 6):
        for each in range(number):
            save_filter(person("Coordinator", 2 + each), f"Filter {each}", LATE, shared=True)
        page(client)
        with CaptureQueriesContext(connection) as queries:
            page(client)
        counts.append(len(queries))
    assert counts[0] == counts[1]
