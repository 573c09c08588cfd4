"""The last stages: what the panel found, and that NCMD has the case as final."""

import pytest
from django.core.exceptions import PermissionDenied

from exports.models import NcmdReturn
from exports.ncmd import services
from exports.ncmd.evidence import evidence_about
from exports.ncmd.rules import missing
from exports.ncmd.sheet import sheet, values
from exports.ncmd.states import Stage
from tests.exports.ncmd.returning import go, of, until
from tests.workflow.analyses.writing import ANOTHER, FACTOR, held, publish, written
from tests.workflow.analyses.writing import go as review_on
from tests.workflow.safeguarding.referring import suspect
from workflow.analyses.signing import sign
from workflow.letters.shipped import load_letters
from workflow.models import Case, TimelineEntry
from workflow.safeguarding.shipped import load_recipients
from workflow.services import MoveRefused
from workflow.services import move as move_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(person):
    return person("Coordinator")


@pytest.fixture
def chair(person):
    return person("Panel chair")


@pytest.fixture
def signed(case, coordinator, chair):
    """`signed(factors=[…])`: the case, whose final analysis says so and is signed; finalised unless told otherwise."""

    def make(finalised=True, **says):
        publish()
        one = until(case, "schedule_panel")
        one = held(one, coordinator, chair)
        sign(written(one, "panel", coordinator, **says), chair)
        one = Case.objects.get(pk=one.pk)
        return review_on(one, "finalise", coordinator, chair) if finalised else one

    return make


def accept_all_but_final(case):
    for stage in list(Stage)[:-1]:
        if NcmdReturn.objects.filter(case=case, stage=stage).exists():
            go(case, stage, "send", "accept")


def states(case):
    return dict(NcmdReturn.objects.filter(case=case).values_list("stage", "state"))


def texts(case, stage):
    return [each.text for each in missing(stage, evidence_about([case])[case.pk])]


def test_the_receipt_of_the_final_stage_closes_the_case_and_finalises_every_stage(signed):
    case = signed()
    accept_all_but_final(case)
    go(case, Stage.FINALISE, "send", "accept")
    case.refresh_from_db()
    assert case.state == "closed"
    assert case.facts["ncmd_receipt"] == "INVENTED-1"
    assert set(states(case).values()) == {"finalised"}


def test_what_keeps_a_case_from_closing_does_not_undo_the_receipt(signed, coordinator):
    case = signed()
    load_letters()
    load_recipients()
    suspect(case, coordinator)
    accept_all_but_final(case)
    go(case, Stage.FINALISE, "send", "accept")
    case.refresh_from_db()
    assert case.state == "submitted"
    assert of(case, Stage.FINALISE).state == "finalised"
    assert TimelineEntry.objects.filter(case=case, text__startswith="NCMD has it as final, but").exists()


def test_a_case_is_not_final_at_ncmd_before_its_other_stages_are_accepted(signed):
    case = signed()
    with pytest.raises(MoveRefused, match="Notification, Reporting, Supplementary, Analysis"):
        go(case, Stage.FINALISE, "send")


def test_reopening_a_case_puts_what_the_panel_found_in_doubt_and_leaves_the_rest(signed, chair):
    case = signed()
    accept_all_but_final(case)
    go(case, Stage.FINALISE, "send", "accept")
    move_case(case, "reopen", chair, reason="A late inquest, invented.")
    assert states(case) == {
        "notification": "finalised",
        "reporting": "finalised",
        "supplementary": "finalised",
        "analysis": "amended",
        "finalise": "amended",
    }
    assert of(case, Stage.ANALYSIS).changes.last().by == chair


def test_a_reopened_case_is_sent_again_once_it_is_final_again(signed, coordinator, chair):
    case = signed()
    accept_all_but_final(case)
    go(case, Stage.FINALISE, "send", "accept")
    case = move_case(case, "reopen", chair, reason="A late inquest, invented.")
    with pytest.raises(MoveRefused, match="Finalise it first"):
        go(case, Stage.FINALISE, "send")
    for name in ("sign_off", "finalise"):
        case = review_on(case, name, coordinator, chair)
    go(case, Stage.ANALYSIS, "send", "accept")
    go(case, Stage.FINALISE, "send", "accept")
    case.refresh_from_db()
    assert case.state == "closed"


def test_the_sheet_says_what_the_signed_analysis_says_in_words(signed):
    case = signed(finalised=False)
    said = values(sheet(evidence_about([case])[case.pk], Stage.ANALYSIS))
    assert said["cause_understood"] == "Example cause."


def test_each_factor_is_a_line_of_its_own_with_its_grade(signed):
    case = signed(finalised=False, factors=[FACTOR, ANOTHER])
    lines = values(sheet(evidence_about([case])[case.pk], Stage.ANALYSIS))["factors"].splitlines()
    assert ["Example asthma." in line for line in lines] == [True, False]
    assert ["Example letters were late." in line for line in lines] == [False, True]


def test_a_complete_analysis_misses_nothing(signed):
    assert texts(signed(finalised=False), Stage.ANALYSIS) == []


@pytest.mark.parametrize(
    ("says", "sentence"),
    [
        ({"factors": [FACTOR, FACTOR | {"level": None}]}, "1 of 2 factors have no grade"),
        ({"modifiability": None}, "It is not chosen whether modifiable factors"),
        ({"category_primary": None}, "No category of death"),
    ],
)
def test_what_ncmd_wants_of_an_analysis_is_missed(signed, says, sentence):
    case = signed(finalised=False)
    known = evidence_about([case])[case.pk]
    known.says.update(says)
    assert [each.text for each in missing(Stage.ANALYSIS, known) if each.stops and each.text.startswith(sentence)]


def test_an_analysis_is_not_sent_by_who_may_not(signed, chair):

    case = signed(finalised=False)
    with pytest.raises(PermissionDenied):
        services.move(of(case, Stage.ANALYSIS), "send", chair)
