"""Between what an editor edits (a StreamField) and what is frozen (a FormSchema)."""

from collections.abc import Iterable
from typing import Any

from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.rich_text import RichText, expand_db_html
from wagtailstreamforms.streamfield import FormFieldStreamBlock

from forms.condition_blocks import ConditionBlock
from forms.schema import PAGE_KEY


class PageBlock(blocks.StructBlock):
    """One page of a form: what is asked together."""

    title = blocks.CharBlock(max_length=200, label="Page title")
    key = blocks.RegexBlock(
        regex=PAGE_KEY,
        max_length=60,
        help_text="Names this page in its address: lower-case letters, numbers and hyphens.",
        error_messages={"invalid": "Use lower-case letters, numbers and hyphens, starting with a letter."},
    )
    intro = blocks.RichTextBlock(required=False, features=["bold", "link", "ul", "ol"], label="Introduction")
    show_if = ConditionBlock(label="Show this page only if", required=False)
    questions = FormFieldStreamBlock([], required=False)

    class Meta:
        icon = "form"
        label = "Page"
        label_format = "{title}"


class PlainStreamField(StreamField):
    """A StreamField whose blocks stay out of migrations: a new kind of question changes no table."""

    def deconstruct(self) -> tuple[str, str, list, dict]:
        name, _path, _args, kwargs = super().deconstruct()
        kwargs["block_lookup"] = {}
        return name, "wagtail.fields.StreamField", [[]], kwargs


def _plain(value: Any) -> Any:
    """A block value as JSON, blanks left out."""
    if isinstance(value, RichText):
        return expand_db_html(value.source)
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


def _condition(condition: dict[str, Any] | None) -> dict[str, Any]:
    return condition or {"join": "all", "tests": []}


def _question_block(question: dict[str, Any]) -> dict[str, Any]:
    value = {name: child for name, child in question.items() if name != "kind"}
    value["show_if"] = _condition(value.get("show_if"))
    if "questions" in value:
        value["questions"] = [_question_block(child) for child in value["questions"]]
    return {"type": question["kind"], "value": value}


def stream_pages(pages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """FormSchema pages as the JSON of the editor's StreamField."""
    return [
        {
            "type": "page",
            "value": page
            | {
                "show_if": _condition(page.get("show_if")),
                "questions": [_question_block(question) for question in page.get("questions", [])],
            },
        }
        for page in pages
    ]


def stream_rules(rules: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"type": "rule", "value": rule} for rule in rules]
