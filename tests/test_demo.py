"""The demo: invented children only, spread over every state, the same for the same seed."""

import pytest
from django.core.management import CommandError, call_command

from workflow.models import Case
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
