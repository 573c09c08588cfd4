"""That a CDRM was held is recorded once what it came to is on file; nobody is asked to say so."""

import pytest

from forms.models import Upload
from tests.workflow.analyses.writing import written
from tests.workflow.reviewing import ANSWERS, file_draft, review
from workflow import services
from workflow.analyses import services as analyses
from workflow.attachments.services import withdraw
from workflow.guards import refusals
from workflow.models.attachments import DRAFT_ANALYSIS, MORTALITY_RECORD, PMRT_REPORT
from workflow.services import MoveRefused
from workflow.states import BY_NAME

pytestmark = pytest.mark.django_db


@pytest.fixture
def scheduled_cdrm(case, coordinator, chair):
    return review(case, coordinator, chair, until="schedule_cdrm")


def record(case, by, kind="cdrm"):
    return services.move(case, "record_cdrm", by, details=ANSWERS["record_cdrm"] | {"cdrm_kind": kind})


def test_nobody_is_asked_whether_the_draft_is_on_file():
    assert "draft_analysis_received" not in [asked.name for asked in BY_NAME["record_cdrm"].inputs]


@pytest.mark.parametrize("kind", ["cdrm", "pmrt", "mortality", "final_case_discussion"])
def test_without_anything_on_file_no_meeting_is_recorded(scheduled_cdrm, coordinator, kind):
    assert "No draft analysis is on file" in refusals(scheduled_cdrm, "record_cdrm")[0]
    with pytest.raises(MoveRefused, match="No draft analysis is on file"):
        record(scheduled_cdrm, coordinator, kind)


def test_a_draft_that_was_sent_here_is_on_file(scheduled_cdrm, coordinator):
    written(scheduled_cdrm, "cdrm", coordinator)
    assert record(scheduled_cdrm, coordinator).state == "cdrm_held"


def test_one_that_is_still_being_filled_in_is_not(scheduled_cdrm, coordinator):
    begun = analyses.begin(scheduled_cdrm, "cdrm", coordinator)
    file_draft(scheduled_cdrm, coordinator)
    with pytest.raises(MoveRefused, match="still being filled in"):
        record(scheduled_cdrm, coordinator)
    analyses.give_up(begun, coordinator)
    assert record(scheduled_cdrm, coordinator).state == "cdrm_held"


@pytest.mark.parametrize(
    ("filed", "kind", "accepted"),
    [
        (DRAFT_ANALYSIS, "cdrm", True),
        (DRAFT_ANALYSIS, "pmrt", True),
        (DRAFT_ANALYSIS, "mortality", True),
        (PMRT_REPORT, "pmrt", True),
        (PMRT_REPORT, "cdrm", False),
        (PMRT_REPORT, "mortality", False),
        (MORTALITY_RECORD, "mortality", True),
        (MORTALITY_RECORD, "pmrt", False),
        (MORTALITY_RECORD, "final_case_discussion", False),
    ],
)
def test_a_report_is_accepted_from_the_meeting_that_makes_it(scheduled_cdrm, coordinator, filed, kind, accepted):
    file_draft(scheduled_cdrm, coordinator, filed)
    if accepted:
        assert record(scheduled_cdrm, coordinator, kind).state == "cdrm_held"
    else:
        with pytest.raises(MoveRefused, match="draft analysis"):
            record(scheduled_cdrm, coordinator, kind)


def test_another_document_or_one_that_was_withdrawn_or_is_harmful_does_not_count(scheduled_cdrm, coordinator):
    file_draft(scheduled_cdrm, coordinator, "letter")
    assert refusals(scheduled_cdrm, "record_cdrm")
    withdraw(file_draft(scheduled_cdrm, coordinator), coordinator, "Of another invented child")
    assert refusals(scheduled_cdrm, "record_cdrm")
    Upload.objects.filter(pk=file_draft(scheduled_cdrm, coordinator).upload_id).update(scan="harmful")
    assert refusals(scheduled_cdrm, "record_cdrm")
