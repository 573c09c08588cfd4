"""The chair signs the final analysis; what it says becomes the findings of the case, and nobody types them twice."""

import pytest
from django.core.exceptions import PermissionDenied

from tests.workflow.analyses.writing import ANOTHER, FACTOR, SAYS, facts, go, held, now, written
from tests.workflow.reviewing import ANSWERS, panel, review, somebody
from workflow import services as cases
from workflow.analyses import services
from workflow.analyses.selectors import signed
from workflow.analyses.signing import sign
from workflow.meetings import services as meetings
from workflow.meetings.chairing import name_chair
from workflow.meetings.selectors import item_of
from workflow.models import Case, Interest, Seat
from workflow.services import MoveRefused

pytestmark = pytest.mark.django_db


def again(case):
    return Case.objects.get(pk=case.pk)


def test_signing_records_the_review_with_what_the_analysis_says_and_signs_it_off(final, chair):
    analysis = sign(final, chair)
    assert (analysis.state, analysis.status, analysis.signed_by) == ("signed", "Signed by the chair", chair)
    case = again(final.case)
    assert case.state == "panel_reviewed"
    assert facts(case) | {
        "category": "5",
        "modifiability": "identified",
        "safeguarding_referral": "not_needed",
        "factors_graded": "yes",
        "chair_signed_off": "yes",
    } == facts(case)
    assert [change.transition for change in case.state_changes.all()][-2:] == ["record_panel", "sign_off"]
    assert item_of(case).outcome == "discussed"
    told = case.timeline.filter(kind="analysis").values_list("text", flat=True)
    assert "Final analysis, from the panel, version 1: signed by the chair." in told


def test_a_signed_case_is_finalised_without_another_signature(final, coordinator, chair):
    sign(final, chair)
    assert go(again(final.case), "finalise", coordinator, chair).state == "submitted"


def test_a_case_whose_analysis_was_done_elsewhere_is_recorded_as_before(case, coordinator, chair):
    case = review(case, coordinator, chair, until="record_panel")
    assert facts(case)["category"] == ANSWERS["record_panel"]["category"]


def test_the_findings_are_not_typed_while_an_analysis_waits(final, chair, coordinator):
    with pytest.raises(MoveRefused, match="The final analysis is not signed: waits for the chair’s signature"):
        cases.move(final.case, "record_panel", chair, details=ANSWERS["record_panel"])


def test_they_are_not_typed_while_one_is_being_filled_in_and_are_once_it_is_given_up(before_panel, chair, coordinator):
    analysis = services.begin(before_panel, "panel", coordinator)
    with pytest.raises(MoveRefused, match="being filled in"):
        cases.move(before_panel, "record_panel", chair, details=ANSWERS["record_panel"])
    services.give_up(analysis, coordinator)
    moved = cases.move(again(before_panel), "record_panel", chair, details=ANSWERS["record_panel"])
    assert moved.state == "panel_reviewed"


@pytest.mark.parametrize("role", ["Coordinator", "Designated doctor", "Panel member", "Administrator", "Analyst"])
def test_those_who_chair_no_panel_do_not_sign(final, person, role):
    with pytest.raises(PermissionDenied):
        sign(final, person(role))
    assert now(final).state == "complete"


def test_another_chair_does_not_sign(final, person):
    with pytest.raises(MoveRefused, match="Only the chair of that panel signs: Panel chair No 1"):
        sign(final, person("Panel chair", 2))


def test_a_chair_who_declared_an_interest_does_not_sign(final, chair, coordinator):
    item = item_of(final.case)
    seat = Seat.objects.create(meeting=item.meeting, seat="public_health", user=chair, attended=True)
    Interest.objects.create(item=item, seat=seat, kind="care", declared_by=chair)
    with pytest.raises(MoveRefused, match="You declared an interest"):
        sign(final, chair)


def test_nobody_signs_before_the_panel_was_held(scheduled, coordinator, chair):
    final = written(scheduled, "panel", coordinator, agencies_present=["gp"])
    with pytest.raises(MoveRefused, match="Record first that this meeting was held"):
        sign(final, chair)


def test_where_no_chair_was_named_one_is_named_first(scheduled, coordinator, chair):
    case = held(scheduled, coordinator, None)
    final = written(case, "panel", coordinator, agencies_present=["gp"])
    with pytest.raises(MoveRefused, match="Name the chair first"):
        sign(final, chair)
    name_chair(item_of(case).meeting, coordinator, chair)
    assert sign(final, chair).state == "signed"


def test_a_draft_is_not_signed(discussed, coordinator, chair):
    with pytest.raises(MoveRefused, match="Only a final analysis is signed"):
        sign(written(discussed, "cdrm", coordinator), chair)


def test_signing_twice_or_what_was_replaced_meanwhile_is_refused(final, coordinator, chair):
    stale = now(final)
    newer = written(final.case, "panel", coordinator, factors=[ANOTHER])
    with pytest.raises(MoveRefused, match="Final 1 is now “Replaced by a newer version”"):
        sign(stale, chair)
    sign(newer, chair)
    with pytest.raises(MoveRefused, match="Final 2 is now “Signed by the chair”"):
        sign(newer, chair)
    assert again(final.case).state_changes.filter(transition="record_panel").count() == 1


def test_a_hold_on_the_panel_holds_the_signature_and_nothing_of_it_is_kept(final, coordinator, chair):
    cases.hold(final.case, coordinator, "coroner", ["panel"], final.case.died_on)
    with pytest.raises(MoveRefused, match="On hold"):
        sign(final, chair)
    assert now(final).state == "complete"
    assert "category" not in facts(final.case)


def test_one_that_names_the_child_is_not_signed_until_it_is_changed(before_panel, coordinator, chair):
    final = written(before_panel, "panel", coordinator, agencies_present=["gp"], case_summary="Test was ill.")
    with pytest.raises(MoveRefused, match="The child is named in it"):
        sign(final, chair)
    mended = written(before_panel, "panel", coordinator, case_summary="The child was ill.")
    assert sign(mended, chair).state == "signed"


def test_abuse_as_the_category_goes_with_a_referral(before_panel, coordinator, chair):
    final = written(
        before_panel, "panel", coordinator, agencies_present=["gp"], category_primary="1", cspr_referral="referred"
    )
    sign(final, chair)
    assert facts(before_panel)["safeguarding_referral"] == "referred"


def test_what_the_form_does_not_ask_is_said_with_the_signature(final, chair):
    submission = final.submission
    type(submission).objects.filter(pk=submission.pk).update(
        answers={key: value for key, value in submission.answers.items() if key != "cspr_referral"}
    )
    with pytest.raises(MoveRefused, match="Answer “Referral to safeguarding partners”"):
        sign(final, chair)
    sign(final, chair, {"safeguarding_referral": "already_known", "category": "1"})
    assert facts(final.case)["safeguarding_referral"] == "already_known"
    assert facts(final.case)["category"] == "5"


def test_a_signed_one_is_changed_with_a_reason_and_a_new_signature_and_both_stay(final, coordinator, chair):
    first = sign(final, chair)
    with pytest.raises(MoveRefused, match="Say why it must be changed"):
        services.begin(again(final.case), "panel", coordinator)
    second = written(again(final.case), "panel", coordinator, "Late toxicology", category_primary="3")
    assert (now(first).state, second.reason) == ("signed", "Late toxicology")
    assert facts(final.case)["category"] == "5"
    second = sign(second, chair)
    assert (now(first).state, second.state, second.number) == ("replaced", "signed", 2)
    assert now(first).signed_by == chair
    assert facts(final.case)["category"] == "3"
    assert [fact.value for fact in final.case.recorded_facts.filter(name="category")] == ["5", "3"]
    assert signed(final.case) == second
    assert again(final.case).state_changes.filter(transition="sign_off").count() == 2


def test_a_case_is_not_finalised_while_a_newer_version_waits(final, coordinator, chair):
    sign(final, chair)
    newer = services.begin(again(final.case), "panel", coordinator, "Late toxicology")
    with pytest.raises(MoveRefused, match="The final analysis is not signed"):
        go(again(final.case), "finalise", coordinator, chair)
    services.give_up(newer, coordinator)
    assert go(again(final.case), "finalise", coordinator, chair).state == "submitted"


def test_once_submitted_it_is_changed_only_after_reopening(final, coordinator, chair):
    sign(final, chair)
    case = go(again(final.case), "finalise", coordinator, chair)
    with pytest.raises(MoveRefused, match="once the case is before its panel"):
        services.begin(case, "panel", coordinator, "Late toxicology")
    case = go(go(case, "close", coordinator, chair), "reopen", coordinator, chair)
    newer = written(case, "panel", coordinator, "Late toxicology", category_primary="3")
    with pytest.raises(MoveRefused, match="The final analysis is not signed"):
        go(case, "sign_off", coordinator, chair)
    sign(newer, chair)
    assert go(again(case), "finalise", coordinator, chair).state == "submitted"
    assert facts(case)["category"] == "3"


def test_a_deferred_case_is_signed_at_the_panel_that_reviews_it(final, coordinator, chair):
    case = go(final.case, "defer", coordinator, chair, deferred_for="time")
    meeting = panel(coordinator, kind="themed", theme="invented", chair=chair)
    case = cases.move(case, "schedule_panel", coordinator, details={"meeting": str(meeting.pk)})
    meetings.move(meeting, "hold", coordinator, attended=meeting.seats.values_list("pk", flat=True))
    with pytest.raises(MoveRefused, match="another panel now"):
        sign(final, chair)
    newer = written(case, "panel", coordinator, factors=[FACTOR, ANOTHER])
    assert newer.begun_from == final
    assert sign(newer, chair).item.meeting == meeting


def test_a_case_that_was_recorded_by_hand_can_still_have_its_analysis_signed(scheduled, coordinator, chair):
    name_chair(item_of(scheduled).meeting, coordinator, chair)
    case = go(scheduled, "record_panel", coordinator, chair)
    assert facts(case)["modifiability"] == "none_identified"
    final = written(case, "panel", coordinator, agencies_present=["gp"])
    sign(final, chair)
    assert facts(case)["modifiability"] == "identified"
    assert again(case).state_changes.filter(transition="record_panel").count() == 1


def test_a_member_of_the_panel_keeps_their_hands_off(final):
    member = somebody("Panel member")
    with pytest.raises(PermissionDenied):
        services.begin(final.case, "panel", member)
    with pytest.raises(PermissionDenied):
        services.give_up(final, member)
    assert SAYS["category_primary"] == now(final).submission.answers["category_primary"]
