"""Like questions asked together: one scale, many rows."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from wagtail import blocks
from wagtailstreamforms.fields import register

from forms.kinds.base import Kind, Raw
from forms.kinds.choices import ChoiceBlock
from forms.schema import Question


@register("grid")
class Grid(Kind):
    """Stored as a dict: the code of the answer by the code of the row; rows left blank are left out."""

    icon = "table"
    label = "Grid: several like questions"
    description = "One row for each question, with the same answers to choose from."
    group = "Choosing"
    template = "grid"
    at_once = ("rows", "choices")

    def parts(self, question: Question) -> list[str]:
        return [f"{question.key}__{row.code}" for row in question.rows]

    def entered(self, question: Question, raw: Raw) -> dict[str, str]:
        given = {row.code: self.written(question, raw, f"{question.key}__{row.code}") for row in question.rows}
        return {row: code for row, code in given.items() if code}

    def clean(self, question: Question, raw: Raw) -> Any:
        given = self.entered(question, raw)
        offered = {choice.code for choice in question.choices}
        if not set(given.values()) <= offered:
            message = gettext("Choose one of the answers offered to “%(question)s”")
            raise ValidationError(message % {"question": question.label})
        missing = [row.label for row in question.rows if row.code not in given]
        if missing and question.required == "mandatory":
            message = gettext("Choose an answer for “%(row)s”") % {"row": "”, “".join(missing)}
            raise ValidationError(question.error or message)
        return given or None

    def filled(self, question: Question, value: Any) -> dict[str, Any]:
        return {f"{question.key}__{row}": code for row, code in value.items()}

    def words(self, question: Question, value: Any) -> str:
        labels = {choice.code: choice.label for choice in question.choices}
        rows = [(row.label, value[row.code]) for row in question.rows if row.code in value]
        return "\n".join(f"{label}: {labels.get(code, code)}" for label, code in rows)

    def own_blocks(self) -> list[tuple[str, blocks.Block]]:
        return [
            ("rows", blocks.ListBlock(ChoiceBlock(), label="Rows: the questions")),
            ("choices", blocks.ListBlock(ChoiceBlock(), label="Answers to choose from, the same for each row")),
        ]
