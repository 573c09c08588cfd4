"""What an R4 Questionnaire cannot carry."""

import re

from forms.exchange.canonical import canonical, each_page, each_question
from forms.exchange.fhir import enabling
from forms.exchange.fhir.terms import TYPES
from forms.exchange.losses import (
    BASICS,
    Loss,
    always_offered,
    catch_all,
    kinds_for,
    of_choices,
    of_conditions,
    of_groups,
    of_kinds,
    of_questions,
    of_texts,
    optional_if_warned,
    project,
    rest_of_form,
    rich_to_plain,
    untyped,
)
from forms.exchange.renaming import of_codes
from forms.exchange.richtext import paragraphs, plain
from forms.schema import Condition, FormSchema, Page, Question

NATIVE = set(TYPES) - {"information", "repeat"}
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
CARRIED = (
    *BASICS,
    "help_text",
    "item",
    "choices",
    "max_length",
    "minimum",
    "maximum",
    "decimal_places",
    "unit",
    "item_title",
    "min_items",
    "max_items",
    "unknown",
    "file_types",
    "max_files",
    "max_megabytes",
    "initial",
)


def tidy(text: str) -> str:
    return UNPRINTABLE.sub("", text).strip()


def _fits(condition: Condition, schema: FormSchema, group: str) -> bool:
    return enabling.can_write(condition, kinds_for(schema, group))


def _heading_first(question: Question) -> Question:
    if question.kind != "information" or not question.label:
        return question
    body = "\n".join([question.label, plain(question.body)])
    return question.model_copy(update={"label": "", "body": paragraphs(body)})


def optional_if_hidden(question: Question) -> str:
    return "optional" if question.kind == "hidden" else question.required


def _something_to_read(page: Page) -> Page:
    words = page.intro or paragraphs(page.title)
    return page if page.questions else page.model_copy(update={"intro": words})


LOSSES = [
    always_offered(),
    untyped("Headings, and values worked out", ("heading", "calculated")),
    of_texts("Unprintable characters", "left out", tidy),
    of_codes("Blanks at the ends of codes and doubled", "underscores", r"[^\S ]| {2,}|^ | $"),
    rich_to_plain(tidy),
    Loss("The heading of a text to read", "its first line", lambda schema: each_question(schema, _heading_first)),
    Loss("A page without questions", "shows its title as a text", lambda schema: each_page(schema, _something_to_read)),
    of_kinds(
        "Names, e-mail, phone, postcode, NHS number and other kinds of text",
        "asked as plain text, without their own checks",
        {},
        NATIVE,
    ),
    of_questions("“Remind if blank”", "optional", required=optional_if_warned),
    of_questions("That a hidden value is needed", "optional", required=optional_if_hidden),
    of_questions("The message when an answer is missing", "left out", error=""),
    of_questions("How sensitive an answer is", "taken as identifying when it comes back", sensitivity="I"),
    of_questions("The browser’s name for filling in (autocomplete)", "left out", autocomplete=""),
    of_questions(
        "“Not known” and “Not applicable” beside a question",
        "left out",
        unknown=lambda q: q.unknown if q.kind == "yes_no" else [],
    ),
    of_questions("Whether part of a date is enough", "a whole date is asked for", partial=False),
    of_choices("The hint below an answer to choose", "left out", hint=lambda choice: ""),
    of_groups("The name of one item", "the group’s title", item_title=lambda q: q.label),
    of_groups("A repeat group’s message", "left out", error="", required=optional_if_warned),
    of_groups("How sensitive a repeat group is", "taken as identifying when it comes back", sensitivity="I"),
    rest_of_form(
        "Rules, triggers, the declaration, what happens next, and whom to acknowledge to",
        "left out",
        ("slug", "title", "pages"),
    ),
    of_conditions(
        "A condition that compares with another answer, with today or an age, or joins “any of” with more",
        "always asked",
        _fits,
    ),
    catch_all("Anything else an editor can set", "left out", CARRIED),
]


def native(schema: FormSchema) -> FormSchema:
    """The form as a Questionnaire carries it, page for page and question for question."""
    return project(LOSSES, canonical(schema))
