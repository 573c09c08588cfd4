"""Time limits: editable rules, and the clocks that run by them."""

import datetime as dt

import pytest
from django.utils import timezone

from forms.services import receive
from tests.notifying import days_ago, invented_answers
from tests.workflow.reviewing import review
from workflow import services
from workflow.models import Case, ClockRule
from workflow.models.clocks import events
from workflow.roles import CLOCK_RULES
from workflow.selectors import how_many

pytestmark = pytest.mark.django_db
RULES = "/admin/snippets/cdop_workflow/clockrule/"


@pytest.fixture
def coordinator(client, person):
    user = person("Coordinator")
    client.force_login(user)
    return user


def clock(case, code):
    return case.clocks.select_related("rule").get(rule__code=code)


def test_a_notification_starts_what_runs_from_the_death_and_meets_what_it_meets(case):
    assert set(case.clocks.values_list("rule__code", flat=True)) == {"T2", "T8"}
    assert clock(case, "T2").met_at == case.opened_at
    assert clock(case, "T8").met_at is None


def test_the_limit_of_48_hours_runs_from_the_hour_of_death(case):
    started = timezone.localtime(clock(case, "T2").started_at)
    assert (started.date(), started.time()) == (case.died_on, dt.time(3, 20))
    assert clock(case, "T2").due_at == started + dt.timedelta(hours=48)


def test_each_move_meets_and_starts_its_own(case, coordinator, person):
    review(case, coordinator, person("Panel chair"), until="close")
    assert not case.clocks.filter(met_at__isnull=True).exists()
    assert {"T7", "T9", "T10", "T11"} <= set(case.clocks.values_list("rule__code", flat=True))


def test_a_rule_runs_once_for_a_case(case, coordinator, person):
    chair = person("Panel chair")
    case = review(case, coordinator, chair, until="close")
    services.move(case, "reopen", chair, "Late inquest")
    assert case.clocks.filter(rule__code="T11").count() == 1


def test_the_jar_limit_runs_only_where_a_response_is_needed(case, coordinator):
    services.decide_jar(case, coordinator, "no", [])
    assert not case.clocks.filter(rule__code="T6").exists()
    services.decide_jar(case, coordinator, "yes", ["sudden_no_cause"])
    assert timezone.localdate(clock(case, "T6").started_at) == case.died_on
    services.decide_jar(case, coordinator, "no", [])
    assert not case.clocks.filter(rule__code="T6").exists()


def test_the_jar_limit_that_was_met_stays_when_the_decision_changes(case, coordinator):
    services.decide_jar(case, coordinator, "yes", ["sudden_no_cause"])
    services.record_milestone(case, coordinator, "jar_meeting", days_ago(1))
    services.decide_jar(case, coordinator, "no", [])
    assert timezone.localdate(clock(case, "T6").met_at) == days_ago(1)


def test_a_changed_rule_counts_for_new_clocks_only(case, notification, coordinator):
    before = clock(case, "T8").due_at
    ClockRule.objects.filter(code="T8").update(amount=1, unit="days")
    receive(notification, invented_answers(nhs_number="not_known"))
    later = Case.objects.exclude(pk=case.pk).get()
    assert clock(case, "T8").due_at == before
    assert timezone.localdate(clock(later, "T8").due_at) == later.died_on + dt.timedelta(days=1)


def test_the_screen_says_which_cases_a_change_counts_for(client, coordinator):
    rule = ClockRule.objects.get(code="T8")
    page = client.get(f"{RULES}edit/{rule.pk}/").content.decode()
    assert "counts for time limits that start from now on" in page


def test_a_coordinator_changes_a_rule_in_the_browser(client, coordinator):
    rule = ClockRule.objects.get(code="T8")
    data = {
        "code": "T8", "label": rule.label, "amount": "12", "unit": "weeks", "starts_at": "death",
        "met_by": "record_cdrm", "warn_days": "10", "owner": "Designated doctor", "confirmed": "on", "active": "on",
    }  # fmt: skip
    client.post(f"{RULES}edit/{rule.pk}/", data)
    rule.refresh_from_db()
    assert (rule.amount, rule.unit, rule.confirmed) == (12, "weeks", True)


def test_a_limit_of_nothing_is_no_limit(client, coordinator):
    rule = ClockRule.objects.get(code="T8")
    data = {
        "code": "T8", "label": rule.label, "amount": "0", "unit": "weeks", "starts_at": "death",
        "met_by": "record_cdrm", "warn_days": "0", "active": "on",
    }  # fmt: skip
    assert "Enter 1 or more." in client.post(f"{RULES}edit/{rule.pk}/", data).content.decode()


def test_an_inactive_rule_starts_no_clock(notification, roles):
    ClockRule.objects.filter(code="T8").update(active=False)
    case = Case.objects.get(submissions__submission=receive(notification, invented_answers()))
    assert not case.clocks.filter(rule__code="T8").exists()


def test_a_case_warns_before_it_is_late_and_then_is_late(case, coordinator):
    now = timezone.now()
    for due_in, warned_in, expected in ((9, 5, (0, 0)), (3, -1, (0, 1)), (-1, -9, (1, 0))):
        case.clocks.filter(rule__code="T8").update(
            due_at=now + dt.timedelta(days=due_in), warn_at=now + dt.timedelta(days=warned_in)
        )
        counts = how_many(coordinator)
        assert (counts["overdue"], counts["soon"]) == expected


def test_the_rules_that_ship_start_and_end_with_things_that_happen(roles):
    known = {code for code, _ in events()}
    for code, _label, amount, _unit, starts_at, met_by, *_ in CLOCK_RULES:
        assert {starts_at, met_by} <= known, code
        assert amount > 0
    confirmed = ClockRule.objects.filter(confirmed=True).values_list("code", flat=True)
    assert set(confirmed) == {"T12", "T13", "T14"}  # read in their sources; the others are remembered or local
