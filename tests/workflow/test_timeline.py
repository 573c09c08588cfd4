"""The whole story of a case: filtered, searched, and only as far as a person may read it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests.workflow.reviewing import review
from workflow import services
from workflow.models import TimelineEntry
from workflow.models.history import CONTACTS
from workflow.views.timeline import holds

WORDS = st.lists(st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8), max_size=4)


@pytest.fixture
def address(case) -> str:
    return reverse("cases:timeline", args=[case.reference])


def shown(client, address, **asked) -> list[str]:
    response = client.post(address, asked) if asked else client.get(address)
    return [entry.text for entry in response.context["entries"]]


@pytest.mark.django_db
def test_everything_is_shown_until_something_is_asked_for(client, case, coordinator, chair, address):
    review(case, coordinator, chair, until="accept")
    client.force_login(coordinator)
    assert shown(client, address) == [entry.text for entry in case.timeline.all()]


@pytest.mark.django_db
@pytest.mark.parametrize(("contact", "label"), CONTACTS)
def test_a_contact_is_logged_as_what_it_was(client, case, coordinator, address, contact, label):
    client.force_login(coordinator)
    note = reverse("cases:note", args=[case.reference])
    client.post(note, {"contact": contact, "text": "Invented: the ward rang back"})
    client.post(note, {"text": "Invented: a note"})
    assert shown(client, address, kind=["contact"]) == [label]
    assert shown(client, address, kind=["noted"]) == ["Note"]
    assert shown(client, address, kind=["contact", "noted"]) == ["Note", label]


@pytest.mark.django_db
def test_what_was_written_is_found_whatever_its_capitals(client, case, coordinator, address):
    services.add_note(case, coordinator, "The Coroner’s officer rang", "phone")
    services.add_note(case, coordinator, "Nothing new")
    client.force_login(coordinator)
    assert shown(client, address, words="coroner’s RANG") == ["Phone call"]
    assert shown(client, address, words="coroner wrote") == []


@pytest.mark.django_db
def test_sealed_words_are_neither_shown_to_nor_found_by_who_may_not_know_the_child(
    client, case, coordinator, chair, address
):
    services.add_note(case, coordinator, "Spoke to Invented Parent", "phone")
    client.force_login(chair)
    assert shown(client, address, words="Parent") == []
    assert shown(client, address, words="phone") == ["Phone call"]
    assert "Invented Parent" not in client.get(address).content.decode()


@pytest.mark.django_db
def test_nothing_found_says_so(client, case, coordinator, address):
    client.force_login(coordinator)
    response = client.post(address, {"words": "no such word"})
    assert "Nothing on this case is like this." in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("asked", [{"kind": ["nonsense"]}, {"words": "x" * 101}, {"words": "\x00"}])
def test_nonsense_is_told_and_shows_everything(client, case, coordinator, address, asked):
    client.force_login(coordinator)
    response = client.post(address, asked)
    assert response.context["form"].errors
    assert len(response.context["entries"]) == case.timeline.count()


@pytest.mark.django_db
def test_a_contact_that_is_none_is_refused(client, case, coordinator):
    client.force_login(coordinator)
    before = case.timeline.count()
    response = client.post(reverse("cases:note", args=[case.reference]), {"contact": "pigeon", "text": "Invented"})
    assert "contact" in response.context["form"].errors
    assert case.timeline.count() == before


@pytest.mark.django_db
def test_opening_the_timeline_is_on_the_record(client, case, coordinator, address):
    client.force_login(coordinator)
    client.get(address)
    assert case.views.filter(by=coordinator).exists()


@pytest.mark.django_db
def test_a_long_story_takes_as_many_queries_as_a_short_one(client, case, coordinator, address):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    client.force_login(coordinator)
    asked()
    before = asked()
    for number in range(12):
        services.add_note(case, coordinator, f"Invented note {number}")
    assert asked() == before


@given(before=WORDS, asked=WORDS, after=WORDS)
def test_an_entry_holds_the_words_that_stand_in_it(before, asked, after):
    entry = TimelineEntry(text=" ".join([*before, *asked, *after]))
    assert holds(entry, " ".join(asked), identity=False)


@given(text=WORDS)
def test_an_entry_without_a_word_does_not_hold_it(text):
    assert not holds(TimelineEntry(text=" ".join(text)), "⚑", identity=False)
