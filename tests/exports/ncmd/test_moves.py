"""The one door for what becomes of a return to the national database."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from exports.models import ExportLog, NcmdReturn, NcmdReturnChange
from exports.ncmd import services
from exports.ncmd.dictionary import ncmd
from exports.ncmd.selectors import in_group
from exports.ncmd.states import BY_NAME, MOVES, ReturnState, Stage
from forms.services import receive
from forms.signals import written_once
from tests.exports.ncmd.returning import accepted_case, go, of, until
from tests.notifying import days_ago, invented_answers
from workflow import services as workflow
from workflow.models import Case, StateChange, TimelineEntry
from workflow.services import MoveRefused

pytestmark = pytest.mark.django_db
NOTIFICATION = "notification"


@pytest.fixture
def coordinator(person):
    return person("Coordinator")


def states(case):
    return dict(NcmdReturn.objects.filter(case=case).values_list("stage", "state"))


def test_nothing_is_due_before_the_panel_takes_a_case_on(case):
    assert states(case) == {}


def test_taking_a_case_on_makes_its_notification_due(case):
    assert states(accepted_case(case)) == {"notification": "queued"}


def test_an_alert_is_due_only_where_the_notification_asks_for_one(notification, roles):
    answers = invented_answers(ncmd_alert="yes", ncmd_alert_reason="An invented product.")
    case = Case.objects.get(submissions__submission=receive(notification, answers))
    assert states(accepted_case(case)) == {"notification": "queued", "alert": "queued"}


@pytest.mark.parametrize(("told", "due"), [("yes", {}), ("no", {NOTIFICATION: "queued"})])
def test_a_death_that_another_panel_has_notified_is_not_notified_again(notification, coordinator, told, due):
    offer = {"from_area": "Invented Neighbouring CDOP", "offered_on": days_ago(1), "ncmd_told": told}
    draft = workflow.offer_received(notification, coordinator, **offer)
    sent = receive(notification, invented_answers(), "other_cdop", draft=draft)
    case = Case.objects.get(submissions__submission=sent)
    taken = {"transfer_answer_given": "Their coordinator, by phone"}
    assert states(accepted_case(workflow.move(case, "take_over", coordinator, details=taken))) == due


@pytest.mark.parametrize(
    ("move", "due"),
    [
        ("information_complete", {"notification", "reporting", "supplementary"}),
        ("sign_off", {"notification", "reporting", "supplementary", "analysis"}),
        ("finalise", {"notification", "reporting", "supplementary", "analysis", "finalise"}),
    ],
)
def test_a_stage_is_due_when_the_review_has_come_to_it(case, move, due):
    assert set(states(until(case, move))) == due


def test_a_return_is_sent_rejected_mended_sent_again_and_accepted(case):
    case = accepted_case(case)
    one = go(case, NOTIFICATION, "send", "reject", "send", "accept")
    assert one.state == "accepted"
    assert one.reference == "INVENTED-1"
    told = [(change.source, change.target) for change in one.changes.all()]
    assert told == [
        ("not_due", "queued"),
        ("queued", "sent"),
        ("sent", "rejected"),
        ("rejected", "sent"),
        ("sent", "accepted"),
    ]


@pytest.mark.parametrize("name", [move.name for move in MOVES if move.by_hand])
@pytest.mark.parametrize("path", [(), ("send",), ("send", "reject"), ("send", "accept"), ("send", "accept", "amend")])
def test_a_move_is_made_from_its_states_and_refused_from_every_other(case, name, path):
    case = accepted_case(case)
    one = go(case, NOTIFICATION, *path)
    before = one.state
    if before in BY_NAME[name].sources:
        assert go(case, NOTIFICATION, name).state == BY_NAME[name].target
    else:
        with pytest.raises(MoveRefused, match="It is now"):
            go(case, NOTIFICATION, name)
        assert of(case, NOTIFICATION).state == before


def test_what_was_sent_is_never_sent_twice(case):
    case = accepted_case(case)
    go(case, NOTIFICATION, "send")
    with pytest.raises(MoveRefused):
        go(case, NOTIFICATION, "send")
    assert NcmdReturnChange.objects.filter(transition="send").count() == 1
    assert ExportLog.objects.filter(dataset="ncmd").count() == 1


def test_two_who_decide_on_the_same_screen_do_not_both_decide(case, coordinator):
    case = accepted_case(case)
    seen = go(case, NOTIFICATION, "send").changes.last().pk
    services.move(of(case, NOTIFICATION), "reject", coordinator, words="Invented.", seen=seen)
    go(case, NOTIFICATION, "send")
    with pytest.raises(MoveRefused, match="Look at it again"):
        services.move(of(case, NOTIFICATION), "accept", coordinator, reference="X", seen=seen)


@pytest.mark.parametrize(
    ("path", "name", "sentence"),
    [
        (("send",), "accept", "Enter NCMD’s reference"),
        (("send",), "reject", "Give the reasons"),
        (("send", "accept"), "amend", "Give the reasons"),
    ],
)
def test_what_must_be_said_is_asked_for(case, coordinator, path, name, sentence):
    case = accepted_case(case)
    one = go(case, NOTIFICATION, *path)
    with pytest.raises(MoveRefused, match=sentence):
        services.move(one, name, coordinator, words="  ", reference="  ")
    assert of(case, NOTIFICATION).state == one.state


def test_the_reference_that_came_with_the_sending_confirms_it(case, coordinator):
    case = accepted_case(case)
    services.move(of(case, NOTIFICATION), "send", coordinator, reference="INVENTED-7")
    services.move(of(case, NOTIFICATION), "accept", coordinator)
    assert of(case, NOTIFICATION).reference == "INVENTED-7"


@pytest.mark.parametrize("role", ["Analyst", "Designated doctor", "Panel chair", "Information governance"])
def test_others_do_not_send(case, person, role):
    case = accepted_case(case)
    with pytest.raises(PermissionDenied):
        go(case, NOTIFICATION, "send", by=person(role))
    assert of(case, NOTIFICATION).state == "queued"


@pytest.mark.parametrize("name", ["queue", "finalise"])
def test_what_the_system_does_nobody_does_by_hand(case, coordinator, name):
    case = accepted_case(case)
    with pytest.raises(PermissionDenied):
        services.move(of(case, NOTIFICATION), name, coordinator)


def test_a_sending_is_in_the_export_log_with_its_checksum(case, coordinator):
    case = accepted_case(case)
    go(case, NOTIFICATION, "send")
    log = ExportLog.objects.get(dataset="ncmd")
    assert (log.by, log.identity, log.end.outcome) == (coordinator, True, "finished")
    assert case.reference in log.why
    assert len(log.end.checksum) == 64


def test_what_was_sent_is_kept_sealed_with_the_version_of_the_dictionary(case):
    case = accepted_case(case)
    sent = go(case, NOTIFICATION, "send").changes.last()
    assert sent.sent["version"] == ncmd().version
    assert sent.sent["values"]["child_family_name"] == "Invented"
    assert sent.sent["values"]["notifier_name"] == "Invented Registrar"
    assert "Invented" not in sent.sealed_sent


def test_reasons_are_sealed_and_the_timeline_names_nobody(case):
    case = accepted_case(case)
    rejected = go(case, NOTIFICATION, "send", "reject").changes.last()
    assert rejected.words == "The postcode is invented."
    assert "postcode" not in rejected.sealed_words
    assert TimelineEntry.objects.filter(text="NCMD, notification: rejected.").exists()


def test_a_change_is_written_once(case):
    change = of(accepted_case(case), NOTIFICATION).changes.get()
    with pytest.raises(ValidationError):
        change.delete()
    with pytest.raises(ValidationError):
        NcmdReturnChange.objects.update(target="accepted")


def test_the_state_is_changed_by_no_other_door(case):
    one = of(accepted_case(case), NOTIFICATION)
    with pytest.raises(AttributeError):
        one.state = ReturnState.ACCEPTED


def test_nothing_is_sent_where_a_rule_stops_it(case):
    case = until(case, "sign_off")
    with pytest.raises(MoveRefused, match="not signed"):
        go(case, Stage.ANALYSIS, "send")
    assert of(case, Stage.ANALYSIS).state == "queued"
    assert not ExportLog.objects.filter(dataset="ncmd").exists()


def test_nothing_more_is_sent_of_a_case_that_is_out_of_scope(case, coordinator, person):
    case = accepted_case(case)
    workflow.decide_scope(case, coordinator, in_scope=False, reason_code="not_resident")
    workflow.confirm_scope(case, person("Designated doctor"))
    workflow.move(case, "rule_out", coordinator, reason="Invented.")
    with pytest.raises(MoveRefused, match="nothing more is sent"):
        go(case, NOTIFICATION, "send")


def test_closing_a_case_by_hand_still_works_and_leaves_nothing_to_be_sent(case, coordinator):
    case = until(case, "close")
    assert case.state == "closed"
    assert not in_group(coordinator, "to_send").exists()


def test_cases_from_before_returns_were_kept_are_caught_up_with_once(case, coordinator):
    written_once.disconnect(sender=StateChange, dispatch_uid="exports.ncmd")
    try:
        case = until(case, "information_complete")
    finally:
        written_once.connect(services.case_moved, sender=StateChange, dispatch_uid="exports.ncmd")
    assert states(case) == {}
    assert services.queue_due() == 3
    assert services.queue_due() == 0
    assert set(states(case)) == {"notification", "reporting", "supplementary"}
