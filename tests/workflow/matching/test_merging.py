"""Two cases about one child become one, and can be put back as they were."""

import pytest
from django.core.exceptions import PermissionDenied

from forms.models import AuditEntry
from tests.notifying import days_ago
from tests.workflow.reviewing import review, triage
from workflow import services
from workflow.matching.selectors import alike
from workflow.models import Case, MatchKey
from workflow.services import MoveRefused
from workflow.states import State

pytestmark = pytest.mark.django_db
UNNUMBERED = {"nhs_number": "", "nhs_number_missing_reason": "not_currently_available"}


def merge(merged, kept, by):
    services.move(merged, "mark_duplicate", by, details={"duplicate_of": kept.reference})


def undo(merged, by, reason="Two children of one name"):
    services.move(merged, "undo_duplicate", by, reason)


def everything(case):
    """What a case is, but for its history."""
    case = Case.objects.get(pk=case.pk)
    return {
        "state": case.state,
        "urgent": case.urgent,
        "record": case.record,
        "duplicate_of": case.duplicate_of,
        "identity": case.identity.details,
        "keys": set(MatchKey.objects.filter(identity__case=case).values_list("hashed", flat=True)),
        "number": case.identity.nhs_number_hash,
        "submissions": set(case.submissions.values_list("submission__reference", "submission__source")),
        "clocks": list(case.clocks.values_list("rule__code", "due_at", "met_at")),
    }


def test_a_merge_keeps_both_notifications_with_their_references_and_sources(notify, coordinator):
    kept, merged = notify(), notify(notifier_name="Invented Midwife")
    references = {row for each in (kept, merged) for row in everything(each)["submissions"]}
    merge(merged, kept, coordinator)
    assert everything(kept)["submissions"] == references
    names = {item.submission.all_answers()["notifier_name"] for item in kept.submissions.all()}
    assert names == {"Invented Registrar", "Invented Midwife"}


def test_the_audit_log_has_both_cases_in_a_merge_and_in_its_undoing(notify, coordinator):
    kept, merged = notify(), notify()
    merge(merged, kept, coordinator)
    undo(merged, coordinator)
    by_hand = AuditEntry.objects.filter(by=coordinator).order_by("pk")
    assert list(by_hand.filter(about=kept.reference).values_list("what", flat=True)) == ["case.received"] * 2
    moves = by_hand.filter(about=merged.reference, what__startswith="case.move.")
    assert list(moves.values_list("what", flat=True)) == ["case.move.mark_duplicate", "case.move.undo_duplicate"]


def test_both_timelines_tell_of_the_merge(notify, coordinator):
    kept, merged = notify(), notify()
    merge(merged, kept, coordinator)
    assert kept.timeline.filter(text=f"Case {merged.reference} is the same child. Its notifications are now here.")
    assert merged.timeline.filter(kind="moved", text__contains="Mark as a duplicate")


@pytest.mark.parametrize(
    ("kept", "merged"),
    [
        ({}, {}),
        (UNNUMBERED, {}),
        ({"nhs_number": "not_known"}, {"sibling_concerns": "yes"}),
        ({"sibling_concerns": "yes"}, UNNUMBERED),
        (UNNUMBERED, UNNUMBERED),
    ],
)
def test_undoing_puts_both_back_exactly_as_they_were(notify, coordinator, kept, merged):
    kept, merged = notify(**kept), notify(**merged)
    before = [everything(kept), everything(merged)]
    merge(merged, kept, coordinator)
    assert [everything(kept), everything(merged)] != before
    undo(merged, coordinator)
    assert [everything(kept), everything(merged)] == before


def test_merging_again_after_undoing_merges_again(notify, coordinator):
    kept, merged = notify(**UNNUMBERED), notify()
    for _ in range(2):
        merge(merged, kept, coordinator)
        assert everything(kept)["identity"]["nhs_number"] == "9990000018"
        undo(merged, coordinator)
        assert everything(kept)["identity"]["nhs_number"] == ""


def test_the_history_of_a_merge_is_kept_when_it_is_undone(notify, coordinator):
    kept, merged = notify(), notify()
    merge(merged, kept, coordinator)
    undo(merged, coordinator, "Born a year apart")
    moves = list(merged.state_changes.values_list("transition", "target"))
    assert moves[-2:] == [("mark_duplicate", "duplicate"), ("undo_duplicate", "notified")]
    assert merged.state_changes.last().reason == "Born a year apart"
    assert kept.timeline.filter(text__contains="not the same child after all").exists()
    assert not merged.facts["duplicate_of"]


def test_undoing_needs_a_reason_and_the_right(notify, coordinator, person):
    kept, merged = notify(), notify()
    merge(merged, kept, coordinator)
    with pytest.raises(MoveRefused, match="Give the reason"):
        undo(merged, coordinator, "  ")
    for role in ("Designated doctor", "Panel chair", "Information governance"):
        with pytest.raises(PermissionDenied):
            undo(merged, person(role))
    assert everything(merged)["state"] == State.DUPLICATE


def test_a_number_that_was_corrected_since_stays_corrected(notify, coordinator):
    kept, merged = notify(**UNNUMBERED), notify()
    merge(merged, kept, coordinator)
    services.record_nhs_number(kept, coordinator, "9990000506")
    undo(merged, coordinator)
    assert everything(kept)["identity"]["nhs_number"] == "9990000506"
    assert everything(kept)["record"]["nhs_number_known"]


def test_urgency_that_somebody_marked_since_stays(notify, coordinator):
    kept, merged = notify(), notify(sibling_concerns="yes")
    merge(merged, kept, coordinator)
    services.set_urgent(kept, coordinator, False, "Seen")
    services.set_urgent(kept, coordinator, True, "A sister was not seen")
    undo(merged, coordinator)
    assert everything(kept)["urgent"]
    assert everything(merged)["urgent"]


def test_what_was_done_on_the_kept_case_since_stays(notify, coordinator, person):
    kept, merged = notify(), notify()
    merge(merged, kept, coordinator)
    review(kept, coordinator, person("Panel chair"), until="schedule_panel")
    undo(merged, coordinator)
    assert everything(kept)["state"] == State.PANEL_SCHEDULED
    triage(merged, coordinator)
    assert services.move(merged, "accept", coordinator).state == State.INFORMATION_GATHERING


def test_a_merge_cannot_be_undone_once_both_were_submitted_as_one(notify, coordinator, person):
    kept, merged = notify(), notify()
    merge(merged, kept, coordinator)
    review(kept, coordinator, person("Panel chair"), until="finalise")
    with pytest.raises(MoveRefused, match="submitted to NCMD since, with the notifications of both"):
        undo(merged, coordinator)


def test_a_merge_cannot_be_undone_once_another_panel_has_the_review(notify, coordinator):
    kept, merged = notify(), notify()
    merge(merged, kept, coordinator)
    services.move(kept, "offer_transfer", coordinator, details={"receiving_area": "Invented CDOP"})
    services.move(kept, "transfer_accepted", coordinator, details={"transfer_acknowledgement": "By phone"})
    with pytest.raises(MoveRefused, match=f"Case {kept.reference} is a stub now: another panel has the review"):
        undo(merged, coordinator)


def test_a_late_notification_merged_by_mistake_into_a_closed_case_can_go_back(notify, coordinator, person):
    kept = review(notify(), coordinator, person("Panel chair"), until="close")
    merged = notify()
    merge(merged, kept, coordinator)
    undo(merged, coordinator)
    assert everything(merged)["state"] == State.NOTIFIED


def test_merges_are_undone_in_the_order_in_which_they_rest_on_one_another(notify, coordinator):
    first, second, third = notify(), notify(**UNNUMBERED), notify(sibling_concerns="yes")
    before = [everything(each) for each in (first, second, third)]
    merge(third, second, coordinator)
    merge(second, first, coordinator)
    assert len(everything(first)["submissions"]) == 3
    with pytest.raises(MoveRefused, match=f"{second.reference} has been merged into {first.reference} since"):
        undo(third, coordinator)
    undo(second, coordinator)
    undo(third, coordinator)
    assert [everything(each) for each in (first, second, third)] == before


def test_a_merge_from_before_merges_could_be_undone_says_so(notify, coordinator):
    kept, merged = notify(), notify()
    merge(merged, kept, coordinator)
    last = merged.state_changes.last()
    last.pk, last.details = None, {"duplicate_of": kept.reference}
    last.save(force_insert=True)
    with pytest.raises(MoveRefused, match="what came from which case was not kept"):
        undo(merged, coordinator)


def test_undoing_twice_is_told_plainly(notify, coordinator):
    kept, merged = notify(), notify()
    merge(merged, kept, coordinator)
    undo(merged, coordinator)
    with pytest.raises(MoveRefused, match="already been done by Coordinator No 1"):
        undo(merged, coordinator)


def test_after_undoing_the_two_are_proposed_again(notify, coordinator):
    kept, merged = notify(), notify()
    merge(merged, kept, coordinator)
    assert alike(kept) == []
    undo(merged, coordinator)
    assert [found.case for found in alike(kept)] == [merged]


def test_time_limits_of_a_case_that_comes_back_are_what_they_were(notify, coordinator):
    kept, merged = notify(), notify(died=days_ago(20), born=days_ago(900))
    clocks = everything(merged)["clocks"]
    merge(merged, kept, coordinator)
    undo(merged, coordinator)
    assert everything(merged)["clocks"] == clocks != []
