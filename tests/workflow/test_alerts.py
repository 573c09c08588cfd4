"""The e-mail that tells the team: at once, with a link, and with nothing about anybody."""

import pytest
from django.core import mail

from content.models import AreaSettings
from forms.services import receive
from tests.notifying import invented_answers
from workflow.models import Case

pytestmark = pytest.mark.django_db


@pytest.fixture
def notify(notification, roles, django_capture_on_commit_callbacks):
    def send(**changes):
        with django_capture_on_commit_callbacks(execute=True):
            submission = receive(notification, invented_answers(**changes))
        return Case.objects.get(submissions__submission=submission)

    return send


def alerts():
    return [message for message in mail.outbox if "New notification" in message.subject]


def test_the_team_is_told_with_a_link(notify):
    case = notify()
    [message] = alerts()
    assert message.to == [AreaSettings().mailbox]
    assert f"/admin/cases/{case.reference}/" in message.body


@pytest.mark.parametrize("question", ["sibling_concerns", "ncmd_alert"])
def test_an_urgent_one_says_so_first(notify, question):
    case = notify(**{question: "yes"})
    assert case.urgent
    assert alerts()[0].subject.startswith("URGENT: ")
    assert case.timeline.filter(kind="warned", text__startswith="Urgent").exists()


@pytest.mark.parametrize("answer", ["no", "not_known"])
def test_one_that_is_not_urgent_does_not(notify, answer):
    assert not notify(sibling_concerns=answer).urgent
    assert "URGENT" not in alerts()[0].subject


def test_it_says_nothing_about_anybody(notify):
    notify(sibling_concerns="yes")
    message = alerts()[0]
    told = f"{message.subject} {message.body} {message.extra_headers}"
    for word in ("Test", "Invented", "9990000018", "999 000 0018", "ZZ99", "Made Up", "Registrar", "registrar@"):
        assert word not in told


def test_a_mail_server_that_is_down_loses_no_notification(notify, settings, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    case = notify()
    assert case.state == "notified"
    assert "could not be sent" in caplog.text
    assert "Invented" not in caplog.text


def test_without_a_mailbox_nothing_is_sent_and_nothing_is_lost(notify):
    from wagtail.models import Site

    AreaSettings.objects.update_or_create(site=Site.objects.get(is_default_site=True), defaults={"mailbox": ""})
    assert notify().state == "notified"
    assert alerts() == []


def test_nothing_is_sent_for_a_notification_that_was_undone(notification, roles, django_capture_on_commit_callbacks):
    from django.db import transaction

    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        receive(notification, invented_answers())
        transaction.set_rollback(True)
    assert alerts() == []
