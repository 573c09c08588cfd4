"""Unfinished answers that nobody came back to are deleted; what was sent is not."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from forms.models import Draft, Submission
from forms.services import begin, send
from tests.notifying import START, invented_answers

pytestmark = pytest.mark.django_db


def clear(*options: str) -> str:
    out = StringIO()
    call_command("clear_drafts", *options, stdout=out)
    return out.getvalue()


def aged(draft: Draft, days: int) -> Draft:
    Draft.objects.filter(pk=draft.pk).update(changed_at=timezone.now() - dt.timedelta(days=days, minutes=1))
    return draft


@pytest.fixture
def drafts(notification):
    return {days: aged(begin(notification), days) for days in (0, 6, 29, 30, 90)}


def test_drafts_go_after_the_days_of_the_setting(drafts, settings):
    settings.DRAFT_DAYS = 30
    assert clear() == "2 unfinished forms deleted that were not changed for 30 days.\n"
    assert set(Draft.objects.values_list("pk", flat=True)) == {drafts[days].pk for days in (0, 6, 29)}


def test_the_days_can_be_given(drafts):
    assert "4 unfinished forms deleted" in clear("--older-than", "5")
    assert "0 unfinished forms deleted" in clear("--older-than", "5")


def test_the_age_counts_from_the_last_change_and_not_from_the_start(drafts):
    Draft.objects.update(started_at=timezone.now() - dt.timedelta(days=400))
    clear("--older-than", "60")
    assert Draft.objects.count() == 4


def test_what_was_sent_and_its_receipt_stay(notification):
    draft = begin(notification)
    draft.answers = invented_answers()
    draft.save()
    send(draft)
    aged(draft, 400)
    clear()
    assert Submission.objects.count() == Draft.objects.count() == 1


def test_a_person_whose_draft_was_deleted_is_told_so_kindly(client, notification_form):
    first = client.post(START).headers["Location"]
    aged(Draft.objects.get(), 400)
    clear()
    response = client.get(first)
    assert response.status_code == 404
    assert "We cannot find your answers" in response.content.decode()
