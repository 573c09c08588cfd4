"""Staff enter a notification that reached them by phone, from a registrar, a coroner or another panel."""

import pytest
from django.urls import reverse

from forms.models import Draft, Form, Submission
from tests.notifying import PROFESSIONAL, pages
from workflow.action_forms import OTHER_SOURCES
from workflow.models import Case

pytestmark = pytest.mark.django_db
NEW = "/admin/cases/new/"


@pytest.fixture
def coordinator(client, person):
    user = person("Coordinator")
    client.force_login(user)
    return user


def enter(client, source):
    """Choose a source, answer every page and send; the address of the receipt."""
    address = client.post(NEW, {"source": source}).headers["Location"]
    while not address.endswith("/check/"):
        key = address.rstrip("/").rsplit("/", 1)[-1]
        if key == "professionals":
            client.post(f"{address}new/", PROFESSIONAL)
        address = client.post(address, pages().get(key, {})).headers["Location"]
    return client.post(address, {"declaration": "yes"}).headers["Location"]


def test_the_list_leads_to_it_for_those_who_may(client, coordinator, notification, person):
    assert NEW in client.get("/admin/cases/").content.decode()
    client.force_login(person("Panel chair"))
    assert NEW not in client.get("/admin/cases/").content.decode()


def test_it_offers_the_sources_that_do_not_arrive_by_themselves(client, coordinator, notification):
    page = client.get(NEW).content.decode()
    assert {code for code, _ in OTHER_SOURCES} == {"cascade_mbrrace", "registrar", "coroner", "other_cdop", "phone"}
    for _, label in OTHER_SOURCES:
        assert label in page
    assert "Web form" not in page


@pytest.mark.parametrize("source", ["coroner", "phone"])
def test_the_case_and_the_notification_carry_the_source_and_who_entered_it(client, coordinator, notification, source):
    receipt = enter(client, source)
    sent, case = Submission.objects.get(), Case.objects.get()
    assert (sent.source, case.source) == (source, source)
    assert case.timeline.get(kind="received").by == coordinator
    page = client.get(reverse("cases:case", args=[case.reference])).content.decode()
    assert page.count(sent.get_source_display()) >= 2
    assert "/admin/cases/" in client.get(receipt).content.decode()


def test_the_draft_belongs_to_who_began_it(client, coordinator, notification, person):
    address = client.post(NEW, {"source": "registrar"}).headers["Location"]
    assert Draft.objects.get().owner == coordinator
    client.logout()
    client.force_login(person("Coordinator", 2))
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("source", ["", "web", "api", "nonsense"])
def test_a_source_must_be_chosen_and_be_one_of_those(client, coordinator, notification, source):
    assert client.post(NEW, {"source": source}).status_code == 200
    assert not Draft.objects.exists()


def test_a_form_that_is_not_published_begins_nothing(client, coordinator, notification):
    Form.objects.update(live=False)
    page = client.post(NEW, {"source": "phone"}, follow=True).content.decode()
    assert "not published" in page
    assert not Draft.objects.exists()


@pytest.mark.parametrize("role", ["Panel chair", "Panel member", "Information governance", "Analyst", "Form editor"])
def test_others_begin_nothing(client, person, notification, role):
    client.force_login(person(role))
    client.post(NEW, {"source": "phone"})
    assert not Draft.objects.exists()


def test_what_a_notifier_sends_is_from_the_web_and_from_nobody_who_works_here(case):
    assert case.source == "web"
    assert case.timeline.get(kind="received").by is None
