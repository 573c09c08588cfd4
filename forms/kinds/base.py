"""What every kind of question can do."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms as django_forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from wagtail import blocks
from wagtailstreamforms.fields import BaseField

from forms.folding import FoldedBlock
from forms.kinds.editing import UNKNOWN_LABELS, common_blocks, more_settings, stored_as
from forms.schema import Question

Raw = Mapping[str, Any]

# Control characters (but tab and line feed) and halves of surrogate pairs: no keyboard makes them, not every database
# and no spreadsheet takes them.
UNSTORABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def storable(text: str) -> str:
    """The text with plain line ends and without characters that cannot be stored."""
    return UNSTORABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def many(raw: Raw, name: str) -> list[Any]:
    """Everything that was sent under a name: of several ticked boxes, or of one."""
    given = raw.getlist(name) if hasattr(raw, "getlist") else raw.get(name, [])
    return given if isinstance(given, list) else [given]


class Kind(BaseField):
    """A kind of question: how an editor sets it up, how it is asked, checked, stored and read back.

    An answer travels as `raw` (names and strings, as a browser posts them) and is stored as a JSON `value`.
    """

    field_class: type[django_forms.Field] = django_forms.CharField
    template = "input"
    may_identify = False
    takes_answer = True
    typed = True
    shown = True
    input_type = "text"
    # For the editor: where the kind is offered, and how its answers can be compared in a condition.
    group = "Other"
    description = ""
    comparisons: tuple[str, ...] = ("answered", "not_answered")
    at_once: tuple[str, ...] = ()
    # Settings of every question that mean nothing to this kind, so that no editor is asked for them.
    unused: tuple[str, ...] = ()

    # How it is checked

    def get_options(self, block_value: Mapping[str, Any]) -> dict[str, Any]:
        return {"label": block_value["label"], "required": block_value["required"] == "mandatory"}

    def parts(self, question: Question) -> list[str]:
        """The names of the inputs that make up this question."""
        return [question.key]

    def written(self, question: Question, raw: Raw, name: str) -> str:
        """One input as text, without the blanks around it."""
        given = raw.get(name) or ""
        if isinstance(given, int | float) and not isinstance(given, bool):
            given = str(given)
        if not isinstance(given, str):
            raise ValidationError(gettext("The answer to “%(question)s” must be text") % {"question": question.label})
        text = given.replace("\r\n", "\n").replace("\r", "\n")
        if text != storable(text):
            message = gettext("We took out characters that cannot be stored from “%(question)s”. Check it and continue")
            raise ValidationError(message % {"question": question.label})
        return text.strip()

    def entered(self, question: Question, raw: Raw) -> Any:
        """What the person entered, as the form field wants it."""
        return self.written(question, raw, question.key)

    def blank(self, question: Question, raw: Raw) -> bool:
        return not any(self.written(question, raw, name) for name in self.parts(question))

    def clean(self, question: Question, raw: Raw) -> Any:
        """The JSON value of what was entered, or None when blank.

        Raises:
            ValidationError: with sentences that say what to do.
        """
        if unknown := self._unknown(question, raw):
            return unknown
        entered = self.entered(question, raw)
        try:
            value = self.get_formfield(question.model_dump()).clean(entered)
        except ValidationError as problem:
            raise ValidationError([self.message(question, error) for error in problem.error_list]) from None
        return self.stored(value)

    def _unknown(self, question: Question, raw: Raw) -> str:
        """The code of “Not known” or “Not applicable”, when that was chosen beside a question left blank."""
        given = many(raw, f"{question.key}__unknown")
        chosen = [code for code in question.unknown if code in given]
        names = [gettext(UNKNOWN_LABELS[code]) for code in chosen]
        if len(chosen) > 1:
            message = gettext("Choose “%(one)s” or “%(other)s” for “%(question)s”, not both")
            raise ValidationError(message % {"one": names[0], "other": names[1], "question": question.label})
        if chosen and not self.blank(question, raw):
            message = gettext("Enter an answer to “%(question)s” or choose “%(unknown)s”, not both")
            raise ValidationError(message % {"question": question.label, "unknown": names[0]})
        return chosen[0] if chosen else ""

    def message(self, question: Question, error: ValidationError) -> str:
        """A form field's message, in our words where the editor or the kind has better ones."""
        if error.code == "required":
            return question.error or self.required_message(question)
        return str(error.messages[0])

    def required_message(self, question: Question) -> str:
        return gettext("Enter an answer to “%(question)s”") % {"question": question.label}

    def stored(self, value: Any) -> Any:
        """A cleaned value as JSON; None for blank."""
        return None if value in ("", None, []) else value

    # How it is read back

    def raw(self, question: Question, value: Any) -> dict[str, Any]:
        """The stored value as a browser would post it, to fill the page again."""
        if value in question.unknown:
            return {f"{question.key}__unknown": value}
        return self.filled(question, value) if value is not None else {}

    def filled(self, question: Question, value: Any) -> dict[str, Any]:
        return {question.key: str(value)}

    def text(self, question: Question, value: Any) -> str:
        """The stored value in words, empty for blank."""
        if value is None:
            return ""
        if isinstance(value, str) and value in question.unknown:
            return gettext(UNKNOWN_LABELS[value])
        return self.words(question, value)

    def words(self, question: Question, value: Any) -> str:
        return str(value)

    # How an editor sets it up

    def get_form_block(self) -> blocks.StructBlock:
        """What an editor fills in for a question of this kind. One block per kind, however many streams offer it."""
        kind = type(self)
        if kind not in _form_blocks:
            _form_blocks[kind] = _form_block(self)
        return _form_blocks[kind]

    def block_layout(self) -> list[str | blocks.BlockGroup]:
        """What is seen at once, then what is folded away."""
        own = [name for name, _ in self.own_blocks()]
        at_once = ["label", "help_text", *[name for name in own if name in self.at_once], "required", "show_if"]
        folded = ["error", "inside", "prefill", *[name for name in own if name not in self.at_once]]
        more = [name for name in folded if name not in self.unused]
        seen = [name for name in at_once if name not in self.unused]
        return [*seen, stored_as(), *([more_settings(*more)] if more else [])]

    def common_blocks(self) -> list[tuple[str, blocks.Block]]:
        return [(name, block) for name, block in common_blocks() if name not in self.unused]

    def own_blocks(self) -> list[tuple[str, blocks.Block]]:
        return []


_form_blocks: dict[type[Kind], blocks.StructBlock] = {}


def _form_block(kind: Kind) -> blocks.StructBlock:
    return FoldedBlock(
        kind.common_blocks() + kind.own_blocks(),
        icon=kind.icon,
        label=kind.label,
        group=kind.group,
        description=kind.description,
        form_layout=kind.block_layout(),
        label_format="{label} · {key}{show_if}",
    )
