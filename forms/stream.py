"""Between what an editor edits (a StreamField) and what is frozen (a FormSchema)."""

import re
import uuid
from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.html import strip_tags
from wagtail import blocks
from wagtail.admin.telepath import register
from wagtail.blocks.stream_block import StreamBlockAdapter
from wagtail.fields import StreamField
from wagtail.rich_text import RichText, expand_db_html
from wagtailstreamforms.streamfield import FormFieldStreamBlock

from forms.codes import list_choices, offered
from forms.condition_blocks import ConditionBlock
from forms.folding import FoldedBlock
from forms.kinds import comparisons
from forms.kinds.editing import KindsInOrder
from forms.schema import PAGE_KEY


class QuestionsBlock(KindsInOrder, FormFieldStreamBlock):
    """The questions of a page: every kind in wagtailstreamforms' registry."""

    class Meta:
        required = False
        collapsed = True


class PageBlock(FoldedBlock):
    """One page of a form: what is asked together."""

    title = blocks.CharBlock(max_length=200, label="Page title")
    key = blocks.RegexBlock(
        regex=PAGE_KEY,
        required=False,
        max_length=60,
        help_text="Names this page in its address: lower-case letters, numbers and hyphens. "
        "Made from the title when left blank.",
        error_messages={"invalid": "Use lower-case letters, numbers and hyphens, starting with a letter."},
    )
    intro = blocks.RichTextBlock(required=False, features=["bold", "link", "ul", "ol"], label="Introduction")
    show_if = ConditionBlock(label="Show this page only if", required=False)
    questions = QuestionsBlock([])

    class Meta:
        icon = "form"
        label = "Page"
        label_format = "{title} · {questions}{show_if}"
        form_layout = [
            "title",
            "intro",
            "show_if",
            blocks.BlockGroup(["key"], heading="Address", icon="link", classname="collapsed", label_format="{key}"),
            "questions",
        ]


class PagesBlock(blocks.StreamBlock):
    page = PageBlock()

    class Meta:
        collapsed = True


class PagesBlockAdapter(StreamBlockAdapter):
    """Sends along, once for all conditions, the answers of shared lists and how answers of each kind are compared.

    A list is a text, a line for each code with a tab before its label: quotation marks would weigh more than the words.
    """

    js_constructor = "cdop.forms.PagesBlock"

    def js_args(self, block: blocks.StreamBlock) -> list[Any]:
        *rest, meta = super().js_args(block)
        lists = offered({name for name, _ in list_choices()}, timezone.localdate())
        answers = {name: "\n".join(map(_line, codes)) for name, codes in lists.items()}
        return [*rest, meta | {"answers": answers, "comparisons": comparisons()}]


def _line(code: dict[str, Any]) -> str:
    return f"{code['code']}\t{' '.join(code['label'].split())}"


register(PagesBlockAdapter(), PagesBlock)


class PlainStreamField(StreamField):
    """A StreamField whose blocks stay out of migrations: a new kind of question changes no table."""

    def deconstruct(self) -> tuple[str, str, list, dict]:
        name, _path, _args, kwargs = super().deconstruct()
        kwargs["block_lookup"] = {}
        return name, "wagtail.fields.StreamField", [[]], kwargs


def plain_html(source: str) -> str:
    """Rich text as HTML to show, without what only the editor needs; empty when it says nothing.

    The same text gives the same HTML however it was written, so that opening a form changes no version.
    """
    html = re.sub(r' data-block-key="[^"]*"', "", expand_db_html(source))
    html = re.sub(r"\s+(?=<(?:p|h[1-6]|ul|ol|li)\b)|(?<=>)\s+(?=</(?:ul|ol)>)", "", html).strip()
    return html if strip_tags(html).strip() else ""


def _plain(value: Any) -> Any:
    """A block value as JSON, blanks left out."""
    if isinstance(value, RichText):
        return plain_html(value.source)
    if isinstance(value, blocks.StreamValue):
        return [{"kind": child.block_type, **_plain(child.value)} for child in value]
    if isinstance(value, blocks.StructValue):
        plain = {name: _plain(child) for name, child in value.items()}
        return {name: child for name, child in plain.items() if child not in (None, "", [])}
    if isinstance(value, blocks.list_block.ListValue):
        return [_plain(child) for child in value]
    return value


def plain_pages(pages: Iterable[Any]) -> list[dict[str, Any]]:
    """Pages of the editor's StreamField as FormSchema pages."""
    return [_plain(child.value) for child in pages]


def plain_rules(rules: Iterable[Any]) -> list[dict[str, Any]]:
    return [_plain(child.value) for child in rules]


def plain_triggers(triggers: Iterable[Any]) -> list[dict[str, Any]]:
    return [_plain(child.value) for child in triggers]


def _condition(condition: dict[str, Any] | None) -> dict[str, Any]:
    return condition or {"join": "all", "tests": []}


def _question_block(question: dict[str, Any]) -> dict[str, Any]:
    value = {name: child for name, child in question.items() if name != "kind"}
    value["show_if"] = _condition(value.get("show_if"))
    if "choices" in value:
        value["choices"] = [choice | {"show_if": _condition(choice.get("show_if"))} for choice in value["choices"]]
    if "questions" in value:
        value["questions"] = [_question_block(child) for child in value["questions"]]
    return _block(question["kind"], value)


def _block(kind: str, value: dict[str, Any]) -> dict[str, Any]:
    """A block with an id of its own, by which the editor's links find it."""
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


def stream_pages(pages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """FormSchema pages as the JSON of the editor's StreamField."""
    return [
        _block(
            "page",
            page
            | {
                "show_if": _condition(page.get("show_if")),
                "questions": [_question_block(question) for question in page.get("questions", [])],
            },
        )
        for page in pages
    ]


def stream_rules(rules: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [_block("rule", rule) for rule in rules]


def stream_triggers(triggers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [_block("trigger", trigger) for trigger in triggers]


def streams(data: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Everything of a FormSchema that the editor keeps in StreamFields, by field."""
    return {
        "pages": stream_pages(data["pages"]),
        "rules": stream_rules(data.get("rules", [])),
        "triggers": stream_triggers(data.get("triggers", [])),
    }
