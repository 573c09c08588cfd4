"""What an editor fills in for a question, whatever its kind."""

from functools import cache
from typing import Any

from django import forms as django_forms
from django.forms import CheckboxSelectMultiple
from django.urls import reverse_lazy
from django.utils.translation import gettext_noop
from wagtail import blocks

from forms.condition_blocks import ConditionBlock
from forms.schema import KEY

UNKNOWN_LABELS = {"not_known": gettext_noop("Not known"), "not_applicable": gettext_noop("Not applicable")}
SENSITIVITY = [
    ("I", "Identifies the child or family"),
    ("P", "Identifies a professional"),
    ("S", "Sensitive: health, family or criminal information"),
    ("N", "None of these"),
]
# Where the page of the editor has the names of the data dictionary, once for all questions; `editor.js` fills it.
ITEMS = "cdop-data-items"
# The order in which an editor is offered kinds of question.
GROUPS = ("Choosing", "Words", "Dates and numbers", "Names and contact", "Structure", "Files", "Other")


class KindsInOrder:
    """For a stream of questions: offers the kinds group by group."""

    child_blocks: dict[str, blocks.Block]

    def ordered_child_blocks(self) -> list[blocks.Block]:
        return sorted(self.child_blocks.values(), key=lambda block: GROUPS.index(block.meta.group))


class ItemBlock(blocks.FieldBlock):
    """The name of a data item, chosen by typing part of it or of its words (`editor.js` lists them).

    The checks say when it is not in the data dictionary.
    """

    def __init__(self, help_text: str, **kwargs: Any) -> None:
        from_here = {"list": ITEMS, "data-items": reverse_lazy("forms_admin:items"), "autocomplete": "off"}
        widget = django_forms.TextInput(attrs=from_here)
        self.field = django_forms.CharField(required=False, help_text=help_text, widget=widget)
        super().__init__(**kwargs)


@cache
def stored_as() -> blocks.BlockGroup:
    """One group for all kinds, so that the page of the editor describes it once."""
    return blocks.BlockGroup(
        ["key", "item", "sensitivity"],
        heading="Stored as",
        icon="table",
        classname="collapsed",
        label_format="{key}",
    )


@cache
def more_settings(*names: str) -> blocks.BlockGroup:
    return blocks.BlockGroup(list(names), heading="More settings", icon="cogs", classname="collapsed", label_format="")


@cache
def common_blocks() -> list[tuple[str, blocks.Block]]:
    return [*_asking(), *_storing(), *_more()]


def _asking() -> list[tuple[str, blocks.Block]]:
    needed = [("mandatory", "Must be answered"), ("warn", "Remind if blank"), ("optional", "Optional")]
    return [
        ("label", blocks.CharBlock(label="Question", max_length=300)),
        ("help_text", blocks.CharBlock(required=False, label="Hint", max_length=500)),
        ("required", blocks.ChoiceBlock(choices=needed, default="optional", label="Is an answer needed?")),
        ("show_if", ConditionBlock(label="Ask only if", required=False)),
    ]


def _storing() -> list[tuple[str, blocks.Block]]:
    return [
        (
            "key",
            blocks.RegexBlock(
                regex=KEY,
                required=False,
                max_length=60,
                label="Key",
                help_text="Names this question in data and exports, for ever. Made from the question when left blank. "
                "Keep it when you change the words of the question.",
                error_messages={"invalid": "Use lower-case letters, numbers and _, starting with a letter."},
            ),
        ),
        (
            "item",
            ItemBlock(
                label="Data item",
                help_text="The statutory data item that an answer feeds: type a part of its name or of its words. "
                "Needed only where the key is not its name.",
            ),
        ),
        (
            "sensitivity",
            blocks.ChoiceBlock(
                choices=SENSITIVITY,
                default="I",
                label="How sensitive is an answer?",
                help_text="What identifies someone is stored encrypted and shown only to those who may see it.",
            ),
        ),
    ]


def _more() -> list[tuple[str, blocks.Block]]:
    return [
        ("error", blocks.CharBlock(required=False, label="Message when it is missing", max_length=200)),
        (
            "inside",
            blocks.BooleanBlock(
                required=False,
                label="Show it inside the answer that it is asked for",
                help_text="For a short question that one answer to the question above calls for.",
            ),
        ),
        (
            "prefill",
            blocks.ChoiceBlock(
                choices=[
                    ("offer", "filled in, and can be corrected"),
                    ("fixed", "shown as it is, and cannot be changed"),
                ],
                required=False,
                label="When the case already knows the answer, it is",
                help_text="Under the same key. Otherwise the question is asked.",
            ),
        ),
    ]


def unknown_block() -> tuple[str, blocks.Block]:
    """Lets an editor offer “Not known” and “Not applicable” beside a question."""
    return (
        "unknown",
        blocks.MultipleChoiceBlock(
            choices=list(UNKNOWN_LABELS.items()),
            required=False,
            label="Also offer",
            widget=CheckboxSelectMultiple,
        ),
    )
