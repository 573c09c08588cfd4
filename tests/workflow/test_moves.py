"""The one door for a change of state."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests.notifying import days_ago, invented_answers
from tests.workflow.reviewing import ANSWERS, TO_CLOSED, file_draft, mover, prepared, review, triage
from workflow import services
from workflow.models import Case, StateChange
from workflow.services import MoveRefused
from workflow.states import BEFORE_SUBMITTED, BY_NAME, MOVES, State

pytestmark = pytest.mark.django_db


def test_the_table_and_the_transitions_of_the_model_agree():
    field = Case._meta.get_field("state")
    found = {(t.name, t.source, t.target) for t in field.get_all_transitions(Case)}
    assert found == {(m.name, str(source), str(m.target)) for m in MOVES for source in m.sources}


def test_a_case_goes_the_whole_way_to_closed(case, coordinator, chair):
    case = review(case, coordinator, chair, until="close")
    assert case.state == State.CLOSED
    history = list(case.state_changes.values_list("source", "target"))
    assert history[0] == ("", "notified")
    assert [target for _, target in history[:-1]] == [source for source, _ in history[1:]]


def test_state_cannot_be_assigned_nor_updated(case):
    with pytest.raises(AttributeError):
        case.state = "closed"
    with pytest.raises(ValidationError):
        Case.objects.update(state="closed")


def test_history_is_never_changed_nor_deleted(case):
    change = case.state_changes.get()
    for attempt in (
        lambda: change.save(),
        lambda: change.delete(),
        lambda: StateChange.objects.update(target="closed"),
        lambda: StateChange.objects.all().delete(),
        lambda: case.delete(),
    ):
        with pytest.raises(ValidationError):
            attempt()


def test_accepting_needs_scope_and_jar_decisions_and_says_so(case, coordinator):
    with pytest.raises(MoveRefused) as refused:
        services.move(case, "accept", coordinator)
    assert "Record the scope decision first." in refused.value.reasons
    assert "Record whether a Joint Agency Response is needed." in refused.value.reasons
    assert Case.objects.get(pk=case.pk).state == State.NOTIFIED


def test_a_pending_jar_decision_is_not_a_decision(case, coordinator):
    services.decide_scope(case, coordinator, in_scope=True)
    services.decide_jar(case, coordinator, "pending", [])
    with pytest.raises(MoveRefused, match="Joint Agency Response"):
        services.move(case, "accept", coordinator)


def test_a_refused_move_leaves_nothing_behind(case, coordinator):
    triage(case, coordinator)
    case = services.move(case, "accept", coordinator)
    lines = case.timeline.count()
    with pytest.raises(MoveRefused):
        services.move(case, "information_complete", coordinator, details={"returns": "waived"})
    assert case.timeline.count() == lines
    assert "returns" not in case.facts


@pytest.mark.parametrize(("name", "details"), [step for step in TO_CLOSED if step[1]])
def test_every_answer_a_move_asks_for_is_needed(case, coordinator, chair, name, details):
    steps = [step for step, _ in TO_CLOSED]
    case = review(case, coordinator, chair, until=steps[steps.index(name) - 1])
    by = mover(name, coordinator, chair)
    details = details | prepared(name, case, coordinator)
    for missing in details:
        with pytest.raises(MoveRefused):
            services.move(case, name, by, details={key: value for key, value in details.items() if key != missing})
    assert services.move(case, name, by, details=details).state == BY_NAME[name].target


def test_a_hold_blocks_only_the_stage_it_names(case, coordinator, chair):
    case = review(case, coordinator, chair, until="accept")
    held = services.hold(case, coordinator, "coroner", ["panel"], days_ago(1))
    case = services.move(case, "information_complete", coordinator, details={"returns": "returned"})
    file_draft(case, coordinator)
    for name in ("schedule_cdrm", "record_cdrm", "check_quality"):
        case = services.move(case, name, mover(name, coordinator, chair), details=ANSWERS[name])
    with pytest.raises(MoveRefused, match="On hold: Coroner"):
        services.move(case, "quality_checked", coordinator, details=ANSWERS["quality_checked"])
    services.end_hold(held, coordinator, days_ago(0))
    moved = services.move(case, "quality_checked", coordinator, details=ANSWERS["quality_checked"])
    assert moved.state == "ready_for_panel"


def test_waiving_an_agency_needs_a_reason(case, coordinator, chair):
    case = review(case, coordinator, chair, until="accept")
    moved = services.move(
        case, "information_complete", coordinator, reason="Service has closed", details={"returns": "waived"}
    )
    assert moved.state_changes.last().reason == "Service has closed"


def test_out_of_scope_needs_a_second_person(case, coordinator, person):
    services.decide_scope(case, coordinator, in_scope=False, reason_code="termination")
    with pytest.raises(MoveRefused, match="second person"):
        services.move(case, "rule_out", coordinator, reason="Termination")
    with pytest.raises(MoveRefused, match="cannot also confirm"):
        services.confirm_scope(case, coordinator)
    with pytest.raises(MoveRefused, match="designated doctor"):
        services.confirm_scope(case, person("Coordinator", 2))
    services.confirm_scope(case, person("Designated doctor"))
    assert services.move(case, "rule_out", coordinator, reason="Termination").state == State.OUT_OF_SCOPE


def test_who_decided_cannot_confirm(case, person):
    doctor = person("Designated doctor")
    services.decide_scope(case, doctor, in_scope=False, reason_code="termination")
    with pytest.raises(MoveRefused, match="cannot also confirm"):
        services.confirm_scope(case, doctor)
    services.confirm_scope(case, person("Coordinator"))


def test_facts_may_put_a_case_out_of_scope_until_it_is_submitted():
    assert BY_NAME["rule_out"].sources == BEFORE_SUBMITTED
    assert State.SUBMITTED not in BEFORE_SUBMITTED


def test_a_duplicate_gives_its_notification_to_the_case_that_is_kept(case, notification, coordinator):
    from forms.services import receive

    receive(notification, invented_answers(notifier_name="Second Notifier"))
    second = Case.objects.exclude(pk=case.pk).get()
    assert "May be a duplicate" in second.timeline.filter(kind="warned").first().text
    services.move(second, "mark_duplicate", coordinator, details={"duplicate_of": case.reference})
    assert case.submissions.count() == 2
    assert second.submissions.count() == 0


def test_a_case_is_not_a_duplicate_of_itself_or_of_nothing(case, coordinator):
    for reference in (case.reference, "1999-0001", ""):
        with pytest.raises(MoveRefused):
            services.move(case, "mark_duplicate", coordinator, details={"duplicate_of": reference})


def test_a_transfer_is_offered_declined_offered_again_and_accepted(case, coordinator):
    offer = {"receiving_area": "Invented CDOP"}
    case = services.move(case, "offer_transfer", coordinator, details=offer)
    case = services.move(case, "transfer_declined", coordinator, reason="Child lived here after all")
    assert case.state == State.NOTIFIED
    case = services.move(case, "offer_transfer", coordinator, details=offer)
    done = {"transfer_acknowledgement": "Their coordinator, by phone"}
    assert services.move(case, "transfer_accepted", coordinator, details=done).state == State.TRANSFERRED_OUT


def test_the_chair_defers_with_a_reason(case, coordinator, chair):
    case = review(case, coordinator, chair, until="schedule_panel")
    with pytest.raises(MoveRefused, match="Why it waits"):
        services.move(case, "defer", chair)
    assert services.move(case, "defer", chair, details={"deferred_for": "hold"}).state == State.READY_FOR_PANEL


def test_finalising_needs_the_chair_to_sign_off_after_the_last_review(case, coordinator, chair):
    case = review(case, coordinator, chair, until="record_panel")
    with pytest.raises(MoveRefused, match="chair must sign off"):
        services.move(case, "finalise", coordinator, details={"ncmd_checks_passed": "yes"})
    case = review_on(case, coordinator, chair)
    case = services.move(case, "reopen", chair, reason="The inquest has ended")
    with pytest.raises(MoveRefused, match="chair must sign off"):
        services.move(case, "finalise", coordinator, details={"ncmd_checks_passed": "yes"})


def review_on(case, coordinator, chair):
    for name in ("sign_off", "finalise", "close"):
        case = services.move(case, name, mover(name, coordinator, chair), details=ANSWERS[name])
    return case


def test_the_coordinator_does_not_decide_the_category_alone(case, coordinator, chair):
    case = review(case, coordinator, chair, until="schedule_panel")
    with pytest.raises(PermissionDenied):
        services.move(case, "record_panel", coordinator, details=ANSWERS["record_panel"])


def test_the_same_move_twice_is_told_plainly(case, coordinator):
    triage(case, coordinator)
    services.move(case, "accept", coordinator)
    with pytest.raises(MoveRefused, match="already been done by Coordinator No 1"):
        services.move(case, "accept", coordinator)
    assert case.state_changes.filter(transition="accept").count() == 1


def test_a_stale_copy_cannot_win(case, coordinator):
    triage(case, coordinator)
    stale = Case.objects.get(pk=case.pk)
    services.move(case, "offer_transfer", coordinator, details={"receiving_area": "Invented CDOP"})
    with pytest.raises(MoveRefused, match="has moved on"):
        services.move(stale, "accept", coordinator)
