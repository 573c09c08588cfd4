"""The list of cases: found, sifted, sorted by need, and the same price however long it is."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from forms.services import receive
from tests.notifying import days_ago, invented_answers
from tests.workflow.reviewing import review
from workflow import services
from workflow.models import Case
from workflow.selectors import found_by, how_many
from workflow.states import ENDED, State

pytestmark = pytest.mark.django_db
LIST = "/admin/cases/"


@pytest.fixture
def coordinator(client, person):
    user = person("Coordinator")
    client.force_login(user)
    return user


def another(notification, **changes):
    answers = invented_answers(**{"nhs_number": "not_known"} | changes)
    return Case.objects.get(submissions__submission=receive(notification, answers))


def listed(client, query=""):
    """References in the order in which the list shows them."""
    page = client.get(f"{LIST}{query}").content.decode()
    return list(dict.fromkeys(re.findall(r"/admin/cases/(\d{4}-\d{4})/", page)))


def chips(client, query=""):
    page = client.get(f"{LIST}{query}").content.decode()
    return dict(re.findall(r'cdop-chip"[^>]*>([A-Za-z ]+) <span class="cdop-chip__count">(\d+)</span>', page))


def test_it_is_searched_by_part_of_a_reference(client, coordinator, case, notification):
    second = another(notification)
    assert listed(client, f"?q={second.reference}") == [second.reference]
    assert listed(client, f"?q={second.reference[-3:]}") == [second.reference]


@pytest.mark.parametrize("spoken", [str, str.lower, lambda text: text.replace("-", " "), lambda text: text[:9]])
def test_a_caller_reads_out_the_reference_on_the_receipt(client, coordinator, case, notification, spoken):
    another(notification)
    receipt = case.submissions.get().submission.reference
    assert listed(client, f"?q={spoken(receipt)}") == [case.reference]


def test_the_receipt_of_a_duplicate_leads_to_the_case_that_is_kept(client, coordinator, case, notification):
    second = another(notification)
    receipt = second.submissions.get().submission.reference
    services.move(second, "mark_duplicate", coordinator, details={"duplicate_of": case.reference})
    assert listed(client, f"?q={receipt}") == [case.reference]


def test_a_panel_member_finds_nothing_by_a_receipt(client, person, case):
    review(case, person("Coordinator"), person("Panel chair"), until="schedule_panel")
    client.force_login(person("Panel member"))
    assert listed(client) == [case.reference]
    assert listed(client, f"?q={case.submissions.get().submission.reference}") == []


@pytest.mark.parametrize("part", ["2026-", "2026-0", "2026-00", "2029-09", "2099", "0009", "9", "10"])
def test_a_beginning_or_a_number_finds_those_cases_and_no_others(coordinator, part):
    references = [
        "2026-0009",
        "2026-0010",
        "2026-0100",
        "2026-1000",
        "2027-0009",
        "2029-0999",
        "2030-0001",
        "2099-0001",
    ]
    Case.objects.bulk_create(Case(reference=each, opened_at=timezone.now()) for each in references)
    this_year = timezone.localdate().year
    numbered = {f"{year}-{int(part):04}" for year in range(2000, this_year + 1)} if part.isdecimal() else set()
    expected = {each for each in references if each.startswith(part) or each in numbered}
    assert {case.reference for case in found_by(Case.objects.all(), coordinator, part)} == expected


@pytest.mark.parametrize("words", ["2026-0009", "9", "7KQM-4RTX"])
def test_a_search_reads_no_table_of_cases_from_end_to_end(coordinator, words):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL reads a small table from end to end whatever the indexes.")
    plan = found_by(Case.objects.order_by(), coordinator, words).explain()
    assert "SCAN" not in plan, plan


def test_an_nhs_number_in_the_search_box_finds_nothing(client, coordinator, case):
    assert listed(client, "?q=9990000018") == []


def test_it_is_sifted_by_state_and_by_need(client, coordinator, case, notification, person):
    urgent = another(notification, sibling_concerns="yes")
    late = another(notification, died=days_ago(300), born=days_ago(2000))
    services.hold(case, coordinator, "coroner", ["panel"], days_ago(1))
    services.move(late, "offer_transfer", coordinator, details={"receiving_area": "Invented CDOP"})
    assert listed(client, "?need=urgent") == [urgent.reference]
    assert listed(client, "?need=on_hold") == [case.reference]
    assert listed(client, "?need=overdue") == [late.reference]
    assert set(listed(client, "?need=new")) == {case.reference, urgent.reference}
    assert listed(client, "?state=transfer_offered") == [late.reference]
    assert listed(client, "?state=transfer_offered&state=notified&need=on_hold") == [case.reference]
    assert listed(client, "?state=closed") == []


def test_each_chip_counts_what_it_shows(client, coordinator, case, notification):
    another(notification, sibling_concerns="yes")
    another(notification, died=days_ago(300), born=days_ago(2000))
    another(notification, died=days_ago(85), born=days_ago(2000))
    services.hold(case, coordinator, "coroner", ["panel"], days_ago(1))
    counted = chips(client)
    assert set(counted) == {
        "Open",
        "Safeguarding referral",
        "New",
        "Urgent",
        "Past a time limit",
        "Due soon",
        "On hold",
    }
    assert counted["Open"] == str(len(listed(client))) == "4"
    for need, label in (
        ("new", "New"),
        ("urgent", "Urgent"),
        ("overdue", "Past a time limit"),
        ("soon", "Due soon"),
        ("on_hold", "On hold"),
    ):
        found = listed(client, f"?need={need}")
        assert found
        assert counted[label] == str(len(found)), label


def test_the_chosen_chip_and_the_filter_to_clear_are_shown(client, coordinator, case):
    page = client.get(f"{LIST}?need=new").content.decode()
    assert re.search(r'need=new" aria-current="true"', page)
    assert "w-pill__remove" in page


def test_what_needs_a_person_comes_first_and_what_has_ended_when_asked_for(
    client, coordinator, case, notification, person
):
    ended = another(notification)
    services.decide_scope(ended, coordinator, in_scope=False, reason_code="termination")
    services.confirm_scope(ended, person("Designated doctor"))
    services.move(ended, "rule_out", coordinator)
    late = another(notification, died=days_ago(300), born=days_ago(2000))
    urgent = another(notification, sibling_concerns="yes")
    assert listed(client) == [urgent.reference, late.reference, case.reference]
    assert listed(client, "?ordering=reference")[0] == case.reference
    assert listed(client, "?state=out_of_scope") == [ended.reference]
    assert listed(client, f"?q={ended.reference}") == [ended.reference]
    assert listed(client, "?state=out_of_scope&state=notified")[-1] == ended.reference


def test_one_press_shows_every_case_that_has_ended_and_no_other(client, coordinator, case, notification):
    for state in sorted(State):
        other = another(notification)
        super(type(Case.objects.all()), Case.objects.filter(pk=other.pk)).update(state=str(state))
    address = re.search(r'href="/admin/cases/(\?state=[^"]*)"[^>]*>Ended', client.get(LIST).content.decode())[1]
    found = Case.objects.filter(reference__in=listed(client, address.replace("&amp;", "&")))
    assert set(found.values_list("state", flat=True)) == ENDED


def test_an_ended_case_needs_nothing_any_more(client, coordinator, notification, person):
    case = another(notification, died=days_ago(300), born=days_ago(2000), sibling_concerns="yes")
    services.hold(case, coordinator, "coroner", ["panel"], days_ago(1))
    services.decide_scope(case, coordinator, in_scope=False, reason_code="termination")
    services.confirm_scope(case, person("Designated doctor"))
    services.move(case, "rule_out", coordinator)
    assert set(how_many(coordinator).values()) == {0}
    assert "w-status cdop-flag" not in client.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("query", "sentence"),
    [("?q=zzz", "No case matches “zzz”"), ("?need=soon", "No case is like this now"), ("", "No case is open")],
)
def test_an_empty_list_says_what_to_do(client, coordinator, notification, query, sentence):
    if query:
        another(notification)
    assert sentence in client.get(f"{LIST}{query}").content.decode()


def test_days_are_in_words(client, coordinator, case):
    page = client.get(LIST).content.decode()
    assert f"{timezone.localdate():%-d %B %Y}" in page
    assert timezone.localdate().isoformat() not in page


def test_those_who_read_for_the_panel_see_no_day(client, person, case):
    review(case, person("Coordinator"), person("Panel chair"), until="schedule_panel")
    client.force_login(person("Panel member"))
    page = client.get(LIST).content.decode()
    assert "5–9 years" in page
    assert str(timezone.localdate().year) not in page.replace(case.reference, "")
    assert chips(client) == {}


@pytest.mark.parametrize("query", ["", "?need=overdue", "?q=20", "?q=7KQM"])
def test_it_costs_the_same_for_five_and_for_thirty(client, coordinator, notification, query):
    counts = []
    for more in (5, 25):
        for _ in range(more):
            another(notification, died=days_ago(300), born=days_ago(2000))
        with CaptureQueriesContext(connection) as queries:
            client.get(f"{LIST}{query}")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_results_alone_are_sent_when_the_search_is_typed(client, coordinator, case):
    page = client.get(reverse("cases:list_results")).content.decode()
    assert case.reference in page
    assert "<html" not in page
