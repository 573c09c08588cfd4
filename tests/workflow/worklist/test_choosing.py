"""What somebody asks of a list of work: which kind, which days, whose."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.notifying import days_ago
from tests.workflow.asking import ask, publish_forms
from tests.workflow.reviewing import review
from workflow.filters.services import save_filter
from workflow.requests import services as requests
from workflow.worklist import items as sources
from workflow.worklist import services
from workflow.worklist.choosing import KINDS, Chosen, by_day
from workflow.worklist.desk import Desk
from workflow.worklist.items import SOURCES

pytestmark = pytest.mark.django_db
TASK = "Ring the ward"


@pytest.fixture
def at_work(client, coordinator):
    client.force_login(coordinator)
    return client


@pytest.fixture
def mine(case, coordinator):
    services.assign(case, coordinator, coordinator)
    return case


@pytest.fixture
def doctor(person):
    return person("Designated doctor")


def shown(client, name="mine", query="") -> dict[str, list[str]]:
    lists = client.get(reverse(f"work:{name}") + query).context["lists"]
    return {heading: [item.what for item in lines] for heading, lines in lists.values()}


def test_every_kind_that_is_offered_has_a_source_and_every_source_a_kind():
    assert {source.kind for source in SOURCES} == {kind for kind, _ in KINDS}


def test_only_one_kind_of_work_is_shown(at_work, mine, coordinator):
    services.give(mine, TASK, coordinator, coordinator, days_ago(0))
    assert shown(at_work, query="?kind=tasks") == {"Today": [TASK]}
    assert TASK not in str(shown(at_work, query="?kind=limits"))


@pytest.mark.parametrize(
    ("when", "heading", "what"),
    [
        ("late", "Late", "Was for yesterday"),
        ("today", "Today", "Is for today"),
        ("soon", "In the next seven days", "Is for later"),
        ("read", "To read and settle", "A word"),
    ],
)
def test_only_some_days_are_shown(at_work, mine, coordinator, doctor, when, heading, what):
    for words, day in (("Was for yesterday", 1), ("Is for today", 0), ("Is for later", -7), ("Is far off", -8)):
        services.give(mine, words, doctor, coordinator, days_ago(day))
    services.tell(mine, "A word", [coordinator], doctor)
    assert shown(at_work, query=f"?kind=tasks&when={when}") == {heading: [what]}


def test_what_others_owe_us_is_shown_however_far_off(at_work, mine, coordinator, chair):
    publish_forms()
    review(mine, coordinator, chair, until="accept")
    request = ask(mine, coordinator)
    services.give(mine, TASK, coordinator, coordinator, days_ago(0))
    assert shown(at_work, query="?when=waiting") == {"Later": [f"Answer of {request.agency}"]}
    requests.move(request, "decline", reason="Invented: never saw the child", maker="respondent")
    assert shown(at_work, query="?when=waiting") == {}


def test_the_work_of_one_coordinator_stands_apart_from_that_of_others(at_work, mine, notify, coordinator, doctor):
    services.give(mine, "Of the coordinator", doctor, None, days_ago(0))
    theirs = notify()
    services.assign(theirs, doctor, coordinator)
    services.give(theirs, "Of the doctor", coordinator, None, days_ago(0))
    services.give(notify(), "Of nobody", coordinator, None, days_ago(0))
    services.give(notify(), "Given to the doctor", coordinator, doctor, days_ago(0))

    def tasks(whose):
        return set(shown(at_work, "everybody", f"?kind=tasks&when=today&coordinator={whose}").get("Today", []))

    assert tasks(doctor.pk) == {"Of the doctor", "Given to the doctor"}
    assert tasks(coordinator.pk) == {"Of the coordinator"}
    assert tasks("null") == {"Of nobody"}
    assert len(tasks("")) == 4


def test_the_list_of_oneself_asks_for_nobody_else(at_work, mine, coordinator, doctor):
    services.give(mine, TASK, doctor, None, days_ago(0))
    assert shown(at_work, query=f"?when=today&coordinator={doctor.pk}") == {"Today": [TASK]}
    assert "coordinator" not in at_work.get(reverse("work:mine")).context["filters"].fields


@pytest.mark.parametrize("query", ["?kind=x", "?when=soon&when=never", "?coordinator=999999", "?kind=%00", "?p=2"])
def test_nonsense_in_the_address_asks_for_nothing(at_work, mine, coordinator, query):
    services.give(mine, TASK, coordinator, coordinator, days_ago(0))
    assert shown(at_work, "everybody", query)["Today"] == [TASK]


def test_a_list_that_is_as_nobody_asked_says_so_and_offers_everything(at_work, mine):
    page = at_work.get(reverse("work:mine") + "?kind=meetings").content.decode()
    assert "Nothing here is as you asked" in page
    assert "Nothing of yours is due" not in page
    assert '<option value="meetings" selected>' in page


def test_what_is_due_today_is_shown_behind_any_number_of_late_ones(mine, coordinator, monkeypatch):
    monkeypatch.setattr(sources, "MOST", 2)
    for day in (3, 2, 1, 0):
        services.give(mine, f"{day} days ago", coordinator, coordinator, days_ago(day))
    today = timezone.localdate()
    found = Chosen("tasks", "today").items(Desk(coordinator, coordinator), today)
    assert [item.what for item in found] == ["0 days ago"]


def test_a_heading_without_a_line_is_left_out():
    assert by_day([], dt.date(2026, 3, 3)) == {}


def test_what_is_asked_of_the_work_is_saved_and_leads_back_there(at_work, coordinator):
    page = at_work.get(reverse("work:everybody") + "?kind=holds&coordinator=null&p=3").content.decode()
    save = "/admin/cases/filters/save/?screen=everybody&amp;kind=holds&amp;coordinator=null"
    assert save in page
    answered = at_work.post(save.replace("&amp;", "&"), {"name": "Holds of nobody"})
    assert answered.headers["Location"] == "/admin/work/everybody/?kind=holds&coordinator=null"
    [saved] = coordinator.saved_filters.all()
    assert saved.get_absolute_url() == answered.headers["Location"]
    again = at_work.get(saved.get_absolute_url()).content.decode()
    assert 'aria-current="true">Holds of nobody' in again


def test_a_saved_filter_of_the_work_is_not_shown_to_who_has_no_such_list(client, coordinator, chair):
    save_filter(coordinator, "Holds of nobody", {"kind": ["holds"]}, shared=True, screen="everybody")
    client.force_login(chair)
    assert "Holds of nobody" not in client.get(reverse("cases:list")).content.decode()
    assert client.post("/admin/cases/filters/save/?screen=mine&kind=holds", {"name": "Mine"}).status_code in (302, 403)
    assert not chair.saved_filters.exists()


@pytest.mark.parametrize("query", ["", "?kind=tasks", "?when=waiting", "?when=read", "?coordinator=null&when=late"])
def test_a_filtered_list_asks_as_often_for_many_as_for_few(at_work, notify, coordinator, query):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert at_work.get(reverse("work:everybody") + query).status_code == 200
        return len(queries)

    asked()
    before = asked()
    for number in range(4):
        case = notify()
        services.give(case, f"Task {number}", coordinator, None, days_ago(1))
        services.tell(case, f"Word {number}", [coordinator], coordinator)
    assert asked() == before
