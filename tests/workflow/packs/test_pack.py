"""The anonymised pack from making it to reading it."""

import html
import re

import pytest
from django.urls import reverse

from workflow.models import PackPassage

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(person):
    return person("Coordinator")


def text(response) -> str:
    assert response.status_code == 200
    page = html.unescape(response.content.decode())
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page[page.index("<main") :]))


def test_a_pack_is_made_confirmed_finished_and_read(client, case, coordinator):
    client.force_login(coordinator)
    address = reverse("cases:pack_prepare", args=[case.reference])
    assert "Make the pack" in text(client.get(address))
    page = text(client.post(address, follow=True))
    assert "passages decided" in page
    for passage in PackPassage.objects.filter(decision="open"):
        posted = {"text": "What the panel reads.", "decision": "confirm"}
        client.post(reverse("cases:pack_passage", args=[case.reference, passage.pk]), posted)
    client.post(reverse("cases:pack_finish", args=[case.reference]), {})
    assert "Read the pack" in text(client.get(reverse("cases:case", args=[case.reference])))
    read = text(client.get(reverse("cases:pack", args=[case.reference])))
    assert "What the panel reads." in read
    assert "Age at death 6 years" in read
