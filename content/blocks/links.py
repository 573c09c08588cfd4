"""Ways to another page."""

from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from content.blocks.text import short_text

NOTIFICATION_START = "/report-a-child-death/"
SCHEMES = ("/", "https://", "http://", "mailto:", "tel:")


class LinkValue(blocks.StructValue):
    """A link to a page, a document or an address."""

    @property
    def url(self) -> str:
        """Where it leads; empty once the page or document is gone or no longer public."""
        if page := self.get("page"):
            return (page.url or "") if page.live else ""
        document = self.get("document")
        return document.url if document else self.get("address") or ""

    @property
    def starts_notification(self) -> bool:
        return self.url == NOTIFICATION_START

    @property
    def kind(self) -> str:
        """What opens, for a document of the library: "PDF, 120 KB"."""
        document = self.get("document")
        return f"{document.file_extension.upper()}, {filesizeformat(document.get_file_size())}" if document else ""


class LinkBlock(blocks.StructBlock):
    """Leads to exactly one place."""

    page = blocks.PageChooserBlock(required=False, label="Leads to this page")
    address = blocks.CharBlock(
        required=False, label="Or to this address", help_text="https://… or, on this site, /report-a-child-death/"
    )

    targets: tuple[str, ...] = ("page", "address")

    class Meta:
        value_class = LinkValue

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        value = super().clean(value)
        if len([name for name in self.targets if value.get(name)]) != 1:
            ways = " or ".join(
                ("a page", "a document", "an address") if "document" in self.targets else ("a page", "an address")
            )
            raise blocks.StructBlockValidationError({"address": ValidationError(f"Give {ways}, and only one of them.")})
        address = value.get("address")
        if address and (not address.startswith(SCHEMES) or address.startswith("//")):
            raise blocks.StructBlockValidationError({"address": ValidationError("Begin with / or https://")})
        return value


class DoorBlock(LinkBlock):
    title = blocks.CharBlock()
    text = blocks.TextBlock()

    class Meta:
        icon = "home"
        label = "Door"
        description = "One of the two ways in from the home page."
        form_layout = ["title", "text", "page", "address"]


class ButtonBlock(LinkBlock):
    text = blocks.CharBlock(label="Words on the button")

    class Meta:
        icon = "form"
        label = "Button to a form"
        description = "A green button. One on a page is enough."
        form_layout = ["text", "page", "address"]
        preview_value = {"text": "Start now", "page": None, "address": "/"}
        template = "cdop_content/blocks/button.html"


class CardBlock(LinkBlock):
    title = blocks.CharBlock()
    text = blocks.TextBlock(required=False)

    class Meta:
        label = "Card"
        label_format = "{title}"
        form_layout = ["title", "text", "page", "address"]


class CardsBlock(blocks.StructBlock):
    title = blocks.CharBlock(required=False)
    cards = blocks.ListBlock(CardBlock())

    class Meta:
        icon = "grip"
        label = "Cards"
        description = "Links to other pages, side by side."
        preview_value = {
            "title": "",
            "cards": [
                {"title": "Support", "text": "People who can help.", "page": None, "address": "/"},
                {"title": "Your views", "text": "How to tell us.", "page": None, "address": "/"},
            ],
        }
        template = "cdop_content/blocks/cards.html"


class DocumentBlock(LinkBlock):
    document = DocumentChooserBlock(required=False, label="Or to this document")
    title = blocks.CharBlock()
    text = short_text(required=False)

    targets = ("page", "document", "address")

    class Meta:
        label = "Document"
        label_format = "{title}"
        form_layout = ["title", "text", "page", "document", "address"]


class DocumentsBlock(blocks.StructBlock):
    title = blocks.CharBlock(required=False)
    empty = blocks.CharBlock(required=False, label="What to say while there is none")
    documents = blocks.ListBlock(DocumentBlock(), min_num=0)

    class Meta:
        icon = "doc-full-inverse"
        label = "Documents"
        description = "Reports, leaflets and pages to read, each with a line about it."
        preview_value = {
            "title": "Annual reports",
            "empty": "",
            "documents": [{"title": "Annual report", "text": "<p>What we learned.</p>", "page": None, "address": "/"}],
        }
        template = "cdop_content/blocks/documents.html"
