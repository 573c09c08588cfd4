"""Text that stands out from the rest."""

from django.utils.translation import gettext
from wagtail import blocks

from content.blocks.text import short_text


class InsetBlock(blocks.StructBlock):
    text = short_text()

    class Meta:
        icon = "openquote"
        label = "Inset text"
        description = "A sentence or two that must not be missed, with a blue line beside it."
        preview_value = {"text": "<p>This review is not about blame.</p>"}
        template = "cdop_content/blocks/inset.html"


class WarningBlock(blocks.StructBlock):
    title = blocks.CharBlock(default="Important")
    text = short_text()

    class Meta:
        icon = "warning"
        label = "Warning"
        description = "A yellow box for what could cause harm when it is missed. Use it rarely."
        preview_value = {"title": "Important", "text": "<p>Do not wait for this form. Call 999.</p>"}
        template = "cdop_content/blocks/warning.html"


class CareValue(blocks.StructValue):
    @property
    def spoken_level(self) -> str:
        """What the colour says, for those who cannot see it."""
        if self["level"] == "emergency":
            return gettext("Immediate action required")
        return gettext("Urgent advice") if self["level"] == "urgent" else gettext("Non-urgent advice")


class CareBlock(blocks.StructBlock):
    level = blocks.ChoiceBlock(
        [("non-urgent", "Blue: can wait"), ("urgent", "Red: soon"), ("emergency", "Red and black: now")],
        default="non-urgent",
        label="How urgent",
    )
    title = blocks.CharBlock()
    text = short_text()

    class Meta:
        icon = "help"
        label = "Who to call"
        description = "Where to turn for help, in the colour of how urgent it is."
        preview_value = {
            "level": "non-urgent",
            "title": "Talk to someone now",
            "text": "<p>Call Samaritans on 116 123, at any time.</p>",
        }
        value_class = CareValue
        template = "cdop_content/blocks/care.html"


class DetailsBlock(blocks.StructBlock):
    title = blocks.CharBlock()
    text = short_text()

    class Meta:
        icon = "collapse-down"
        label = "Details to open"
        description = "Text that stays folded away until the reader opens it."
        preview_value = {"title": "What is a key worker?", "text": "<p>One person you can always ask.</p>"}
        template = "cdop_content/blocks/details.html"
