"""What is missing before a stage can be sent, and the dictionary that says what goes."""

import pytest

from exports.ncmd.checks import CHECKS
from exports.ncmd.dictionary import ncmd
from exports.ncmd.evidence import evidence_about
from exports.ncmd.presenters import stages_of
from exports.ncmd.rules import missing, rules
from exports.ncmd.sheet import sheet, values
from exports.ncmd.states import STAGES, Stage
from forms.dictionary import items
from forms.services import receive
from tests.exports.ncmd.returning import accepted_case, go, until
from tests.notifying import invented_answers
from tests.workflow.asking import ask, publish_forms
from tests.workflow.reviewing import somebody
from workflow import guards
from workflow.collating.services import agree
from workflow.models import Case, CaseSubmission
from workflow.states import BY_NAME

pytestmark = pytest.mark.django_db


def notified(notification, **changes):
    return Case.objects.get(submissions__submission=receive(notification, invented_answers(**changes)))


def texts(case, stage=Stage.NOTIFICATION):
    return [each.text for each in missing(stage, evidence_about([case])[case.pk])]


def test_every_stage_says_what_goes_and_after_which_move_of_the_case():
    assert set(ncmd().contents) == set(Stage) == set(STAGES)
    for content in ncmd().contents.values():
        assert content.items
        assert content.due_after in BY_NAME


def test_no_item_goes_twice_in_one_stage():
    for content in ncmd().contents.values():
        names = [item.name for item in content.items]
        assert len(names) == len(set(names))


def test_what_the_forms_do_not_mark_confirmed_stays_unconfirmed():
    for content in ncmd().contents.values():
        for item in content.items:
            assert item.confirmed == items()[item.name].confirmed
    assert not ncmd().order_is_confirmed


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: f"{rule.stage}-{rule.check or rule.known[0]}")
def test_a_rule_asks_what_exists_and_says_what_is_missing(rule):
    assert bool(rule.check) != bool(rule.known)
    assert rule.check in CHECKS if rule.check else rule.says.endswith(".")
    assert set(rule.known) <= set(items())
    screens = {guard.mend for each in guards.GUARDS.values() for guard in each}
    assert not rule.mend or rule.mend in screens


def test_every_check_is_used():
    assert {rule.check for rule in rules()} - {""} == set(CHECKS)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"child_family_name": None}, "The family name is missing."),
        ({"ethnicity": "not_known"}, "The ethnic group is not known."),
        ({"ethnicity": None}, "The ethnic group is not known."),
        ({"sex": "not_known"}, "The sex is not known."),
        ({"postcode": "not_known"}, "The postcode is missing."),
        ({"nhs_number": None}, "Neither the NHS number nor why there is none is known."),
        ({"place_of_death_type": "not_known"}, "The kind of place of death is not known."),
    ],
)
def test_an_incomplete_notification_is_told_in_words(notification, roles, changes, sentence):
    assert sentence in texts(notified(notification, **changes))


def test_a_reason_for_no_nhs_number_is_enough(notification, roles):
    case = notified(notification, nhs_number=None, nhs_number_missing_reason="not_currently_available")
    assert not any("NHS number" in text for text in texts(case))


def test_a_complete_notification_misses_nothing(notification, roles):
    assert texts(notified(notification, ethnicity="white_british", legal_status=["none"])) == []


def test_what_stops_a_sending_comes_first(notification, roles):
    case = notified(notification, date_of_birth=None, ethnicity="not_known")
    found = missing(Stage.NOTIFICATION, evidence_about([case])[case.pk])
    assert [each.stops for each in found] == sorted((each.stops for each in found), reverse=True)
    assert found[0].text == "The date of birth is missing."


def test_agencies_that_have_not_answered_are_named(case):
    publish_forms()
    request = ask(case, somebody("Coordinator"))
    assert texts(case, Stage.REPORTING)[0] == f"Not yet answered: {request.agency}."


def test_what_was_agreed_goes_rather_than_what_was_first_said(case):
    coordinator = somebody("Coordinator")
    case = accepted_case(case)
    agree(case, coordinator, "sex", {case.submissions.get().submission_id}, "Invented", value="male")
    assert values(sheet(evidence_about([case])[case.pk], Stage.NOTIFICATION))["sex"] == "Male"


def test_where_agencies_differ_nothing_goes_and_the_sheet_says_so(case, notification):
    again = receive(notification, invented_answers(sex="male"))
    CaseSubmission.objects.filter(submission=again).delete()
    CaseSubmission.objects.create(case=case, submission=again)
    line = next(each for each in sheet(evidence_about([case])[case.pk], Stage.NOTIFICATION) if each.item.name == "sex")
    assert line.to_choose
    assert line.words == ""


def test_not_known_goes_as_not_known_and_a_blank_as_a_blank(notification, roles):
    said = values(sheet(evidence_about([case := notified(notification)])[case.pk], Stage.NOTIFICATION))
    assert said["ethnicity"] == "Not known"
    assert "school_setting" not in said


def test_a_missing_item_leads_to_where_it_is_mended(notification, roles):
    case = accepted_case(notified(notification))
    panel = stages_of(case, somebody("Coordinator"))[0]
    assert f"/admin/cases/{case.reference}/record/" in panel.to_mend[0].url


def test_somebody_who_cannot_mend_is_given_no_link(notification, roles):
    panel = stages_of(accepted_case(notified(notification)), somebody("Analyst"))[0]
    assert panel.to_mend
    assert not any(each.url for each in panel.to_mend)


def test_what_has_changed_since_it_was_sent_is_named(case):
    coordinator = somebody("Coordinator")
    case = until(case, "accept")
    go(case, Stage.NOTIFICATION, "send")
    assert stages_of(case, coordinator)[0].differs == []
    agree(case, coordinator, "sex", {case.submissions.get().submission_id}, "Invented", value="male")
    assert stages_of(case, coordinator)[0].differs == [items()["sex"].label]


def test_nobody_is_asked_to_type_who_answered_a_reporting_form():
    asked = {item.name for item in ncmd().contents[Stage.REPORTING].items}
    assert "consanguinity" in asked
    assert not [name for name in asked if name.startswith("respondent_") or name.startswith("agency")]
