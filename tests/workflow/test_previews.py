"""What a coordinator sees of a message or a letter while writing it."""

import pytest
from django.urls import reverse

from workflow.letters import words as letter_words
from workflow.letters.shipped import load_letters
from workflow.models import LetterTemplate, MessageTemplate, OutboxMessage
from workflow.outbox import words as message_words
from workflow.outbox.shipped import load_messages

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, coordinator):
    load_messages()
    load_letters()
    client.force_login(coordinator)
    return client


def preview(client, template, **typed: str) -> str:
    """What the panel beside the editor shows of what was typed."""
    address = reverse(f"wagtailsnippets_cdop_workflow_{template._meta.model_name}:preview_on_edit", args=[template.pk])
    fields = {name: getattr(template, name) for name in ("title", "subject", "body") if hasattr(template, name)}
    assert client.post(address, fields | typed).json() == {"is_valid": True, "is_available": True}
    return client.get(f"{address}?mode=").content.decode()


def test_a_message_is_shown_as_it_will_be_read_before_it_is_saved(desk):
    template = MessageTemplate.objects.get(code="request_late")
    page = preview(desk, template, subject="Late in [area]", body="[agency] was due on [due].\n\n[link]")
    assert "Late in Cambridgeshire and Peterborough" in page
    assert "Invented Surgery was due on 1 May 2026." in page
    assert "https://cdop.example/requests/an-invented-link/" in page
    template.refresh_from_db()
    assert template.subject == "Late: information for a child death review"


def test_a_letter_is_shown_with_an_invented_child(desk):
    template = LetterTemplate.objects.get(code="safeguarding_partners")
    assert "Child: Testy Invented" in preview(desk, template)


def test_whoever_opens_the_editor_is_offered_the_preview(desk):
    template = MessageTemplate.objects.get(code="request")
    page = desk.get(reverse("wagtailsnippets_cdop_workflow_messagetemplate:edit", args=[template.pk])).content.decode()
    assert "Toggle preview" in page


def test_no_preview_is_made_of_words_that_nothing_is_known_as(desk):
    template = MessageTemplate.objects.get(code="request")
    address = reverse("wagtailsnippets_cdop_workflow_messagetemplate:preview_on_edit", args=[template.pk])
    typed = {"title": "T", "subject": "About [child]", "body": "B"}
    assert desk.post(address, typed).json()["is_valid"] is False


def test_a_preview_sends_nothing(desk):
    for template in MessageTemplate.objects.all():
        preview(desk, template)
    assert not OutboxMessage.objects.exists()


@pytest.mark.parametrize("model", [MessageTemplate, LetterTemplate])
def test_no_shipped_words_are_shown_with_a_gap_or_a_bracket(desk, model):
    for template in model.objects.all():
        page = preview(desk, template)
        assert "[" not in page[page.index("<article") :]


def test_every_word_in_square_brackets_has_an_invented_one():
    area = {"area", "mailbox", "phone"}
    assert message_words.EXAMPLES.keys() == message_words.WORDS.keys() - area
    every = {word for words in letter_words.WORDS.values() for word in words}
    assert letter_words.EXAMPLES.keys() == every - area


def test_what_somebody_types_is_shown_as_text(desk):
    template = MessageTemplate.objects.get(code="request")
    assert "<script>" not in preview(desk, template, body="<script>alert(1)</script> [link]")
