"""Kinds that are answered by choosing from a list."""

from functools import cache
from typing import Any

from django import forms as django_forms
from django.core.exceptions import ValidationError
from django.utils.choices import CallableChoiceIterator
from django.utils.functional import cached_property
from django.utils.translation import gettext, gettext_noop
from wagtail import blocks
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.telepath import register as register_adapter
from wagtail.blocks.struct_block import StructBlockAdapter
from wagtailstreamforms.fields import register

from forms.codes import list_choices
from forms.condition_blocks import SCRIPTS, ConditionBlock
from forms.kinds.base import Kind, Raw, many
from forms.kinds.editing import UNKNOWN_LABELS
from forms.schema import Question

CHOOSING = "Choosing"
EQUAL = ("is", "is_not", "any_of", "answered", "not_answered")
YES_NO_NOT_KNOWN = [("yes", gettext_noop("Yes")), ("no", gettext_noop("No")), ("not_known", gettext_noop("Not known"))]


class ChoiceBlock(blocks.StructBlock):
    label = blocks.CharBlock(max_length=300, label="Answer")
    code = blocks.CharBlock(
        required=False,
        max_length=80,
        help_text="Stored and exported, for ever. Made from the answer when left blank.",
    )
    hint = blocks.CharBlock(required=False, max_length=300)

    class Meta:
        form_layout = ["label", "code", "hint"]
        form_classname = "struct-block cdop-choice"
        label = "Answer"
        label_format = "{label}"


class OfferedBlock(ChoiceBlock):
    """An answer that may be offered only sometimes. Most are offered always, which the editor’s page leaves out."""

    show_if = ConditionBlock(label="Offer this answer only if", required=False)

    class Meta:
        form_layout = ["label", "code", "hint", "show_if"]

    def get_form_state(self, value: Any) -> dict[str, Any]:
        state: dict[str, Any] = super().get_form_state(value)
        if not state["show_if"]["tests"]:
            del state["show_if"]
        return state


class OfferedBlockAdapter(StructBlockAdapter):
    js_constructor = "cdop.forms.OfferedBlock"

    @cached_property
    def media(self) -> django_forms.Media:
        return django_forms.Media(js=[versioned_static("wagtailadmin/js/telepath/blocks.js"), *SCRIPTS])


register_adapter(OfferedBlockAdapter(), OfferedBlock)


@cache
def _choices_block() -> blocks.ListBlock:
    """One block for every kind that chooses: an editor's page carries its definition once."""
    return blocks.ListBlock(OfferedBlock(), label="Answers of its own", collapsed=True, default=[])


class ListBlock(blocks.FieldBlock):
    """The name of a shared list. Which lists there are is asked only when the editor's page is made."""

    def __init__(self, **kwargs: Any) -> None:
        widget = django_forms.Select(choices=CallableChoiceIterator(lambda: [("", "–"), *list_choices()]))
        self.field = django_forms.CharField(required=False, widget=widget, help_text=kwargs.pop("help_text"))
        super().__init__(**kwargs)


@cache
def _list_block() -> ListBlock:
    return ListBlock(
        label="Answers from a shared list",
        help_text="Used instead of answers of its own. The lists are under “Code lists” in the menu.",
    )


class Choosing(Kind):
    field_class = django_forms.ChoiceField
    group = CHOOSING
    comparisons = EQUAL
    at_once = ("list", "choices")

    def options(self, block_value: Any) -> list[tuple[str, str]]:
        return [(choice["code"], choice["label"]) for choice in block_value["choices"]]

    def get_options(self, block_value: Any) -> dict[str, Any]:
        return super().get_options(block_value) | {"choices": self.options(block_value)}

    def message(self, question: Question, error: ValidationError) -> str:
        if error.code in ("invalid_choice", "invalid_list"):
            return gettext("Choose one of the answers offered to “%(question)s”") % {"question": question.label}
        return super().message(question, error)

    def required_message(self, question: Question) -> str:
        return gettext("Choose an answer to “%(question)s”") % {"question": question.label}

    def words(self, question: Question, value: Any) -> str:
        return dict(self.options(question.model_dump())).get(value, str(value))

    def own_blocks(self) -> list[tuple[str, blocks.Block]]:
        return [("list", _list_block()), ("choices", _choices_block())]


@register("radios")
class Radios(Choosing):
    icon = "radio-empty"
    label = "Choose one"
    description = "Round buttons, best for up to about eight answers."
    template = "radios"


@register("select")
class Select(Choosing):
    icon = "arrow-down"
    label = "Choose one from a long list"
    description = "A drop-down list, for nine answers or more."
    template = "select"


@register("lookup")
class Lookup(Select):
    label = "Choose one, with search"
    description = "For very long lists: type to search. Without JavaScript it is a plain list."
    template = "lookup"


@register("checkboxes")
class Checkboxes(Choosing):
    icon = "check"
    label = "Choose several"
    description = "Boxes to tick."
    template = "checkboxes"
    field_class = django_forms.MultipleChoiceField

    def entered(self, question: Question, raw: Raw) -> list[Any]:
        return [given for given in many(raw, question.key) if given != ""]

    def blank(self, question: Question, raw: Raw) -> bool:
        return not self.entered(question, raw)

    def clean(self, question: Question, raw: Raw) -> Any:
        value = super().clean(question, raw)
        exclusive = {"none", "not_known"} & set(value or [])
        if exclusive and len(value) > 1:
            message = gettext("Choose “%(answer)s” or other answers, not both")
            raise ValidationError(message % {"answer": self.words(question, [exclusive.pop()])})
        return value

    def stored(self, value: Any) -> Any:
        """Codes in the order they were ticked, each once."""
        return list(dict.fromkeys(value)) or None

    def filled(self, question: Question, value: Any) -> dict[str, Any]:
        return {question.key: value}

    def words(self, question: Question, value: Any) -> str:
        labels = dict(self.options(question.model_dump()))
        return ", ".join(labels.get(code, code) for code in value)


@register("yes_no")
class YesNo(Choosing):
    icon = "circle-check"
    label = "Yes, no or not known"
    description = "“Not known” is stored apart from no answer."
    template = "radios"

    def options(self, block_value: Any) -> list[tuple[str, str]]:
        extra = [(code, label) for code, label in UNKNOWN_LABELS.items() if code == "not_applicable"]
        offered = YES_NO_NOT_KNOWN + (extra if "not_applicable" in block_value["unknown"] else [])
        return [(code, gettext(label)) for code, label in offered]

    def own_blocks(self) -> list[tuple[str, blocks.Block]]:
        return [
            (
                "unknown",
                blocks.MultipleChoiceBlock(
                    choices=[("not_applicable", "Not applicable")],
                    required=False,
                    label="Also offer",
                    widget=django_forms.CheckboxSelectMultiple,
                ),
            )
        ]

    def raw(self, question: Question, value: Any) -> dict[str, Any]:
        return self.filled(question, value) if value is not None else {}


@register("declaration")
class Declaration(Kind):
    icon = "clipboard-list"
    label = "Declaration"
    description = "One box to tick, to confirm something."
    group = CHOOSING
    template = "declaration"
    field_class = django_forms.BooleanField

    def entered(self, question: Question, raw: Raw) -> bool:
        return super().entered(question, raw) == "yes"

    def stored(self, value: Any) -> Any:
        return "yes" if value else None

    def required_message(self, question: Question) -> str:
        return gettext("Tick the box to confirm")

    def words(self, question: Question, value: Any) -> str:
        return gettext("Confirmed")
