"""Questions nobody types an answer to: what is worked out, and what is known already."""

from typing import Any

from wagtail import blocks
from wagtailstreamforms.fields import register

from forms.calculations import OPERATIONS
from forms.condition_blocks import ConditionBlock, QuestionBlock
from forms.kinds.base import Kind, Raw
from forms.kinds.groups import Information
from forms.kinds.numbers import Number
from forms.schema import Question


class Given(Kind):
    """Never posted: whatever a browser sends under its name is ignored."""

    template = "given"
    typed = False
    group = "Structure"
    unused: tuple[str, ...] = ("required", "error", "prefill")

    def clean(self, question: Question, raw: Raw) -> Any:
        return None

    def raw(self, question: Question, value: Any) -> dict[str, Any]:
        return {} if value is None else {question.key: value}


class CalculationBlock(blocks.StructBlock):
    operation = blocks.ChoiceBlock(choices=list(OPERATIONS.items()), default="age_in_years", label="What to work out")
    of = blocks.ListBlock(
        QuestionBlock(label="Earlier question"),
        label="From",
        help_text="For an age: the date of birth, then the date on which. For a sum: every number. For a count: group.",
    )
    where = ConditionBlock(label="Count only those for which", required=False)


@register("calculated")
class Calculated(Given):
    """Worked out on the server from earlier answers, never from today, and kept with them."""

    icon = "order"
    label = "Worked out from other answers"
    description = "An age, days between two dates, a sum, or how many were added to a group. Shown, not typed."
    comparisons = Number.comparisons
    at_once = ("calculation",)

    def words(self, question: Question, value: Any) -> str:
        return f"{value} {question.unit}".strip()

    def own_blocks(self) -> list[tuple[str, blocks.Block]]:
        unit = blocks.CharBlock(required=False, max_length=20, help_text="Such as: days")
        return [("calculation", CalculationBlock()), ("unit", unit)]


@register("hidden")
class Hidden(Given):
    """Known before anybody is asked, kept with the answers, never shown."""

    icon = "view"
    label = "Hidden value"
    description = "Filled in from the case under the same key, or always the same; never shown on the form."
    comparisons = ("is", "is_not", "answered", "not_answered")
    template = "hidden"
    shown = False
    at_once = ("initial",)
    unused = (*Given.unused, "help_text", "inside")

    def common_blocks(self) -> list[tuple[str, blocks.Block]]:
        common = dict(super().common_blocks())
        name = blocks.CharBlock(label="Name", max_length=300, help_text="What staff read beside the value.")
        kept = ConditionBlock(label="Keep it only if", required=False)
        return list((common | {"label": name, "show_if": kept}).items())

    def own_blocks(self) -> list[tuple[str, blocks.Block]]:
        initial = blocks.CharBlock(
            required=False,
            label="Value from the start",
            help_text="Kept with the answers unless the case knows another value under the same key. Anybody who knows "
            "the form can read it.",
        )
        return [("initial", initial)]


@register("heading")
class Heading(Information):
    icon = "title"
    label = "Section heading"
    description = "A heading between questions, with words under it if you like."
    template = "heading"

    def own_blocks(self) -> list[tuple[str, blocks.Block]]:
        body = blocks.RichTextBlock(features=["bold", "link", "ul", "ol"], required=False, label="Text below it")
        return [("body", body)]
