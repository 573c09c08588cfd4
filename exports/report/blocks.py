"""Blocks of an annual report."""

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from content.blocks import BodyBlock
from exports.figures.showing import AUDIENCES
from exports.figures.years import EARLIEST, MOST_YEARS, ReportYear

# What the guidance says an annual report is about.
STATUTORY = {
    "trends": "Local patterns and trends in child deaths",
    "learning": "Lessons learnt and actions taken",
    "effectiveness": "How well the child death review process works",
}
PARTS = (*STATUTORY.items(), ("other", "Another part, such as a foreword or the members of the panel"))
# Blocks that are text.
TEXT = ("text", "inset", "details", "do", "steps")


def figures() -> list[tuple[str, str]]:
    from exports.figures.registry import DECLARED  # What counts is loaded after the models.

    return [(str(each.number), f"{each.number}. {each.title}") for each in DECLARED]


def last_year() -> int:
    """The newest year that has ended: what most reports are about."""
    return ReportYear.last_ended().start


class FigureBlock(blocks.StructBlock):
    number = blocks.ChoiceBlock(figures, label="Figure")
    first = blocks.IntegerBlock(label="First year begins in", min_value=EARLIEST, default=last_year)
    last = blocks.IntegerBlock(label="Last year begins in", min_value=EARLIEST, default=last_year)
    audience = blocks.ChoiceBlock(AUDIENCES, default="public", help_text="The page leaves out those for partners.")

    class Meta:
        icon = "decimal"
        label = "Figure"
        description = "One of the twenty figures, for a range of report years, counted when the report is frozen."
        preview_value = {"number": "1", "first": 2021, "last": 2025, "audience": "public"}

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        given = super().clean(value)
        if not 0 <= given["last"] - given["first"] < MOST_YEARS:
            sentence = f"This must not be before the first year, nor {MOST_YEARS} years or more after it."
            raise StructBlockValidationError({"last": ValidationError(sentence)})
        return given


class PartBody(BodyBlock):
    figure = FigureBlock(group="Figures")


class PartBlock(blocks.StructBlock):
    about = blocks.ChoiceBlock(PARTS, label="What this part is about", default="other")
    title = blocks.CharBlock(max_length=120)
    body = PartBody()

    class Meta:
        icon = "doc-full"
        label = "Part"
        description = "A part of the report, with a heading, text and figures."


class ReportBody(blocks.StreamBlock):
    part = PartBlock()
