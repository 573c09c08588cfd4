"""How often each screen of a journey asks the database: a few times, however much was answered.

The state of the public site (`content.selectors.stamp`) is left out: outside a test's transaction it is asked every
two seconds, not with every page.
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forms.models import Draft
from tests.notifying import PROFESSIONAL, START, pages, walk

pytestmark = pytest.mark.django_db
ANOTHER_CHILD = {"nhs_number": "943 476 5919", "child_first_names": "Rowan", "child_family_name": "Madeup"}
SCREENS = {"safety": 2, "about-the-child": 2, "dates": 2, "professionals": 2, "professionals/new": 2, "check": 2}


@pytest.fixture
def check(client, notification_form):
    """The check page of a notification with every answer, and forty professionals."""
    address = walk(client)
    draft = Draft.objects.get()
    draft.answers |= {"professionals": [{"id": f"p{number}", **PROFESSIONAL} for number in range(40)]}
    draft.save()
    return address


def queries(ask) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        ask()
    sql = [query["sql"] for query in asked]
    # The site record is kept in memory and read again by the first page after that was emptied.
    return [each for each in sql if "contentstamp" not in each and 'FROM "wagtailcore_site"' not in each]


@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_reads_the_session_and_the_draft(client, check, screen):
    address = check.replace("check", screen)
    client.get(address)
    asked = queries(lambda: client.get(address))
    assert len(asked) <= SCREENS[screen], asked


def test_saving_a_page_locks_and_writes_the_draft_once(client, check):
    asked = queries(lambda: client.post(check.replace("check", "about-the-child"), pages()["about-the-child"]))
    assert [sql.split()[0] for sql in asked] == ["SELECT", "SELECT", "SAVEPOINT", "SELECT", "UPDATE", "RELEASE"], asked


def test_the_receipt_reads_the_submission_too(client, check):
    receipt = client.post(check, {"declaration": "yes"}).headers["Location"]
    client.get(receipt)
    assert len(queries(lambda: client.get(receipt))) <= 3


def test_sending_asks_as_often_with_one_professional_as_with_forty(client, check):
    with_forty = queries(lambda: client.post(check, {"declaration": "yes"}))
    other = walk(client, pages() | {"child": pages()["child"] | ANOTHER_CHILD})
    with_one = queries(lambda: client.post(other, {"declaration": "yes"}))
    assert len(with_forty) == len(with_one)


def test_the_start_page_asks_as_often_however_many_have_begun(client, notification_form):
    client.post(START)
    client.get(START)
    few = queries(lambda: client.get(START))
    for _ in range(3):
        client.post(START)
    assert len(queries(lambda: client.get(START))) <= len(few)
