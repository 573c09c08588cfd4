"""Kinds that hold other questions or none: repeat groups and information."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext, ngettext
from wagtail import blocks
from wagtailstreamforms.fields import get_fields, register

from forms.kinds.base import Kind, Raw
from forms.kinds.editing import KindsInOrder
from forms.schema import Question


class ItemQuestionsBlock(KindsInOrder, blocks.StreamBlock):
    class Meta:
        collapsed = True


@register("information")
class Information(Kind):
    icon = "info-circle"
    label = "Information"
    description = "Text to read, nothing to answer."
    group = "Structure"
    template = "information"
    takes_answer = False
    typed = False

    def clean(self, question: Question, raw: Raw) -> Any:
        return None

    def common_blocks(self) -> list[tuple[str, blocks.Block]]:
        common = dict(super().common_blocks())
        heading = blocks.CharBlock(required=False, label="Heading", max_length=300)
        return [("label", heading), ("show_if", common["show_if"]), ("key", common["key"])]

    def own_blocks(self) -> list[tuple[str, blocks.Block]]:
        return [("body", blocks.RichTextBlock(features=["bold", "link", "ul", "ol", "h3"], label="Text"))]

    def block_layout(self) -> list[str | blocks.BlockGroup]:
        return ["label", "body", "show_if", "key"]


@register("repeat")
class Repeat(Kind):
    """Add another: items that each answer the same questions. Stored as a list of dicts, each with its `id`."""

    icon = "list-ul"
    label = "Repeat group"
    description = "The same questions for each of several: “Add another professional”. Needs a page of its own."
    group = "Structure"
    at_once = ("item_title", "min_items", "max_items", "questions")
    template = "repeat"
    unused = ("inside", "prefill")

    def clean(self, question: Question, raw: Raw) -> Any:
        message = gettext("Add each item of “%(question)s” on a page of its own")
        raise ValidationError(message % {"question": question.label})

    def raw(self, question: Question, value: Any) -> dict[str, Any]:
        return {}

    def words(self, question: Question, value: Any) -> str:
        counted = ngettext("%(number)s %(item)s", "%(number)s %(item)ss", len(value))
        return counted % {"number": len(value), "item": question.item_title.lower() or gettext("item")}

    def own_blocks(self) -> list[tuple[str, blocks.Block]]:
        members = [
            (name, kind().get_form_block())
            for name, kind in get_fields().items()
            if name not in ("repeat", "information", "upload")
        ]
        return [
            (
                "item_title",
                blocks.CharBlock(label="What one item is called", help_text="For instance: Professional"),
            ),
            ("min_items", blocks.IntegerBlock(required=False, min_value=0, default=0, label="Fewest items")),
            (
                "max_items",
                blocks.IntegerBlock(required=False, min_value=1, max_value=200, default=50, label="Most items"),
            ),
            ("questions", ItemQuestionsBlock(members, label="Questions for each item")),
        ]
