"""The outbox: no message is lost, none goes twice, and what failed is seen."""

import datetime as dt

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from workflow.models import MessageTemplate, OutboxMessage, ReminderRule
from workflow.outbox import services
from workflow.outbox.shipped import load_messages
from workflow.outbox.words import WORDS, filled, unknown_words


@pytest.fixture
def messages(db):
    load_messages()


def down(**content):
    raise ConnectionRefusedError("smtp of nobody@invented.example")


@pytest.fixture
def mail_is_down(settings):
    settings.MESSAGE_CHANNELS = {"email": "tests.workflow.test_outbox.down"}


@pytest.fixture
def write(messages, django_capture_on_commit_callbacks):
    def write() -> OutboxMessage:
        with django_capture_on_commit_callbacks(execute=True):
            message = services.write("request_code", "gp@invented.example", {"code": "123456", "minutes": "15"})
        message.refresh_from_db()
        return message

    return write


def test_a_message_goes_at_once_in_the_editors_words(write):
    message = write()
    assert message.state == "sent"
    assert "Your code is 123456" in mail.outbox[0].body
    assert "Cambridgeshire and Peterborough" in mail.outbox[0].body


def test_a_message_waits_while_the_mail_server_is_down_and_goes_later(write, mail_is_down, settings):
    message = write()
    assert (message.state, message.attempts, message.problem) == ("queued", 1, "ConnectionRefusedError")
    assert services.deliver_waiting() == {"sent": 0, "waiting": 0}
    OutboxMessage.objects.update(next_attempt_at=timezone.now())
    settings.MESSAGE_CHANNELS = {"email": "workflow.outbox.channels.email"}
    assert services.deliver_waiting() == {"sent": 1, "waiting": 0}
    assert len(mail.outbox) == 1


def test_each_try_waits_longer_and_the_last_failure_is_shown(write, mail_is_down):
    message = write()
    waits = []
    for _ in range(services.MOST_ATTEMPTS - 1):
        waits.append(message.next_attempt_at - timezone.now())
        OutboxMessage.objects.update(next_attempt_at=timezone.now())
        services.deliver_waiting()
        message.refresh_from_db()
    assert waits == sorted(waits)
    assert waits[0] > dt.timedelta(minutes=1)
    assert message.state == "failed"
    assert services.deliver_waiting() == {"sent": 0, "waiting": 0}


def test_a_failed_message_is_tried_again_by_hand(write, mail_is_down, settings):
    message = write()
    OutboxMessage.objects.update(state="failed")
    settings.MESSAGE_CHANNELS = {"email": "workflow.outbox.channels.email"}
    assert services.try_again(message)
    assert len(mail.outbox) == 1


def test_a_message_that_has_gone_never_goes_again(write):
    message = write()
    assert services.deliver(message)
    assert services.try_again(message)
    assert len(mail.outbox) == 1


def test_neither_log_nor_row_repeats_an_address(write, mail_is_down, caplog):
    message = write()
    assert "nobody@" not in caplog.text + message.problem + message.sealed
    assert "gp@" not in caplog.text + message.sealed


def test_a_template_with_an_unknown_word_is_refused(messages):
    template = MessageTemplate.objects.get(code="request")
    template.body = "About [child name]"
    with pytest.raises(ValidationError, match=r"\[child name\]"):
        template.full_clean()


def test_every_shipped_message_uses_known_words_only(messages):
    for template in MessageTemplate.objects.all():
        template.full_clean()


def test_loading_twice_adds_nothing_and_keeps_an_editors_words(messages):
    MessageTemplate.objects.filter(code="request").update(subject="Our own words")
    ReminderRule.objects.first().delete()
    rules = ReminderRule.objects.count()
    assert load_messages() == 0
    assert MessageTemplate.objects.get(code="request").subject == "Our own words"
    assert ReminderRule.objects.count() == rules


@given(st.text(), st.dictionaries(st.sampled_from(sorted(WORDS)), st.text()))
def test_only_known_words_are_ever_replaced(text, words):
    shown = filled(text, words)
    assert set(unknown_words(text)) <= set(unknown_words(shown)) | set(unknown_words("".join(words.values())))
    if "[" not in text:
        assert shown == text


@pytest.mark.parametrize("role", ["Coordinator", "Panel member", "Analyst", "Site editor"])
def test_only_those_who_work_on_cases_see_the_outbox(client, person, write, role):
    write()
    client.force_login(person(role))
    response = client.get("/admin/cases/messages/")
    assert (response.status_code == 200) == (role == "Coordinator")


def test_the_outbox_shows_what_failed_and_sends_it_again(client, person, write, mail_is_down, settings):
    message = write()
    OutboxMessage.objects.update(state="failed")
    client.force_login(person("Coordinator"))
    page = client.get("/admin/cases/messages/").content.decode()
    assert "Could not be sent" in page
    assert "gp@invented.example" not in page
    settings.MESSAGE_CHANNELS = {"email": "workflow.outbox.channels.email"}
    client.post(f"/admin/cases/messages/{message.pk}/again/")
    message.refresh_from_db()
    assert message.state == "sent"


def test_the_outbox_costs_the_same_for_one_message_and_for_many(client, person, write):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(person("Coordinator"))
    write()
    client.get("/admin/cases/messages/")
    with CaptureQueriesContext(connection) as one:
        client.get("/admin/cases/messages/")
    for _ in range(5):
        write()
    with CaptureQueriesContext(connection) as many:
        client.get("/admin/cases/messages/")
    assert len(many) == len(one)


def test_agencies_messages_and_reminders_are_kept_by_the_coordinator(client, person, messages):
    client.force_login(person("Coordinator"))
    for name in ("agency", "messagetemplate", "reminderrule"):
        assert client.get(f"/admin/snippets/cdop_workflow/{name}/").status_code == 200
    client.force_login(person("Site editor"))
    for name in ("agency", "messagetemplate", "reminderrule"):
        assert client.get(f"/admin/snippets/cdop_workflow/{name}/").status_code == 302
