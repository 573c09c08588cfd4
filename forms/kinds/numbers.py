"""Whole and decimal numbers with a range."""

import re
from decimal import Decimal
from typing import Any

from django import forms as django_forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_noop, ngettext
from wagtail import blocks
from wagtailstreamforms.fields import register

from forms.kinds.base import Kind, Raw
from forms.kinds.editing import unknown_block
from forms.schema import Question

MOST = 999_999_999
LIMITS = {
    "min_value": gettext_noop("“%(question)s” must be %(limit)s or more"),
    "max_value": gettext_noop("“%(question)s” must be %(limit)s or less"),
}
GROUPED = re.compile(r"([0-9]{1,3})([ ,][0-9]{3})+(\.[0-9]+)?")
PLAIN = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


def readable(limit: float) -> str:
    """A limit as people write it: 6500, 0.5."""
    return f"{float(limit):f}".rstrip("0").rstrip(".")


class Number(Kind):
    group = "Dates and numbers"
    comparisons = ("is", "is_not", "at_least", "at_most", "answered", "not_answered")
    at_once = ("minimum", "maximum", "unit")

    def get_options(self, block_value: Any) -> dict[str, Any]:
        low, high = block_value.get("minimum"), block_value.get("maximum")
        limits = {"min_value": -MOST if low is None else low, "max_value": MOST if high is None else high}
        return super().get_options(block_value) | limits

    def entered(self, question: Question, raw: Raw) -> str:
        text = super().entered(question, raw)
        text = re.sub("[ ,]", "", text) if GROUPED.fullmatch(text) else text
        if text and not PLAIN.fullmatch(text):
            raise ValidationError(self.wrong(question))
        return text

    def message(self, question: Question, error: ValidationError) -> str:
        if error.code in LIMITS:
            limit = readable((error.params or {})["limit_value"])
            return gettext(LIMITS[error.code]) % {"question": question.label, "limit": limit}
        if error.code == "required":
            return super().message(question, error)
        return self.wrong(question)

    def wrong(self, question: Question) -> str:
        return gettext("“%(question)s” must be a number") % {"question": question.label}

    def words(self, question: Question, value: Any) -> str:
        return f"{value} {question.unit}".strip()

    def own_blocks(self) -> list[tuple[str, blocks.Block]]:
        return [
            ("minimum", blocks.FloatBlock(required=False)),
            ("maximum", blocks.FloatBlock(required=False)),
            ("unit", blocks.CharBlock(required=False, max_length=20)),
            unknown_block(),
        ]


@register("whole_number")
class WholeNumber(Number):
    icon = "order"
    label = "Whole number"
    field_class = django_forms.IntegerField

    def wrong(self, question: Question) -> str:
        return gettext("“%(question)s” must be a whole number, like 7") % {"question": question.label}


@register("decimal_number")
class DecimalNumber(Number):
    """Stored as text, so that 0.10 stays 0.10."""

    icon = "order"
    label = "Decimal number"
    field_class = django_forms.DecimalField

    def get_options(self, block_value: Any) -> dict[str, Any]:
        options = super().get_options(block_value)
        for limit in ("min_value", "max_value"):
            options[limit] = Decimal(str(options[limit]))
        return options | {"max_digits": 15, "decimal_places": block_value.get("decimal_places") or 2}

    def message(self, question: Question, error: ValidationError) -> str:
        if error.code == "max_decimal_places":
            places = question.decimal_places or 2
            message = ngettext(
                "“%(question)s” must have no more than %(places)s decimal place",
                "“%(question)s” must have %(places)s decimal places or fewer",
                places,
            )
            return message % {"question": question.label, "places": places}
        return super().message(question, error)

    def stored(self, value: Any) -> Any:
        return None if value is None else f"{value:f}"

    def own_blocks(self) -> list[tuple[str, blocks.Block]]:
        places = blocks.IntegerBlock(required=False, min_value=0, max_value=6, default=2, label="Decimal places")
        return [*super().own_blocks(), ("decimal_places", places)]
