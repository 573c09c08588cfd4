"""A case that was signed, turned out to have been heard by too few, and comes to another panel."""

import pytest

from tests.workflow.analyses.writing import ANOTHER, FACTOR, facts, go, held, now, written
from workflow import services as cases
from workflow.analyses.learning import learning_for
from workflow.analyses.selectors import signed
from workflow.analyses.signing import sign
from workflow.meetings.declaring import declare
from workflow.meetings.selectors import item_of
from workflow.models import Analysis, Case, PanelSettings
from workflow.services import MoveRefused

pytestmark = pytest.mark.django_db


@pytest.fixture
def deferred(final, coordinator, chair, person):
    """The chair signed; then a member declares an interest, and without them the panel was not quorate."""
    rule = PanelSettings.load()
    rule.quorum = 6
    rule.save()
    sign(final, chair)
    case = Case.objects.get(pk=final.case_id)
    member = person("Panel member")
    declare(item_of(case), item_of(case).meeting.seats.get(user=member), member, "care")
    return cases.move(case, "defer", chair, "Too few heard it", {"deferred_for": "quorum"})


@pytest.fixture
def again(deferred, coordinator, chair):
    """At the next panel, for which five are enough."""
    rule = PanelSettings.load()
    rule.quorum = 5
    rule.save()
    return held(go(deferred, "schedule_panel", coordinator, chair), coordinator, chair)


def test_what_was_signed_stays_and_is_not_what_the_next_panel_found(deferred, final):
    assert now(final).state == "signed"
    assert (deferred.state, item_of(deferred).outcome) == ("ready_for_panel", "deferred")


def test_the_case_is_not_closed_by_the_signature_of_the_panel_that_did_not_count(again, coordinator, chair):
    for move in ("record_panel", "finalise"):
        with pytest.raises(MoveRefused):
            go(again, move, coordinator, chair)


def test_the_next_panel_changes_the_analysis_and_says_why(again, coordinator):
    with pytest.raises(MoveRefused, match="Say why it must be changed"):
        written(again, "panel", coordinator)
    second = written(again, "panel", coordinator, reason="Another panel heard it.", factors=[FACTOR, ANOTHER])
    assert (second.number, second.item) == (2, item_of(again))


def test_its_signature_takes_the_place_of_the_first_one_and_both_can_be_read(again, final, coordinator, chair):
    second = written(
        again, "panel", coordinator, reason="Another panel.", category_primary="6", factors=[FACTOR, ANOTHER]
    )
    sign(second, chair)
    case = Case.objects.get(pk=again.pk)
    assert (case.state, facts(case)["category"]) == ("panel_reviewed", "6")
    assert signed(case) == second
    assert now(final).state == "replaced"
    assert Analysis.objects.filter(case=case, stage="panel").count() == 2
    assert now(final).says["category_primary"] == "5"


def test_what_is_learned_is_that_of_the_newest_signature_alone(again, doctor, coordinator, chair):
    lesson = [{"text": "Another lesson."}]
    sign(written(again, "panel", coordinator, reason="Another panel.", learning=lesson), chair)
    assert [each.text for each in learning_for(doctor)] == ["Another lesson."]


def test_the_case_goes_on_to_its_end(again, coordinator, chair):
    sign(written(again, "panel", coordinator, reason="Another panel heard it."), chair)
    case = Case.objects.get(pk=again.pk)
    assert go(case, "finalise", coordinator, chair).state == "submitted"
    told = [change.transition for change in case.state_changes.all()]
    assert [name for name in told if name in ("record_panel", "sign_off", "defer")] == [
        "record_panel", "sign_off", "defer", "record_panel", "sign_off",
    ]  # fmt: skip
