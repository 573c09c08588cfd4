"""The statutory process (§13), row by row, written out here once more so that the code cannot drift from it alone."""

import pytest
from django.core.exceptions import PermissionDenied

from tests.notifying import days_ago
from tests.workflow.reviewing import ANSWERS, TO_CLOSED, hold_panel, review, triage
from workflow import services
from workflow.guards import GUARDS, obstacles
from workflow.models import Case
from workflow.roles import ROLES
from workflow.services import MoveRefused
from workflow.states import BY_NAME, LABELS, MOVES, NEXT_STEPS, State, moves_from

pytestmark = pytest.mark.django_db

COORDINATOR = {"Coordinator", "Administrator"}
WITH_DOCTOR = COORDINATOR | {"Designated doctor"}
CHAIR = {"Panel chair"}
BEFORE_SUBMITTED = {
    "notified", "transfer_offered", "information_gathering", "ready_for_cdrm", "cdrm_scheduled", "cdrm_held",
    "ready_for_panel", "panel_scheduled", "panel_reviewed",
}  # fmt: skip
PROCESS = [
    ("mark_duplicate", {"notified"}, "duplicate", COORDINATOR),
    ("undo_duplicate", {"duplicate"}, "notified", COORDINATOR),
    ("rule_out", BEFORE_SUBMITTED, "out_of_scope", WITH_DOCTOR),
    ("offer_transfer", {"notified"}, "transfer_offered", COORDINATOR),
    ("transfer_accepted", {"transfer_offered"}, "transferred_out", COORDINATOR),
    ("transfer_declined", {"transfer_offered"}, "notified", COORDINATOR),
    ("take_over", {"offered_to_us"}, "notified", WITH_DOCTOR),
    ("not_take_over", {"offered_to_us"}, "not_taken_over", WITH_DOCTOR),
    ("accept", {"notified"}, "information_gathering", COORDINATOR),
    ("information_complete", {"information_gathering"}, "ready_for_cdrm", COORDINATOR),
    ("schedule_cdrm", {"ready_for_cdrm"}, "cdrm_scheduled", WITH_DOCTOR),
    ("reschedule_cdrm", {"cdrm_scheduled"}, "cdrm_scheduled", WITH_DOCTOR),
    ("record_cdrm", {"cdrm_scheduled"}, "cdrm_held", WITH_DOCTOR),
    ("check_quality", {"cdrm_held"}, "cdrm_held", {"Designated doctor"}),
    ("quality_checked", {"cdrm_held"}, "ready_for_panel", COORDINATOR),
    ("schedule_panel", {"ready_for_panel"}, "panel_scheduled", COORDINATOR),
    ("defer", {"panel_scheduled", "panel_reviewed"}, "ready_for_panel", CHAIR),
    ("defer_for_chair", {"panel_scheduled"}, "ready_for_panel", COORDINATOR),
    ("record_panel", {"panel_scheduled"}, "panel_reviewed", CHAIR),
    ("sign_off", {"panel_reviewed"}, "panel_reviewed", CHAIR),
    ("finalise", {"panel_reviewed"}, "submitted", COORDINATOR),
    ("close", {"submitted"}, "closed", COORDINATOR | CHAIR),
    ("reopen", {"closed"}, "panel_reviewed", CHAIR),
    ("take_back", {"closed"}, "taken_back", set()),
]


@pytest.fixture
def doctor(person):
    return person("Designated doctor")


def test_every_row_of_the_process_is_a_move_and_there_are_no_others():
    assert {(move.name, move.sources, move.target) for move in MOVES} == {
        (name, frozenset(sources), target) for name, sources, target, _ in PROCESS
    }


def test_each_move_is_for_the_roles_that_the_process_names_and_for_no_others(case, person):
    """The right is checked before anything else, so a refusal shows that the role may try."""
    for name, _, _, roles in PROCESS:
        for role in ROLES:
            expected = MoveRefused if role in roles else PermissionDenied
            with pytest.raises(expected):
                services.move(case, name, person(role), details={"duplicate_of": "none"})


@pytest.mark.parametrize(("name", "sources"), [(name, sources) for name, sources, _, _ in PROCESS])
def test_a_move_starts_only_where_the_process_lets_it_start(name, sources):
    for state in State:
        assert (BY_NAME[name] in moves_from(state)) == (state in sources)


def test_every_state_has_a_name_and_says_what_comes_next():
    assert set(LABELS) == set(NEXT_STEPS) == set(State)


def test_the_road_ahead_comes_before_the_ways_off_it():
    for state in State:
        order = [move.leads_on for move in moves_from(state)]
        assert order == sorted(order, reverse=True)


def test_the_nhs_number_or_the_reason_for_none_is_needed_to_accept(notification, coordinator):
    from forms.services import receive
    from tests.notifying import invented_answers

    answers = invented_answers(nhs_number="")
    case = Case.objects.get(submissions__submission=receive(notification, answers))
    triage(case, coordinator)
    with pytest.raises(MoveRefused, match="NHS number, or why there is none"):
        services.move(case, "accept", coordinator)
    services.record_nhs_number(case, coordinator, missing_reason="child_non_resident_in_england")
    assert services.move(case, "accept", coordinator).state == State.INFORMATION_GATHERING


def test_accepting_queues_the_notification_for_ncmd(case, coordinator):
    triage(case, coordinator)
    case = services.move(case, "accept", coordinator)
    assert case.facts["ncmd_notification"] == "queued"


def test_ruling_out_after_accepting_tells_ncmd_and_before_it_does_not(case, coordinator, chair, doctor):
    case = review(case, coordinator, chair, until="schedule_cdrm")
    services.decide_scope(case, coordinator, in_scope=False, reason_code="stillbirth_confirmed")
    services.confirm_scope(case, doctor)
    case = services.move(case, "rule_out", doctor)
    assert case.state == State.OUT_OF_SCOPE
    assert case.facts["ncmd_withdrawal"] == "queued"


@pytest.mark.parametrize("state", sorted(BEFORE_SUBMITTED - {"transfer_offered"}))
def test_facts_can_put_a_case_out_of_scope_from_any_state_before_submission(case, coordinator, chair, doctor, state):
    reached = {BY_NAME[name].target: name for name, _ in TO_CLOSED}
    if state != State.NOTIFIED:
        case = review(case, coordinator, chair, until=reached[State(state)])
    services.decide_scope(case, doctor, in_scope=False, reason_code="termination")
    services.confirm_scope(case, coordinator)
    assert services.move(case, "rule_out", coordinator).state == State.OUT_OF_SCOPE


def test_a_submitted_case_can_no_longer_be_ruled_out(case, coordinator, chair):
    case = review(case, coordinator, chair, until="finalise")
    with pytest.raises(MoveRefused, match="has moved on"):
        services.move(case, "rule_out", coordinator)


def held_up(case):
    return [name for name in GUARDS for found in obstacles(case, name) if found.text.startswith("On hold")]


@pytest.mark.parametrize(
    ("stage", "moves"),
    [
        ("cdrm", ["information_complete", "schedule_cdrm", "record_cdrm"]),
        ("panel", ["quality_checked", "schedule_panel", "record_panel"]),
        ("finalise", ["finalise"]),
    ],
)
def test_a_hold_stops_every_move_of_its_stage_and_no_other(case, coordinator, stage, moves):
    services.hold(case, coordinator, "criminal", [stage], days_ago(1))
    stopped = [
        move.name for move in MOVES if any(found.text.startswith("On hold") for found in obstacles(case, move.name))
    ]
    assert stopped == moves


def test_a_hold_for_information_stops_nothing(case, coordinator):
    services.hold(case, coordinator, "ledr", [], days_ago(1))
    assert held_up(case) == []


def test_the_designated_doctor_confirms_quality_before_the_panel_gets_it(case, coordinator, chair, doctor):
    case = review(case, coordinator, chair, until="record_cdrm")
    with pytest.raises(MoveRefused, match="designated doctor must confirm the quality"):
        services.move(case, "quality_checked", coordinator, details=ANSWERS["quality_checked"])
    services.move(case, "check_quality", doctor, details=ANSWERS["check_quality"])
    moved = services.move(case, "quality_checked", coordinator, details=ANSWERS["quality_checked"])
    assert moved.state == State.READY_FOR_PANEL


def test_in_category_1_the_safeguarding_partners_know(case, coordinator, chair):
    case = review(case, coordinator, chair, until="schedule_panel")
    hold_panel(case, coordinator)
    answers = ANSWERS["record_panel"] | {"category": "1"}
    with pytest.raises(MoveRefused, match="refer to safeguarding partners"):
        services.move(case, "record_panel", chair, details=answers)
    moved = services.move(case, "record_panel", chair, details=answers | {"safeguarding_referral": "referred"})
    assert moved.state == State.PANEL_REVIEWED


def test_a_cdrm_is_recorded_after_it_was_held_and_after_the_death(case, coordinator, chair):
    case, answers = review(case, coordinator, chair, until="schedule_cdrm"), ANSWERS["record_cdrm"]
    for wrong, sentence in ((days_ago(-1), "in the future"), (days_ago(400), "before the child died")):
        with pytest.raises(MoveRefused, match=sentence):
            services.move(case, "record_cdrm", coordinator, details=answers | {"cdrm_held_on": wrong.isoformat()})
    with pytest.raises(MoveRefused, match="real date"):
        services.move(case, "record_cdrm", coordinator, details=answers | {"cdrm_held_on": "31 February"})


def test_a_cdrm_is_planned_after_the_death_and_not_for_years_ahead(case, coordinator, chair):
    case, answers = review(case, coordinator, chair, until="information_complete"), ANSWERS["schedule_cdrm"]
    for wrong, sentence in (("1900-01-01", "before the child died"), (days_ago(-800).isoformat(), "Check the year")):
        with pytest.raises(MoveRefused, match=sentence):
            services.move(case, "schedule_cdrm", coordinator, details=answers | {"cdrm_on": wrong})


@pytest.mark.parametrize(("kind", "blocks"), [("elsewhere", ["panel"]), ("ledr", ["breakfast"]), ("", [])])
def test_a_hold_names_a_process_and_stages_that_there_are(case, coordinator, kind, blocks):
    with pytest.raises(MoveRefused, match="Choose what the case waits for"):
        services.hold(case, coordinator, kind, blocks, days_ago(1))


def test_a_cdrm_is_put_off_with_a_reason(case, coordinator, chair):
    case = review(case, coordinator, chair, until="schedule_cdrm")
    later = {"cdrm_on": days_ago(-20).isoformat(), "cdrm_chair": "Consultant neonatologist"}
    with pytest.raises(MoveRefused, match="Give the reason"):
        services.move(case, "reschedule_cdrm", coordinator, details=later)
    case = services.move(case, "reschedule_cdrm", coordinator, "The chair is ill", later)
    assert case.state == State.CDRM_SCHEDULED
    assert case.facts["cdrm_on"] == later["cdrm_on"]


def test_the_chair_may_close_and_reopen(case, coordinator, chair):
    case = review(case, coordinator, chair, until="finalise")
    case = services.move(case, "close", chair, details=ANSWERS["close"])
    with pytest.raises(MoveRefused, match="Give the reason"):
        services.move(case, "reopen", chair)
    assert services.move(case, "reopen", chair, "The inquest has ended").state == State.PANEL_REVIEWED


def test_nothing_is_decided_on_a_case_that_has_ended(case, coordinator, chair):
    case = services.move(case, "offer_transfer", coordinator, details={"receiving_area": "Invented CDOP"})
    case = services.move(case, "transfer_accepted", coordinator, details={"transfer_acknowledgement": "By phone"})
    for attempt in (
        lambda: services.decide_scope(case, coordinator, in_scope=True),
        lambda: services.decide_jar(case, coordinator, "no", []),
        lambda: services.hold(case, coordinator, "coroner", [], days_ago(1)),
        lambda: services.record_nhs_number(case, coordinator, "9990000018"),
    ):
        with pytest.raises(MoveRefused, match="Nothing more can be decided"):
            attempt()
    services.add_note(case, coordinator, "Invented: a letter came for this child.")
