"""The demo: invented children only, spread over every state, the same for the same seed."""

from collections import Counter

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from content.models import AreaSettings
from forms.models import Submission
from workflow.actions.states import REVIEWED
from workflow.matching.scoring import Level
from workflow.matching.selectors import alike
from workflow.models import Action, Case
from workflow.states import State

pytestmark = pytest.mark.django_db


def demo(capsys, **options):
    call_command("demo", **options)
    return capsys.readouterr().out


def test_the_demo_covers_every_state_and_prints_a_log_in_for_each_role(notification_form, roles, capsys):
    printed = demo(capsys, cases=16, seed=7)
    assert set(Case.objects.values_list("state", flat=True)) == {str(state) for state in State}
    assert "coordinator" in printed
    assert "panel-chair" in printed


def test_every_story_is_told_in_order_and_none_in_the_future(notification_form, roles, capsys):
    demo(capsys, cases=28, seed=7)
    references = list(Case.objects.order_by("opened_at").values_list("reference", flat=True))
    assert references == sorted(references)
    for case in Case.objects.all():
        moments = list(case.state_changes.values_list("at", flat=True))
        assert moments == sorted(moments)
        assert max(moments) <= timezone.now()
        assert min(case.timeline.values_list("at", flat=True)) == case.opened_at


def test_every_case_that_a_panel_has_reviewed_has_an_action(notification_form, roles, capsys):
    demo(capsys, cases=28, seed=7)
    reviewed = Case.objects.filter(state__in=REVIEWED)
    assert reviewed
    assert all(case.actions.count() == 1 for case in reviewed)
    assert Action.objects.values("state").distinct().count() > 2


def test_most_notifications_come_from_work_by_the_web_and_some_by_other_ways(notification_form, roles, capsys):
    demo(capsys, cases=40, seed=1)
    sources = Counter(Case.objects.values_list("source", flat=True))
    assert sources["web"] > 20
    assert len(sources) > 2
    area = AreaSettings.in_force()
    senders = [item.all_answers()["notifier_email"] for item in Submission.objects.all()]
    assert 0 < sum(not area.knows(sender) for sender in senders) < 10


def test_a_duplicate_is_the_same_child_notified_again(notification_form, roles, capsys):
    demo(capsys, cases=16, seed=7)
    duplicates = Case.objects.filter(state=State.DUPLICATE)
    assert duplicates
    for case in duplicates:
        assert case.identity.nhs_number_hash == case.duplicate_of.identity.nhs_number_hash
        assert case.timeline.filter(text__startswith="May be a duplicate").exists()


def test_the_newest_notification_may_be_about_a_child_who_is_known(notification_form, roles, capsys):
    demo(capsys, cases=40, seed=1)
    assert Case.objects.count() == 40
    newest = Case.objects.latest("opened_at")
    [found] = alike(newest)
    assert found.match.level == Level.LIKELY
    assert newest.state == State.NOTIFIED


def test_no_story_says_what_cannot_be_of_a_child_so_young(notification_form, roles, capsys):
    demo(capsys, cases=40, seed=1)
    reviewed = [case for case in Case.objects.all() if "category" in case.facts]
    assert reviewed
    for case in reviewed:
        assert (case.facts["category"] == "8") == (case.record["age_group"] == "0_27_days")
        assert case.facts["family_informed"] == "yes"


def test_the_same_seed_tells_the_same_stories(notification_form, roles, capsys):
    def told(seed):
        with transaction.atomic():
            demo(capsys, cases=6, seed=seed)
            found = [
                (case.reference, case.opened_at, case.state, case.identity.details, case.facts)
                for case in Case.objects.order_by("reference")
            ]
            transaction.set_rollback(True)
        return found

    assert told(7) == told(7)
    assert told(7) != told(8)


def test_running_it_again_adds_nothing(notification_form, roles, capsys):
    demo(capsys, cases=3, seed=7)
    demo(capsys, cases=3, seed=7)
    assert Case.objects.count() == 3


def test_production_refuses_it(notification_form, roles, settings):
    settings.DEMO = False
    with pytest.raises(CommandError):
        call_command("demo")


def test_a_demo_account_cannot_log_in_to_production(roles, client, settings, capsys):
    demo(capsys, cases=0)
    settings.AUTHENTICATION_BACKENDS = ["cdop.auth.NoDemoAccounts"]
    assert not client.login(username="administrator", password="demonstration")
