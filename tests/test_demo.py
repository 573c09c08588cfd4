"""The demo: invented children only, spread over every state, the same for the same seed."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from workflow.models import Case

pytestmark = pytest.mark.django_db


def demo(**options) -> str:
    """What the command prints."""
    printed = StringIO()
    call_command("demo", stdout=printed, **options)
    return printed.getvalue()


def test_the_same_seed_tells_the_same_stories(notification_form, roles):
    def told(seed):
        with transaction.atomic():
            demo(cases=6, seed=seed)
            found = [
                (case.reference, case.opened_at, case.state, case.identity.details, case.facts)
                for case in Case.objects.order_by("reference")
            ]
            transaction.set_rollback(True)
        return found

    assert told(7) == told(7)
    assert told(7) != told(8)


def test_running_it_again_adds_nothing(notification_form, roles):
    demo(cases=3, seed=7)
    demo(cases=3, seed=7)
    assert Case.objects.count() == 3


def test_production_refuses_it(notification_form, roles, settings):
    settings.DEMO = False
    with pytest.raises(CommandError):
        call_command("demo")


def test_a_demo_account_cannot_log_in_to_production(roles, client, settings):
    demo(cases=0)
    settings.AUTHENTICATION_BACKENDS = ["cdop.auth.NoDemoAccounts"]
    assert not client.login(username="administrator", password="demonstration")
