"""What the demo of `make run` tells: every state, in order, none in the future."""

from collections import Counter
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from content.models import AreaSettings
from exports.models import AnnualReportPage, FrozenFigure
from forms.models import Submission
from tests.caches import empty_caches
from workflow.actions.states import REVIEWED
from workflow.matching.scoring import Level
from workflow.matching.selectors import alike
from workflow.models import Action, Case, InformationRequest, Pack
from workflow.outbox.shipped import load_messages
from workflow.packs.selectors import is_out_of_date
from workflow.roles import load_clock_rules, load_roles
from workflow.states import State

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def printed(django_db_setup, django_db_blocker):
    """What making the demo that `make run` makes prints; its cases are there for the whole file."""
    empty_caches()
    with django_db_blocker.unblock(), transaction.atomic():
        load_roles()
        load_clock_rules()
        call_command("load_forms", "notification", "reporting", verbosity=0, stdout=StringIO())
        load_messages()
        told = StringIO()
        call_command("demo", cases=40, seed=1, stdout=told)
        yield told.getvalue()
        transaction.set_rollback(True)


def test_the_demo_covers_every_state_and_prints_a_log_in_for_each_role(printed):
    assert set(Case.objects.values_list("state", flat=True)) == {
        str(state) for state in State if state != State.TAKEN_BACK
    }
    assert "coordinator" in printed
    assert "panel-chair" in printed


def test_every_story_is_told_in_order_and_none_in_the_future(printed):
    references = list(Case.objects.order_by("opened_at").values_list("reference", flat=True))
    assert references == sorted(references)
    for case in Case.objects.all():
        moments = list(case.state_changes.values_list("at", flat=True))
        assert moments == sorted(moments)
        assert max(moments) <= timezone.now()
        assert min(case.timeline.values_list("at", flat=True)) == case.opened_at


def test_agencies_have_been_asked_about_a_child_and_one_has_answered(printed):
    asked = InformationRequest.objects.select_related("agency", "case")
    assert {str(each.agency): each.state for each in asked} == {
        "Invented Surgery": "returned",
        "Invented General Hospital": "opened",
        "Invented Primary School": "sent",
    }
    assert {each.case.state for each in asked} == {"information_gathering"}
    (returned,) = asked.get(state="returned").forms.get().returns.all()
    assert returned.submission.all_answers()["respondent_name"] == "Invented Practice manager"


def test_an_agency_asks_back_and_waits_for_an_answer(printed):
    (word,) = InformationRequest.objects.get(agency__name="Invented General Hospital").words.all()
    assert word.by is None


def test_there_is_an_annual_report_to_read_in_which_nothing_is_small(printed):
    report = AnnualReportPage.objects.live().get()
    figures = FrozenFigure.objects.filter(freeze=report.freeze_id)
    assert {each.audience for each in figures} == {"public"}
    shown = [number for each in figures for table in each.reading.tables for _, row in table.numbers for number in row]
    assert not set(shown) & {1, 2, 3, 4}
    assert max(number for number in shown if number is not None) > 5
    assert report.pdf.size > 10_000


def test_what_a_panel_is_to_read_has_everything_in_it(printed):
    packs = Pack.objects.filter(case__state="panel_scheduled", state="finished")
    assert [is_out_of_date(pack) for pack in packs] == [False, False]


def test_every_case_that_a_panel_has_reviewed_has_an_action(printed):
    reviewed = Case.objects.filter(state__in=REVIEWED)
    assert reviewed
    assert all(case.actions.count() == 1 for case in reviewed)
    assert Action.objects.values("state").distinct().count() > 2


def test_most_notifications_come_from_work_by_the_web_and_some_by_other_ways(printed):
    sources = Counter(Case.objects.values_list("source", flat=True))
    assert sources["web"] > 20
    assert len(sources) > 2
    area = AreaSettings.in_force()
    received = [each.all_answers() for each in Submission.objects.filter(version__form__slug="notification")]
    senders = [answers["notifier_email"] for answers in received if answers]  # those of a stub are forgotten
    assert 0 < sum(not area.knows(sender) for sender in senders) < 10


def test_a_duplicate_is_the_same_child_notified_again(printed):
    duplicates = Case.objects.filter(state=State.DUPLICATE)
    assert duplicates
    for case in duplicates:
        assert case.identity.nhs_number_hash == case.duplicate_of.identity.nhs_number_hash
        assert case.timeline.filter(text__startswith="May be a duplicate").exists()


def test_the_newest_notification_may_be_about_a_child_who_is_known(printed):
    assert Case.objects.count() == 40
    newest = Case.objects.latest("opened_at")
    [found] = alike(newest)
    assert found.match.level == Level.LIKELY
    assert newest.state == State.NOTIFIED


def test_no_story_says_what_cannot_be_of_a_child_so_young(printed):
    reviewed = [case for case in Case.objects.all() if "category" in case.facts]
    assert reviewed
    for case in reviewed:
        assert (case.facts["category"] == "8") == (case.record["age_group"] == "0_27_days")
        assert case.facts["family_informed"] == "yes"
