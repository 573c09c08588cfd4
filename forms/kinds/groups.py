"""Kinds that hold other questions or none: repeat groups and information."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtailstreamforms.fields import get_fields, register

from forms.kinds.base import Kind, Raw
from forms.schema import Question


@register("information")
class Information(Kind):
    icon = "info-circle"
    label = "Information: text to read, nothing to answer"
    template = "information"
    takes_answer = False

    def clean(self, question: Question, raw: Raw) -> Any:
        return None

    def get_form_block(self) -> blocks.StructBlock:
        common = dict(self.common_blocks())
        own = [("body", blocks.RichTextBlock(features=["bold", "link", "ul", "ol", "h3"]))]
        kept = [(name, common[name]) for name in ("key", "show_if")]
        heading = ("label", blocks.CharBlock(required=False, label="Heading", max_length=300))
        return blocks.StructBlock([heading, *own, *kept], icon=self.icon, label=self.label)


@register("repeat")
class Repeat(Kind):
    """Add another: items that each answer the same questions. Stored as a list of dicts, each with its `id`."""

    icon = "list-ul"
    label = "Repeat group: add another"
    template = "repeat"

    def clean(self, question: Question, raw: Raw) -> Any:
        raise ValidationError(f"Add each item of “{question.label}” on a page of its own")

    def raw(self, question: Question, value: Any) -> dict[str, Any]:
        return {}

    def words(self, question: Question, value: Any) -> str:
        return f"{len(value)} {question.item_title.lower() or 'item'}{'' if len(value) == 1 else 's'}"

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
            ("questions", blocks.StreamBlock(members, label="Questions for each item")),
        ]
