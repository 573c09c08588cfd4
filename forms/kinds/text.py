"""Kinds that are answered in words."""

import re
from abc import abstractmethod
from typing import Any

from django import forms as django_forms
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext, gettext_noop, ngettext
from wagtail import blocks
from wagtailstreamforms.fields import register

from forms.kinds.base import Kind, Raw
from forms.kinds.editing import unknown_block
from forms.schema import Question

WORDS = "Words"
CONTACT = "Names and contact"
POSTCODE = re.compile(r"GIR 0AA|[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}")
# Hospital phones have extensions and bleeps.
EXTENSION = re.compile(r"(,? ?(ext|extension|x|bleep|pager|option)\.?:? ?[0-9]{1,8})+$", re.IGNORECASE)
PHONE = re.compile(r"\+?[0-9 ()\-./]+")


class Words(Kind):
    """Text. People write names anywhere, so it may always identify somebody."""

    may_identify = True
    default_length = 200
    group = WORDS
    comparisons = ("is", "is_not", "answered", "not_answered")

    def get_options(self, block_value: Any) -> dict[str, Any]:
        length = block_value.get("max_length") or self.default_length
        return super().get_options(block_value) | {"max_length": length}

    def message(self, question: Question, error: ValidationError) -> str:
        if error.code == "max_length":
            most = question.max_length or self.default_length
            message = ngettext(
                "Use only %(most)s character in “%(question)s”",
                "Use %(most)s characters or fewer in “%(question)s”",
                most,
            )
            return message % {"most": number_format(most, force_grouping=True), "question": question.label}
        return super().message(question, error)

    def own_blocks(self) -> list[tuple[str, blocks.Block]]:
        return [
            (
                "max_length",
                blocks.IntegerBlock(required=False, min_value=1, max_value=50_000, label="Most characters"),
            ),
            (
                "autocomplete",
                blocks.CharBlock(required=False, help_text="HTML autocomplete name, such as email."),
            ),
            unknown_block(),
        ]


@register("short_text")
class ShortText(Words):
    icon = "pilcrow"
    label = "Short text"

    def entered(self, question: Question, raw: Raw) -> str:
        return " ".join(super().entered(question, raw).split())


@register("long_text")
class LongText(Words):
    icon = "doc-full"
    label = "Long text"
    template = "textarea"
    default_length = 10_000


@register("full_name")
class FullName(ShortText):
    icon = "user"
    label = "Full name"
    group = CONTACT


@register("email")
class Email(Words):
    icon = "mail"
    label = "Email address"
    group = CONTACT
    field_class = django_forms.EmailField
    input_type = "email"

    def message(self, question: Question, error: ValidationError) -> str:
        if error.code == "invalid":
            return gettext("Enter an email address in the correct format, like name@example.nhs.uk")
        return super().message(question, error)


class Pattern(Words):
    """Text that is tidied, then must fit."""

    def tidy(self, text: str) -> str:
        return " ".join(text.split())

    @abstractmethod
    def check(self, question: Question, text: str) -> None:
        """Raises ValidationError for text that does not fit."""

    def clean(self, question: Question, raw: Raw) -> Any:
        value = super().clean(question, raw)
        if value is None or value in question.unknown:
            return value
        value = self.tidy(value)
        self.check(question, value)
        return value


@register("phone")
class Phone(Pattern):
    icon = "mobile-alt"
    label = "Phone number"
    group = CONTACT
    input_type = "tel"

    def check(self, question: Question, text: str) -> None:
        number = EXTENSION.sub("", text)
        if not PHONE.fullmatch(number) or not 7 <= sum(letter.isdigit() for letter in number) <= 20:
            message = gettext("Enter a phone number, like 01632 960 001, 07700 900 982 or 01632 960 001 ext 123")
            raise ValidationError(message)


@register("postcode")
class Postcode(Pattern):
    icon = "site"
    label = "UK postcode"
    group = CONTACT

    def tidy(self, text: str) -> str:
        compact = re.sub(r"[^A-Za-z0-9]", "", text).upper()
        return f"{compact[:-3]} {compact[-3:]}" if len(compact) > 4 else compact

    def check(self, question: Question, text: str) -> None:
        if not POSTCODE.fullmatch(text):
            raise ValidationError(gettext("Enter a full UK postcode, like CB1 1AA"))


def is_nhs_number(digits: str) -> bool:
    """Whether ten digits pass the modulus 11 check (NHS Data Dictionary, NHS NUMBER)."""
    if not re.fullmatch(r"[0-9]{10}", digits):
        return False
    remainder = 11 - sum(int(digit) * weight for digit, weight in zip(digits[:9], range(10, 1, -1), strict=True)) % 11
    return remainder != 10 and remainder % 11 == int(digits[9])


@register("nhs_number")
class NhsNumber(Pattern):
    icon = "tag"
    label = "NHS number"
    group = CONTACT
    input_type = "text"

    def tidy(self, text: str) -> str:
        return re.sub(r"[\s-]", "", text)

    def check(self, question: Question, text: str) -> None:
        if not re.fullmatch(r"[0-9]{10}", text):
            raise ValidationError(gettext("NHS number must be 10 digits, like 485 777 3456"))
        if not is_nhs_number(text):
            raise ValidationError(gettext("This is not a valid NHS number. Check each digit against the record"))

    def filled(self, question: Question, value: Any) -> dict[str, Any]:
        return {question.key: self.words(question, value)}

    def words(self, question: Question, value: Any) -> str:
        return f"{value[:3]} {value[3:6]} {value[6:]}"


ADDRESS_PARTS = {
    "line1": (gettext_noop("Address line 1"), "address-line1"),
    "line2": (gettext_noop("Address line 2 (optional)"), "address-line2"),
    "town": (gettext_noop("Town or city"), "address-level2"),
    "county": (gettext_noop("County (optional)"), "address-level1"),
}
LONGEST_LINE = 200


@register("address")
class Address(Kind):
    may_identify = True
    icon = "home"
    label = "Address"
    group = CONTACT
    template = "address"

    def parts(self, question: Question) -> list[str]:
        return [f"{question.key}__{part}" for part in ADDRESS_PARTS]

    def entered(self, question: Question, raw: Raw) -> str:
        return self.written(question, raw, f"{question.key}__line1")

    def clean(self, question: Question, raw: Raw) -> Any:
        first = super().clean(question, raw)
        if first in question.unknown:
            return first
        lines = {part: self._line(question, raw, part) for part in ADDRESS_PARTS}
        if any(lines.values()) and not (lines["line1"] and lines["town"]):
            raise ValidationError(gettext("Enter the first line of the address and the town or city"))
        if any(len(line) > LONGEST_LINE for line in lines.values()):
            message = gettext("Use %(most)s characters or fewer in each line of the address")
            raise ValidationError(message % {"most": LONGEST_LINE})
        return {part: line for part, line in lines.items() if line} or None

    def _line(self, question: Question, raw: Raw, part: str) -> str:
        return " ".join(self.written(question, raw, f"{question.key}__{part}").split())

    def message(self, question: Question, error: ValidationError) -> str:
        if error.code == "required":
            return question.error or gettext("Enter the first line of the address and the town or city")
        return super().message(question, error)

    def filled(self, question: Question, value: Any) -> dict[str, Any]:
        return {f"{question.key}__{part}": line for part, line in value.items()}

    def words(self, question: Question, value: Any) -> str:
        return ", ".join(value[part] for part in ADDRESS_PARTS if part in value)

    def own_blocks(self) -> list[tuple[str, blocks.Block]]:
        return [unknown_block()]
