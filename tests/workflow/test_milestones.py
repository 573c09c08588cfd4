"""What happens beside the moves: recorded with its day, it meets and starts time limits."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from forms.services import receive
from tests.notifying import days_ago, invented_answers
from tests.workflow.reviewing import review
from workflow import services
from workflow.models import Case, ClockRule
from workflow.roles import load_clock_rules
from workflow.services import MoveRefused
from workflow.states import MILESTONES

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(client, person):
    user = person("Coordinator")
    client.force_login(user)
    return user


def clock(case, code):
    return case.clocks.select_related("rule").get(rule__code=code)


def post(client, case, **data):
    address = reverse("cases:milestone", args=[case.reference])
    return client.post(address, data, follow=True).content.decode()


def in_words(days):
    return f"{days_ago(days):%-d %B %Y}"


def day_of(moment):
    return timezone.localdate(moment)


def test_a_day_is_recorded_shown_on_the_case_and_told_in_its_story(client, coordinator, case):
    page = post(client, case, name="services_told", on=in_words(1))
    assert "What happened, and when" in page
    assert f"<dd>{in_words(1)}</dd>" in page
    told = f"GP, child health and other services told, so that appointments stop: {in_words(1)}."
    assert case.timeline.order_by("-pk").first().text == told


def test_recorded_again_the_newer_day_is_shown_and_both_stay_in_the_story(client, coordinator, case):
    post(client, case, name="services_told", on=in_words(1))
    page = post(client, case, name="services_told", on=in_words(0))
    assert f"<dd>{in_words(0)}</dd>" in page
    assert f"<dd>{in_words(1)}</dd>" not in page
    assert case.timeline.filter(text__startswith="GP, child health").count() == 2


def test_the_screen_opens_with_what_the_link_was_about(client, coordinator, case):
    services.decide_jar(case, coordinator, "yes", ["sudden_no_cause"])
    page = client.get(reverse("cases:case", args=[case.reference])).content.decode()
    address = f"{reverse('cases:milestone', args=[case.reference])}?name=jar_meeting"
    assert address in page
    form = client.get(address).context["form"]
    assert form["name"].value() == "jar_meeting"


@pytest.mark.parametrize("name", [each.name for each in MILESTONES if each.jar])
def test_what_belongs_to_a_joint_agency_response_waits_for_that_decision(client, coordinator, case, name):
    assert f'value="{name}"' not in client.get(reverse("cases:milestone", args=[case.reference])).content.decode()
    assert "Select a valid choice" in post(client, case, name=name, on=in_words(1))
    with pytest.raises(MoveRefused, match="Record first that"):
        services.record_milestone(case, coordinator, name, days_ago(1))
    services.decide_jar(case, coordinator, "yes", ["sudden_no_cause"])
    post(client, case, name=name, on=in_words(1))
    assert case.facts[f"{name}_on"] == days_ago(1).isoformat()


def test_the_first_jar_meeting_is_shown_beside_the_decision(client, coordinator, case):
    services.decide_jar(case, coordinator, "yes", ["sudden_no_cause"])
    assert f"First meeting {in_words(1)}" in post(client, case, name="jar_meeting", on=in_words(1))


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"on": in_words(-3)}, "lies in the future"),
        ({"on": "1 January 1900"}, "before the death"),
        ({"on": "nonsense"}, "Enter a valid date"),
        ({"on": in_words(1), "time": "25:99"}, "Enter a valid time"),
        ({"on": in_words(1), "name": "elsewhere"}, "Select a valid choice"),
    ],
)
def test_a_day_that_cannot_be_is_refused(client, coordinator, case, given, sentence):
    assert sentence in post(client, case, **({"name": "services_told"} | given))
    assert "services_told_on" not in case.facts


def test_abuse_can_be_known_before_the_death(client, coordinator, case):
    post(client, case, name="incident_known", on="1 May 2020")
    assert case.facts["incident_known_on"] == "2020-05-01"


def test_only_those_who_work_on_cases_record_a_day(case, person):
    for role in ("Panel member", "Panel chair", "Analyst"):
        with pytest.raises(PermissionDenied):
            services.record_milestone(case, person(role), "services_told", days_ago(0))


def test_nothing_is_recorded_for_a_case_that_has_ended(case, coordinator, person):
    review(case, coordinator, person("Panel chair"), until="close")
    with pytest.raises(MoveRefused):
        services.record_milestone(case, coordinator, "services_told", days_ago(0))


def test_the_story_does_not_depend_on_who_reads_the_admin_in_which_language(case, coordinator):
    with override("cy"):
        services.record_milestone(case, coordinator, "services_told", days_ago(0), dt.time(0, 0))
        services.record_milestone(case, coordinator, "services_told", days_ago(1), dt.time(7, 5))
    assert case.timeline.order_by("-pk").first().text.endswith(f": {in_words(1)}, 07:05.")


def test_the_inquest_starts_the_limit_of_the_panel_and_its_review_meets_it(case, coordinator, person):
    services.record_milestone(case, coordinator, "inquest_concluded", days_ago(1))
    assert day_of(clock(case, "T10i").due_at) == days_ago(1) + dt.timedelta(weeks=6)
    review(case, coordinator, person("Panel chair"), until="record_panel")
    assert clock(case, "T10i").met_at is not None


def test_a_serious_incident_is_notified_and_reviewed_within_working_days(case, coordinator):
    services.record_milestone(case, coordinator, "incident_known", days_ago(1))
    assert clock(case, "T13").met_at is None
    services.record_milestone(case, coordinator, "incident_notified", days_ago(0))
    assert day_of(clock(case, "T13").met_at) == days_ago(0)
    assert clock(case, "T14").met_at is None
    services.record_milestone(case, coordinator, "rapid_review", days_ago(0))
    assert day_of(clock(case, "T14").met_at) == days_ago(0)


def test_a_review_held_in_the_year_is_finalised_by_its_end(case, coordinator, person):
    review(case, coordinator, person("Panel chair"), until="record_panel")
    ends = day_of(clock(case, "T12").due_at)
    assert (ends.month, ends.day) == (3, 31)
    assert 0 <= (ends - days_ago(0)).days <= 365


def test_steps_of_others_run_only_where_an_area_switches_them_on(notification, coordinator):
    first = Case.objects.get(submissions__submission=receive(notification, invented_answers()))
    assert not first.clocks.filter(rule__code__in=["T1", "T3"]).exists()
    ClockRule.objects.filter(code__in=["T1", "T3", "T5"]).update(active=True)
    receive(notification, invented_answers(nhs_number="not_known"))
    second = Case.objects.exclude(pk=first.pk).get()
    hour = timezone.localtime(clock(second, "T1").started_at)
    assert (day_of(hour), hour.time()) == (second.died_on, dt.time(3, 20))
    services.decide_jar(second, coordinator, "yes", ["sudden_no_cause"])
    assert clock(second, "T5").due_at == clock(second, "T1").started_at + dt.timedelta(hours=24)
    services.record_milestone(second, coordinator, "joint_decision", second.died_on, dt.time(4, 10))
    assert clock(second, "T1").met_at < clock(second, "T1").due_at


def test_a_rule_that_an_area_switched_on_stays_on_when_the_rules_are_loaded_again(roles):
    ClockRule.objects.filter(code="T1").update(active=True)
    ClockRule.objects.filter(code="T10i").delete()
    assert load_clock_rules() == 1
    assert ClockRule.objects.get(code="T1").active
    assert ClockRule.objects.get(code="T10i").active
