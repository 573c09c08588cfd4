"""Triage in the browser: scope and its second person, the Joint Agency Response, who the child is, urgency, holds."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from forms.services import receive
from tests.notifying import days_ago, invented_answers
from tests.workflow.reviewing import triage
from workflow import services
from workflow.models import Case
from workflow.services import MoveRefused

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture
def coordinator(client, person):
    user = person("Coordinator")
    client.force_login(user)
    return user


@pytest.fixture
def unnumbered(notification, roles):
    return Case.objects.get(submissions__submission=receive(notification, invented_answers(nhs_number="")))


def post(client, case, name, data, *args):
    return client.post(reverse(f"cases:{name}", args=[case.reference, *args]), data, follow=True)


def text(response):
    return response.content.decode()


def in_words(days):
    return f"{days_ago(days):%-d %B %Y}"


def test_a_death_is_ruled_out_by_two_people_in_the_browser(client, coordinator, case, person):
    assert "Choose the reason" in text(post(client, case, "scope", {"in_scope": "no"}))
    post(client, case, "scope", {"in_scope": "no", "reason_code": "termination", "text": "Invented"})
    assert "cannot also confirm" in text(post(client, case, "confirm_scope", {}))
    client.force_login(person("Coordinator", 2))
    assert "must be a designated doctor" in text(post(client, case, "confirm_scope", {}))
    client.force_login(person("Designated doctor"))
    post(client, case, "confirm_scope", {})
    assert "Done: Close as out of scope." in text(post(client, case, "move", {}, "rule_out"))
    assert Case.objects.get(pk=case.pk).state == "out_of_scope"


def test_going_against_a_criterion_needs_a_reason(client, coordinator, case):
    decided = {"required": "no", "criteria": ["sudden_no_cause"], "decider_role": "Consultant"}
    assert "Say why a Joint Agency Response is not needed" in text(post(client, case, "jar", decided))
    post(client, case, "jar", decided | {"override_reason": "Cause found at once"})
    assert case.jar_decisions.get().override_reason == "Cause found at once"


@pytest.mark.parametrize("written", ["999 000 0018", "999-000-0018", "9990000018", " 999 000 0018 "])
def test_a_nhs_number_that_comes_later_is_recorded(client, coordinator, unnumbered, written):
    page = text(post(client, unnumbered, "nhs_number", {"nhs_number": written}))
    assert "999 000 0018" in page
    fresh = Case.objects.get(pk=unnumbered.pk)
    assert fresh.record["nhs_number_known"] is True
    assert fresh.identity.details["nhs_number"] == "9990000018"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Give the NHS number, or choose why there is none."),
        ({"nhs_number": "999 000 0019"}, "That is not an NHS number"),
        ({"nhs_number": "hello"}, "That is not an NHS number"),
        ({"nhs_number": "９９９００００018"}, "That is not an NHS number"),
        ({"missing_reason": "other"}, "Select a valid choice"),
    ],
)
def test_what_is_no_nhs_number_is_not_recorded(client, coordinator, unnumbered, data, sentence):
    assert sentence in text(post(client, unnumbered, "nhs_number", data))
    assert not Case.objects.get(pk=unnumbered.pk).record["nhs_number_known"]


def test_the_reason_for_no_number_goes_when_the_number_comes(client, coordinator, unnumbered):
    post(client, unnumbered, "nhs_number", {"missing_reason": "child_non_resident_in_england"})
    assert Case.objects.get(pk=unnumbered.pk).record["nhs_number_missing_reason"] == "child_non_resident_in_england"
    services.record_nhs_number(unnumbered, coordinator, "9990000018")
    assert "nhs_number_missing_reason" not in Case.objects.get(pk=unnumbered.pk).record


def test_a_number_that_another_case_has_warns_of_a_duplicate(coordinator, case, unnumbered):
    services.record_nhs_number(unnumbered, coordinator, "9990000018")
    assert unnumbered.timeline.filter(text__contains=f"duplicate of {case.reference}: same NHS number").exists()


def test_the_timeline_never_holds_the_number(coordinator, unnumbered):
    services.record_nhs_number(unnumbered, coordinator, "9990000018")
    assert not unnumbered.timeline.filter(text__contains="999").exists()


def test_the_number_is_recorded_only_by_those_who_may_see_it(person, unnumbered):
    for role in ("Panel chair", "Panel member", "Analyst", "Information governance", "Site editor"):
        with pytest.raises(PermissionDenied):
            services.record_nhs_number(unnumbered, person(role), "9990000018")


def test_a_case_is_marked_as_urgent_and_dealt_with(client, coordinator, case):
    assert "Mark as urgent" in text(client.get(reverse("cases:urgency", args=[case.reference])))
    assert "This field is required" in text(post(client, case, "urgency", {"urgent": "True"}))
    page = text(post(client, case, "urgency", {"urgent": "True", "text": "A sibling is ill"}))
    assert "cdop-flag--urgent" in page
    page = text(post(client, case, "urgency", {"urgent": "False", "text": "Seen at home, well"}))
    assert "cdop-flag--urgent" not in page
    assert "No longer urgent." in page
    assert "Seen at home, well" in page


def test_pressing_it_twice_says_it_once(coordinator, case):
    for _ in range(2):
        services.set_urgent(case, coordinator, True, "A sibling is ill")
    assert case.timeline.filter(text="Marked as urgent.").count() == 1


def test_a_hold_shows_what_waits_and_why(client, coordinator, case):
    data = {
        "kind": "criminal",
        "blocks": ["panel", "finalise"],
        "started_on": in_words(2),
        "review_on": in_words(-30),
        "reason": "Police asked us to wait",
    }
    page = text(post(client, case, "hold", data))
    for words in (
        "Criminal investigation",
        "Waits: Panel, Finalising",
        f"Look again on {in_words(-30)}",
        "Police asked",
    ):
        assert words in page


@pytest.mark.parametrize("name", ["expected_end", "review_on"])
def test_a_hold_cannot_end_or_be_looked_at_before_it_starts(client, coordinator, case, name):
    data = {"kind": "coroner", "blocks": ["panel"], "started_on": in_words(2), name: in_words(5)}
    assert "cannot be before the hold starts" in text(post(client, case, "hold", data))
    assert not case.holds.exists()


def test_a_hold_ends_after_it_started_and_once(coordinator, case):
    held = services.hold(case, coordinator, "coroner", ["panel"], days_ago(2))
    with pytest.raises(MoveRefused, match="before it starts"):
        services.end_hold(held, coordinator, days_ago(3))
    for _ in range(2):
        services.end_hold(held, coordinator, days_ago(0))
    assert case.timeline.filter(text__startswith="Hold ended").count() == 1


def test_a_hold_is_not_ended_ahead_of_its_end(client, coordinator, case):
    held = services.hold(case, coordinator, "criminal", ["panel"], days_ago(2))
    assert "enter today or a day before" in text(post(client, case, "end_hold", {"ended_on": in_words(-1)}, held.pk))
    assert case.holds.get().ended_on is None


def test_a_hold_of_another_case_is_not_found(client, coordinator, case, unnumbered):
    held = services.hold(unnumbered, coordinator, "coroner", [], days_ago(1))
    assert post(client, case, "end_hold", {"ended_on": in_words(0)}, held.pk).status_code == 404


@pytest.mark.parametrize("written", ["3 March 2026", "3 Mar 2026", "03/03/2026", "3/3/26", "2026-03-03"])
def test_a_day_is_read_as_people_write_it(written):
    from workflow.action_forms import DayField

    assert DayField().clean(written).isoformat() == "2026-03-03"


def test_a_form_offers_days_in_words(client, coordinator, case):
    page = text(client.get(reverse("cases:hold", args=[case.reference])))
    assert f'value="{days_ago(0):%d %B %Y}"' in page


def test_a_meeting_that_was_planned_is_offered_as_the_day_it_was_held(client, coordinator, case, person):
    from tests.workflow.reviewing import review

    review(case, coordinator, person("Panel chair"), until="schedule_cdrm")
    page = text(client.get(reverse("cases:move", args=[case.reference, "record_cdrm"])))
    assert f'value="{days_ago(1):%d %B %Y}"' in page


def test_only_what_a_move_asks_is_asked(client, coordinator, case):
    triage(case, coordinator)
    page = text(client.get(reverse("cases:move", args=[case.reference, "accept"])))
    assert 'name="reason"' in page
    assert 'name="category"' not in page
