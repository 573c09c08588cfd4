"""Drafts and final analyses: when they are begun, by whom, with which answers, and which version counts."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from forms.models import Draft, Form, Submission
from forms.services import clear_drafts, freeze
from forms.stream import streams
from tests.notifying import days_ago
from tests.workflow.analyses.writing import ANOTHER, FACTOR, SAYS, go, held, now, send, shipped, written
from tests.workflow.reviewing import review
from workflow import services as cases
from workflow.analyses import services
from workflow.analyses.selectors import in_hand, newest, to_sign
from workflow.analyses.starting import age_in_units
from workflow.models import Analysis, Case, TimelineEntry
from workflow.selectors import answers_without_a_case
from workflow.services import MoveRefused

pytestmark = pytest.mark.django_db


def told(case):
    return list(TimelineEntry.objects.filter(case=case, kind="analysis").order_by("pk").values_list("text", flat=True))


def test_a_draft_is_begun_filled_in_and_kept_with_the_case(discussed, coordinator):
    analysis = services.begin(discussed, "cdrm", coordinator)
    assert (analysis.state, analysis.number, str(analysis)) == ("begun", 1, "Draft 1")
    analysis = send(analysis, **SAYS)
    assert (analysis.state, analysis.status) == ("complete", "Complete")
    assert analysis.submission.answers["category_primary"] == "5"
    assert told(discussed) == [
        "Draft analysis, from the CDRM: began.",
        "Draft analysis, from the CDRM, version 1: complete.",
    ]
    assert [change.transition for change in analysis.changes.all()] == ["begin", "complete"]


def test_it_begins_with_what_is_known_of_the_case_and_its_meeting(discussed, coordinator):
    draft = services.begin(discussed, "cdrm", coordinator).draft
    answers = draft.answers
    assert answers["analysis_status"] == "draft"
    assert answers["meeting_type"] == "cdrm"
    assert answers["meeting_date"] == days_ago(1).isoformat()
    assert answers["chair_role"] == "Consultant paediatrician"
    assert answers["case_identifier"] == discussed.reference
    assert (answers["age_at_death"], answers["age_at_death_unit"]) == (6, "years")
    assert answers["sex"] == "female"
    assert set(draft.fixed) == {"analysis_status", "case_identifier"}


@pytest.mark.parametrize(
    ("born", "died", "age"),
    [
        ("2026-03-01", "2026-03-01", (0, "days")),
        ("2026-03-01", "2026-03-28", (27, "days")),
        ("2026-03-01", "2026-03-29", (0, "months")),
        ("2026-03-01", "2026-04-01", (1, "months")),
        ("2026-01-31", "2026-03-30", (1, "months")),
        ("2024-03-01", "2026-02-28", (23, "months")),
        ("2024-03-01", "2026-03-01", (2, "years")),
    ],
)
def test_an_age_is_told_in_the_unit_that_fits_it(born, died, age):
    assert age_in_units(dt.date.fromisoformat(born), dt.date.fromisoformat(died)) == age


def test_to_begin_twice_gives_the_one_that_is_being_filled_in(discussed, coordinator, doctor):
    first = services.begin(discussed, "cdrm", coordinator)
    assert services.begin(discussed, "cdrm", doctor) == first
    assert Draft.objects.count() == 1


def test_a_draft_is_changed_by_a_new_version_and_both_stay(discussed, coordinator, doctor):
    first = written(discussed, "cdrm", coordinator)
    second = written(discussed, "cdrm", doctor, category_primary="7")
    first = now(first)
    assert (first.state, second.state, second.number) == ("replaced", "complete", 2)
    assert first.submission.answers["category_primary"] == "5"
    assert second.submission.answers["category_primary"] == "7"
    assert second.submission.all_answers()["factors"] == [FACTOR]
    assert newest(discussed, "cdrm") == second


def test_the_final_one_begins_as_a_copy_of_the_newest_draft_but_for_what_the_meeting_says_of_itself(
    before_panel, coordinator
):
    analysis = services.begin(before_panel, "panel", coordinator)
    answers = analysis.draft.answers
    assert analysis.begun_from == newest(before_panel, "cdrm")
    assert answers["category_primary"] == "5"
    assert [{key: item[key] for key in FACTOR} for item in answers["factors"]] == [FACTOR]
    assert answers["analysis_status"] == "final"
    assert answers["meeting_type"] == "cdop"
    assert answers["meeting_date"] == days_ago(0).isoformat()
    assert answers["chair_role"] == answers["finalised_by_role"] == "Consultant in public health"
    assert "agencies_present" not in answers


def test_where_the_draft_was_written_elsewhere_the_final_one_begins_without_one(case, coordinator, chair):
    case = review(case, coordinator, chair, until="schedule_panel")
    case = held(case, coordinator, chair)
    analysis = services.begin(case, "panel", coordinator)
    assert analysis.begun_from is None
    assert send(analysis, **SAYS).status == "Waits for the chair’s signature"


def test_answers_that_a_newer_form_takes_are_carried_over_and_the_others_are_not(discussed, coordinator):
    written(discussed, "cdrm", coordinator)
    form, data = Form.objects.get(slug="analysis"), shipped()
    pages = [page for page in data["pages"] if page["key"] != "learning"]
    for name, stream in streams(data | {"pages": pages}).items():
        setattr(form, name, stream)
    form.save()
    newer = freeze(form)
    draft = services.begin(discussed, "cdrm", coordinator).draft
    assert draft.version == newer
    assert "learning" not in draft.answers
    assert draft.answers["factors"][0]["description"] == FACTOR["description"]


def test_it_is_complete_only_at_the_panel_at_which_it_was_discussed(before_panel, coordinator):
    final = written(before_panel, "panel", coordinator, agencies_present=["gp"])
    assert final.item.case == before_panel
    assert to_sign(before_panel) == final


def test_a_draft_is_begun_on_the_day_of_the_cdrm_and_not_before(case, coordinator, chair):
    case = review(case, coordinator, chair, until="information_complete")
    with pytest.raises(MoveRefused, match="after the CDRM and before the panel"):
        services.begin(case, "cdrm", coordinator)
    when = {"cdrm_on": days_ago(-3).isoformat(), "cdrm_chair": "Consultant"}
    case = cases.move(case, "schedule_cdrm", coordinator, details=when)
    with pytest.raises(MoveRefused, match="has not been held yet"):
        services.begin(case, "cdrm", coordinator)
    when["cdrm_on"] = days_ago(0).isoformat()
    case = cases.move(case, "reschedule_cdrm", coordinator, "Invented reason", when)
    assert services.begin(case, "cdrm", coordinator).state == "begun"


def test_the_final_one_waits_for_the_agenda_the_day_and_the_draft(discussed, coordinator, chair):
    draft = services.begin(discussed, "cdrm", coordinator)
    with pytest.raises(MoveRefused, match="once the case is before its panel"):
        services.begin(discussed, "panel", coordinator)
    case = go(send(draft, **SAYS).case, "check_quality", coordinator, chair)
    case = go(case, "quality_checked", coordinator, chair)
    case = go(case, "schedule_panel", coordinator, chair)
    services.begin(case, "cdrm", coordinator)
    with pytest.raises(MoveRefused, match="draft analysis is still being filled in"):
        services.begin(case, "panel", coordinator)


def test_the_final_one_is_not_begun_before_the_day_of_the_panel(scheduled, coordinator):
    meeting = scheduled.agenda_items.get(meeting__kind="panel").meeting
    type(meeting).objects.filter(pk=meeting.pk).update(
        starts_at=meeting.starts_at + dt.timedelta(days=3), ends_at=meeting.ends_at + dt.timedelta(days=3)
    )
    with pytest.raises(MoveRefused, match="has not met yet"):
        services.begin(scheduled, "panel", coordinator)


def test_it_is_begun_while_the_panel_still_sits(scheduled, coordinator):
    assert services.begin(scheduled, "panel", coordinator).stage == "panel"


def test_a_draft_is_no_longer_changed_once_the_panel_has_begun_or_was_held(scheduled, coordinator, chair):
    final = services.begin(scheduled, "panel", coordinator)
    with pytest.raises(MoveRefused, match="The panel has begun its final analysis"):
        services.begin(scheduled, "cdrm", coordinator)
    services.give_up(final, coordinator)
    case = held(scheduled, coordinator, chair)
    with pytest.raises(MoveRefused, match="The panel has been held"):
        services.begin(case, "cdrm", coordinator)


def test_a_deferred_case_waits_for_another_panel(before_panel, coordinator, chair):
    case = cases.move(before_panel, "defer", chair, details={"deferred_for": "time"})
    with pytest.raises(MoveRefused, match="once the case is before its panel"):
        services.begin(case, "panel", coordinator)


WRITE = {
    "cdrm": {"Coordinator", "Designated doctor", "Administrator"},
    "panel": {"Coordinator", "Panel chair", "Administrator"},
}


@pytest.mark.parametrize("role", ["Designated doctor", "Panel chair", "Panel member", "Analyst", "Administrator"])
@pytest.mark.parametrize("stage", WRITE)
def test_only_those_whose_meeting_it_is_write_it(before_panel, person, coordinator, stage, role):
    if role in WRITE[stage]:
        with transaction.atomic():
            if stage == "panel":
                services.begin(before_panel, stage, person(role))
        return
    with pytest.raises(PermissionDenied):
        services.begin(before_panel, stage, person(role))


def test_somebody_else_goes_on_with_it_and_is_told_as_who_sent_it(before_panel, coordinator, chair, doctor):
    analysis = services.begin(before_panel, "panel", coordinator)
    assert services.go_on(analysis, chair) == analysis.draft
    with pytest.raises(PermissionDenied):
        services.go_on(analysis, doctor)
    analysis = send(analysis, agencies_present=["gp"])
    assert analysis.changes.get(transition="complete").by == chair
    with pytest.raises(MoveRefused, match="Waits for the chair"):
        services.go_on(analysis, chair)


def test_answers_that_lay_untouched_for_too_long_begin_anew(discussed, coordinator):
    analysis = services.begin(discussed, "cdrm", coordinator)
    assert clear_drafts(dt.timedelta(microseconds=1)) == 1
    analysis = now(analysis)
    assert analysis.draft is None
    assert services.go_on(analysis, coordinator).answers["case_identifier"] == discussed.reference
    assert send(analysis, **SAYS).state == "complete"


def test_what_was_begun_by_mistake_is_given_up_and_its_answers_forgotten(discussed, coordinator):
    analysis = services.begin(discussed, "cdrm", coordinator)
    services.give_up(analysis, coordinator)
    assert now(analysis).state == "given_up"
    assert not Draft.objects.exists()
    assert in_hand(discussed, "cdrm") is None
    with pytest.raises(MoveRefused, match="Given up"):
        services.give_up(analysis, coordinator)
    assert services.begin(discussed, "cdrm", coordinator).number == 2


def test_what_was_sent_is_not_given_up(discussed, coordinator):
    analysis = written(discussed, "cdrm", coordinator)
    with pytest.raises(MoveRefused, match="Complete"):
        services.give_up(analysis, coordinator)


def test_without_its_form_nothing_is_begun(discussed, coordinator):
    Form.objects.update(live=False)
    with pytest.raises(MoveRefused, match="not published"):
        services.begin(discussed, "cdrm", coordinator)
    assert not Analysis.objects.exists()


def test_an_analysis_is_neither_a_notification_nor_an_answer_about_no_case(discussed, coordinator):
    before = discussed.submissions.count()
    analysis = written(discussed, "cdrm", coordinator)
    assert discussed.submissions.count() == before
    assert analysis.submission not in answers_without_a_case(coordinator)
    assert Submission.objects.count() == before + 1


def test_a_pack_stays_current_when_an_analysis_is_sent(scheduled, coordinator):
    from workflow.packs.selectors import has_current_pack

    written(scheduled, "cdrm", coordinator)
    assert has_current_pack(scheduled) == ""


def test_the_doctor_confirms_again_what_was_changed_since(discussed, coordinator, chair):
    written(discussed, "cdrm", coordinator)
    case = go(discussed, "check_quality", coordinator, chair)
    written(case, "cdrm", coordinator, factors=[FACTOR, ANOTHER])
    with pytest.raises(MoveRefused, match="changed since its quality was confirmed"):
        go(case, "quality_checked", coordinator, chair)
    case = go(case, "check_quality", coordinator, chair)
    assert go(case, "quality_checked", coordinator, chair).state == "ready_for_panel"


def test_its_quality_is_not_confirmed_while_it_is_being_filled_in(discussed, coordinator, chair):
    services.begin(discussed, "cdrm", coordinator)
    with pytest.raises(MoveRefused, match="still being filled in"):
        go(discussed, "check_quality", coordinator, chair)


def test_one_that_names_the_child_is_kept_and_staff_are_warned(discussed, coordinator):
    analysis = written(discussed, "cdrm", coordinator, case_summary="Test Invented had asthma.")
    assert analysis.names_child
    assert discussed.timeline.filter(kind="warned", text__contains="the child is named in it").exists()
    factors = [FACTOR | {"description": "The asthma of Invented."}]
    assert written(discussed, "cdrm", coordinator, case_summary="x", factors=factors).names_child
    assert not written(discussed, "cdrm", coordinator, factors=[FACTOR]).names_child


def test_nothing_but_the_services_changes_a_state(discussed, coordinator):
    analysis = services.begin(discussed, "cdrm", coordinator)
    with pytest.raises(AttributeError):
        analysis.state = "signed"


def test_the_database_keeps_one_of_each(discussed, coordinator):
    analysis = services.begin(discussed, "cdrm", coordinator)
    twin = {"case": discussed, "stage": "cdrm", "begun_by": coordinator, "written_by": coordinator}
    for number in (analysis.number, 2):
        with pytest.raises(IntegrityError), transaction.atomic():
            Analysis.objects.create(number=number, **twin)
    with pytest.raises(IntegrityError), transaction.atomic():
        Analysis.objects.create(number=2, state="signed", **twin)


def test_a_case_is_never_without_its_analyses(discussed, coordinator):
    written(discussed, "cdrm", coordinator)
    assert Case.objects.get(pk=discussed.pk).analyses.count() == 1
