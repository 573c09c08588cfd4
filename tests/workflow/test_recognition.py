"""The same child notified again is recognised, by a hash whose key is its own."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from forms.services import receive
from tests.notifying import invented_answers
from workflow import services
from workflow.models import Case, CaseIdentity
from workflow.recognition import nhs_number_hash, same_child

pytestmark = pytest.mark.django_db
NUMBER = "9990000018"


def another(notification, **changes):
    return Case.objects.get(submissions__submission=receive(notification, invented_answers(**changes)))


def test_the_second_notification_of_a_child_says_where_the_first_is(case, notification):
    second = another(notification)
    assert second.timeline.filter(text__contains=f"duplicate of {case.reference}: same NHS number").exists()
    assert not case.timeline.filter(text__contains="same NHS number,").exists()


def test_children_without_a_number_are_not_taken_for_one_another(case, notification):
    for number in ("", "not_known"):
        case = another(notification, nhs_number=number)
        assert not case.timeline.filter(text__contains="same NHS number,").exists()
        assert case.identity.nhs_number_hash == ""


def test_the_number_is_not_kept_in_clear(case):
    with connection.cursor() as cursor:
        for table in ("case", "caseidentity", "timelineentry", "casefact"):
            cursor.execute(f"SELECT * FROM cdop_workflow_{table}")
            assert NUMBER not in str(cursor.fetchall())


def test_a_new_secret_key_orphans_no_hash(case, settings):
    settings.SECRET_KEY = "another secret altogether"
    assert same_child(NUMBER).get().case == case


def test_a_new_lookup_key_needs_rehash_and_rehash_alone(case, settings):
    settings.LOOKUP_KEY = "another key altogether"
    assert not same_child(NUMBER).exists()
    out = StringIO()
    call_command("rehash", stdout=out)
    assert out.getvalue().startswith("1 ")
    assert same_child(NUMBER).get().case == case
    call_command("rehash", stdout=(again := StringIO()))
    assert again.getvalue().startswith("0 ")


def test_the_hash_cannot_be_made_without_the_key(settings):
    hashed = nhs_number_hash(NUMBER)
    settings.LOOKUP_KEY = "guessed"
    assert nhs_number_hash(NUMBER) != hashed


def test_merging_gives_the_kept_case_the_number_and_the_urgency_it_lacked(notification, coordinator):
    kept = another(notification, nhs_number="not_known")
    second = another(notification, sibling_concerns="yes")
    services.move(second, "mark_duplicate", coordinator, details={"duplicate_of": kept.reference})
    kept = Case.objects.get(pk=kept.pk)
    assert kept.urgent
    assert kept.record["nhs_number_known"]
    assert kept.identity.details["nhs_number"] == NUMBER
    assert kept.submissions.count() == 2


def test_merging_never_changes_a_number_that_is_there(notification, coordinator, case):
    second = another(notification, nhs_number="9990000026")
    services.move(second, "mark_duplicate", coordinator, details={"duplicate_of": case.reference})
    assert CaseIdentity.objects.get(case=case).details["nhs_number"] == NUMBER
