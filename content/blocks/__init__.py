"""Blocks an editor composes a page from."""

from wagtail import blocks

from content.blocks.callouts import CareBlock, DetailsBlock, InsetBlock, WarningBlock
from content.blocks.contact import ContactBlock, SupportBlock
from content.blocks.links import NOTIFICATION_START, ButtonBlock, CardsBlock, DocumentsBlock, DoorBlock
from content.blocks.lists import DoBlock, DontBlock, FunctionsBlock, RequirementsBlock, StepsBlock
from content.blocks.text import text_block

__all__ = ["NOTIFICATION_START", "BodyBlock", "DoorBlock"]


class BodyBlock(blocks.StreamBlock):
    """Everything that may stand on a page."""

    text = text_block(group="Text")
    inset = InsetBlock(group="Text")
    warning = WarningBlock(group="Text")
    care = CareBlock(group="Text")
    details = DetailsBlock(group="Text")
    do = DoBlock(group="Lists")
    dont = DontBlock(group="Lists")
    steps = StepsBlock(group="Lists")
    functions = FunctionsBlock(group="Lists")
    requirements = RequirementsBlock(group="Lists")
    cards = CardsBlock(group="Links")
    button = ButtonBlock(group="Links")
    documents = DocumentsBlock(group="Links")
    contact = ContactBlock(group="People")
    support = SupportBlock(group="People")

    class Meta:
        help_text = (
            "In any text, write [area], [partners], [time limit], [email], [data protection contact] or "
            "[rapid review contact] to show what the area settings say."
        )
