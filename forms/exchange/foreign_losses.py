"""What none of the formats of other software carries, stated once for all of them."""

import re
from collections.abc import Callable

from forms.exchange.canonical import each_page, each_question
from forms.exchange.losses import (
    BASICS,
    Loss,
    always_offered,
    of_choices,
    of_groups,
    of_kinds,
    of_questions,
    of_texts,
    optional_if_warned,
    rich_to_plain,
    untyped,
)
from forms.exchange.richtext import paragraphs, plain
from forms.schema import Page, Question

# The kinds that each of them asks as they are, and what it carries of a question.
NATIVE = {
    *("short_text", "long_text", "whole_number", "decimal_number", "date", "time"),
    *("radios", "select", "checkboxes", "hidden"),
}
CARRIED = (*BASICS, "help_text", "choices", "minimum", "maximum", "item_title", "initial")
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def printable(text: str) -> str:
    return UNPRINTABLE.sub("", text).strip()


def head(what: str, becomes: str, tidy: Callable[[str], str], *names: Loss) -> list[Loss]:
    """What is lost first everywhere: what becomes of texts once they are tidy, and the losses of names."""
    return [always_offered(), untyped(), of_texts(what, becomes, tidy), *names, rich_to_plain(tidy)]


def plain_kinds(kinds: str, native: set[str]) -> Loss:
    return of_kinds(f"{kinds} and other kinds of text", "asked as plain text, without their own checks", {}, native)


def _heading_first(question: Question) -> Question:
    if question.kind != "information" or not question.label:
        return question
    body = paragraphs("\n".join([question.label, plain(question.body)]))
    return question.model_copy(update={"label": "", "body": body})


def _something_to_read(page: Page) -> Page:
    return page if page.questions else page.model_copy(update={"intro": page.intro or paragraphs(page.title)})


HEADINGS = Loss("The heading of a text to read", "its first line", lambda schema: each_question(schema, _heading_first))
EMPTY_PAGES = Loss(
    "A page without questions", "shows its title as a text", lambda schema: each_page(schema, _something_to_read)
)
REMINDERS = of_questions("“Remind if blank”", "optional", required=optional_if_warned)
SENSITIVITY = of_questions("How sensitive an answer is", "taken as identifying when it comes back", sensitivity="I")
AUTOCOMPLETE = of_questions("The browser’s name for filling in (autocomplete)", "left out", autocomplete="")
UNKNOWN = of_questions(
    "“Not known” and “Not applicable” beside a question",
    "left out",
    unknown=lambda question: question.unknown if question.kind == "yes_no" else [],
)
HINTS_OF_CHOICES = of_choices("The hint below an answer to choose", "left out", hint=lambda choice: "")
ITEM_TITLES = of_groups("The name of one item", "the group’s title", item_title=lambda group: group.label)
SENSITIVITY_OF_GROUPS = of_groups(
    "How sensitive a repeat group is", "taken as identifying when it comes back", sensitivity="I"
)
