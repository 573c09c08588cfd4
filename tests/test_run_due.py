"""What time alone brings about."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Revision

from forms.selectors import live_version
from tests.workflow.asking import ask, publish_forms
from workflow.models import InformationRequest, OutboxMessage

pytestmark = pytest.mark.django_db


@pytest.fixture
def late(case, person):
    publish_forms()
    ask(case, person("Coordinator"))
    InformationRequest.objects.update(due_on=dt.date(2020, 1, 1))


def test_one_command_does_everything_that_is_due(late, capsys, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        call_command("run_due")
    assert "reminders sent to agencies: 2" in capsys.readouterr().out
    assert OutboxMessage.objects.filter(about__startswith="Reminder").exists()
    assert len(mailoutbox) >= 2


def test_a_form_goes_live_on_the_day_its_editor_chose(notification_form, capsys):
    draft = notification_form.get_latest_revision_as_object()
    draft.title = "As from April"
    draft.go_live_at = timezone.now() + dt.timedelta(days=30)
    revision = draft.save_revision()
    revision.publish()
    call_command("run_due")
    assert live_version("notification").definition.title != "As from April"
    now_past = timezone.now() - dt.timedelta(minutes=1)
    waiting = Revision.objects.filter(pk=revision.pk)
    waiting.update(approved_go_live_at=now_past, content=revision.content | {"go_live_at": now_past.isoformat()})
    call_command("run_due")
    assert "pages and forms published on their day: 1" in capsys.readouterr().out
    assert live_version("notification").definition.title == "As from April"
    assert live_version("notification").number == 2


def test_running_it_again_repeats_nothing(late, capsys):
    call_command("run_due")
    made = OutboxMessage.objects.count()
    call_command("run_due")
    assert OutboxMessage.objects.count() == made


def test_one_job_that_fails_does_not_stop_the_others(late, capsys, monkeypatch):
    from cdop.management.commands import run_due

    def broken() -> int:
        raise RuntimeError("about somebody@invented.example")

    monkeypatch.setitem(run_due.JOBS, "request links that ran out", broken)
    with pytest.raises(SystemExit):
        call_command("run_due")
    printed = capsys.readouterr()
    assert "messages:" in printed.out
    assert "somebody" not in printed.err
