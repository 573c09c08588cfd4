"""What an editor puts in a block, and what a visitor gets of it."""

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from wagtail.blocks import StructBlockValidationError
from wagtail.documents.models import Document
from wagtail.models import Page

from content.blocks import BodyBlock, DoorBlock
from content.blocks.links import ButtonBlock, DocumentsBlock

pytestmark = pytest.mark.django_db
BODY = BodyBlock()
NAMES = list(BODY.child_blocks)


def draw(name: str, value) -> BeautifulSoup:
    block = BODY.child_blocks[name]
    return BeautifulSoup(block.render(block.to_python(value)), "html.parser")


@pytest.mark.parametrize("name", NAMES)
def test_the_editor_sees_what_a_block_is_and_looks_like(name):
    block = BODY.child_blocks[name]
    assert block.get_description().endswith(".")
    assert block.is_previewable
    html = BeautifulSoup(block.render(block.get_preview_value()), "html.parser")
    assert html.text.strip()


@pytest.mark.parametrize("name", NAMES)
def test_the_preview_of_a_block_wears_our_clothes(admin_client, name):
    block = BODY.child_blocks[name]
    response = admin_client.get("/admin/block-preview/", {"id": block.definition_prefix})
    html = response.content.decode()
    assert "cdop/site.css" in html
    assert "nhsuk-frontend" in html


@pytest.mark.parametrize("name", NAMES)
def test_text_is_escaped(name):
    block = BODY.child_blocks[name]
    value = block.get_prep_value(block.get_preview_value())

    def poison(part):
        if isinstance(part, dict):
            return {key: poison(inner) for key, inner in part.items()}
        if isinstance(part, list):
            return [poison(inner) for inner in part]
        return part + "&lt;i id=x&gt;" if isinstance(part, str) and part.startswith("<") else part

    assert draw(name, poison(value)).select("#x") == []


def test_a_title_is_escaped():
    assert draw("warning", {"title": "<i>Now</i>", "text": "<p>x</p>"}).select("i") == []


def test_a_warning_says_that_it_is_important_to_those_who_cannot_see_it():
    assert "Important: Act now" in draw("warning", {"title": "Act now", "text": "<p>x</p>"}).h2.text
    assert draw("warning", {"title": "Important", "text": "<p>x</p>"}).h2.text == "Important"


@pytest.mark.parametrize(
    ("level", "spoken"),
    [("non-urgent", "Non-urgent advice"), ("urgent", "Urgent advice"), ("emergency", "Immediate action required")],
)
def test_the_colour_of_urgency_is_said_in_words(level, spoken):
    html = draw("care", {"level": level, "title": "Call", "text": "<p>x</p>"})
    assert html.h2.text == f"{spoken}: Call"
    assert html.select(f".nhsuk-card--care--{level}")


def test_steps_fit_below_the_heading_they_have():
    steps = [{"title": "One", "text": "<p>x</p>"}]
    assert [heading.name for heading in draw("steps", {"title": "All", "steps": steps}).select("h2, h3")] == [
        "h2",
        "h3",
    ]
    assert [heading.name for heading in draw("steps", {"title": "", "steps": steps}).select("h2, h3")] == ["h2"]


def test_do_and_dont_have_their_own_signs():
    assert draw("do", {"items": ["this"]}).select("li .nhsuk-icon--tick")
    assert draw("dont", {"items": ["that"]}).select("li .nhsuk-icon--cross")
    assert draw("dont", {"items": ["that"]}).h2.text == "Don’t"


def test_functions_and_requirements_can_be_linked_to():
    items = [{"title": "A", "text": "<p>x</p>"}, {"title": "B", "text": "<p>y</p>"}]
    assert [item["id"] for item in draw("functions", {"items": items}).select("li[id]")] == ["function-1", "function-2"]
    assert draw("requirements", {"items": items}).select("#requirement-2")


def test_a_card_whose_page_is_gone_is_left_out(add_page):
    page = add_page()
    cards = {"cards": [{"title": "Page", "page": page.pk}, {"title": "Address", "address": "/x/"}]}
    assert [link.text for link in draw("cards", cards).select("a")] == ["Page", "Address"]
    page.unpublish()
    assert [link.text for link in draw("cards", cards).select("a")] == ["Address"]
    Page.objects.filter(pk=page.pk).delete()
    assert [link.text for link in draw("cards", cards).select("a")] == ["Address"]


def test_a_document_says_what_it_is_and_how_large():
    report = Document.objects.create(title="Report", file=ContentFile(b"x" * 2048, "report.pdf"))
    html = draw("documents", {"documents": [{"title": "Report 2026", "document": report.pk, "text": ""}]})
    assert html.a.text == "Report 2026 (PDF, 2.0\xa0KB)"
    assert html.a["href"] == report.url


def test_no_documents_yet_is_said():
    assert draw("documents", {"empty": "None yet.", "documents": []}).text.strip() == "None yet."


def test_an_organisation_shows_only_what_is_known_of_it():
    known = {"name": "A", "help": "All", "phone": "116 123", "hours": "any time", "website": "https://a.example/"}
    html = draw("support", {"organisations": [known, {"name": "B", "help": "Some"}]})
    first, second = html.select("li")
    assert first.select_one("a[href='tel:116123']")
    assert "(any time)" in first.text
    assert first.select_one("a[href='https://a.example/']").text == "A website"
    assert second.select("a") == []


@pytest.mark.parametrize("address", ["javascript:alert(1)", "//evil.example/", "families/", "data:text/html,x"])
def test_an_address_that_could_harm_or_lead_nowhere_is_refused(address):
    block = ButtonBlock()
    with pytest.raises(StructBlockValidationError):
        block.clean(block.to_python({"text": "Go", "address": address}))


@pytest.mark.parametrize("address", ["/families/", "https://www.gov.uk/", "mailto:a@b.example", "tel:111"])
def test_an_address_that_leads_somewhere_is_taken(address):
    block = ButtonBlock()
    assert block.clean(block.to_python({"text": "Go", "address": address})).url == address


def test_a_link_leads_to_one_place(add_page):
    block = DoorBlock()
    both = {"title": "In", "text": "x", "page": add_page().pk, "address": "/x/"}
    for value in (both, both | {"page": None, "address": ""}):
        with pytest.raises(StructBlockValidationError) as refused:
            block.clean(block.to_python(value))
        assert "only one" in str(refused.value.block_errors["address"].messages)


def test_documents_may_be_none():
    block = DocumentsBlock()
    assert len(block.clean(block.to_python({"documents": []}))["documents"]) == 0
