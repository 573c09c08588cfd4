"""What an XLSForm cannot carry."""

import re

from forms.exchange.canonical import canonical, each_page
from forms.exchange.foreign import Names
from forms.exchange.logic import xpath
from forms.exchange.losses import (
    BASICS,
    always_offered,
    catch_all,
    kinds_for,
    of_choices,
    of_conditions,
    of_groups,
    of_kinds,
    of_questions,
    of_rules,
    of_texts,
    optional_if_warned,
    project,
    rest_of_form,
    rich_to_plain,
    untyped,
)
from forms.exchange.renaming import clashing_keys, of_codes
from forms.exchange.richtext import paragraphs
from forms.schema import Condition, FormSchema, Page, Question, Rule

NATIVE = {
    "short_text",
    "long_text",
    "whole_number",
    "decimal_number",
    "date",
    "time",
    "radios",
    "select",
    "checkboxes",
    "yes_no",
    "declaration",
}
CARRIED = (*BASICS, "help_text", "error", "choices", "max_length", "minimum", "maximum", "item_title", "unknown")
# A cell of a spreadsheet holds 32,767 characters.
LONGEST_TEXT = 32_000
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
ESCAPE = re.compile(r"_x(?=[0-9A-Fa-f]{4}_)")


def tidy(text: str) -> str:
    """Text as a cell can hold it: `${` would be read as a question, and `_x0041_` as the letter A."""
    return ESCAPE.sub("_x ", UNPRINTABLE.sub("", text)).strip().replace("${", "$ {")[:LONGEST_TEXT]


def _fits(condition: Condition, schema: FormSchema, group: str) -> bool:
    return xpath.can_write(condition, kinds_for(schema, group))


def limited(question: Question) -> bool:
    return (question.max_length, question.minimum, question.maximum) != (None, None, None)


def rules_kept(schema: FormSchema) -> list[Rule]:
    """The first rule at each question that has no limit of its own: an XLSForm question has one constraint."""
    asked = {question.key: question for question in schema.questions()}
    kept: dict[str, Rule] = {}
    for rule in schema.rules:
        question = asked[rule.question]
        single = question.kind not in ("repeat", "information") and not limited(question)
        if rule.question not in kept and single and rule.message and _fits(rule.refuse_if, schema, ""):
            kept[rule.question] = rule
    return [kept[key] for key in asked if key in kept]


LOSSES = [
    always_offered(),
    untyped(),
    of_texts("Unprintable characters, and ${ in a text", "spaced or left out, so that no text is a command", tidy),
    clashing_keys("A question of a repeat group with the key of another question", "gets the group’s key in front"),
    of_codes("Spaces and signs in codes", "underscores", r"[^A-Za-z0-9_.-]"),
    rich_to_plain(tidy),
    of_kinds(
        "Names, e-mail, phone, postcode, NHS number and other kinds of text",
        "asked as plain text, without their own checks",
        {},
        NATIVE,
    ),
    of_questions("“Remind if blank”", "optional", required=optional_if_warned),
    of_questions("How sensitive an answer is", "taken as identifying when it comes back", sensitivity="I"),
    of_questions("The data item a question feeds", "left out", item=""),
    of_questions("The browser’s name for filling in (autocomplete)", "left out", autocomplete=""),
    of_questions(
        "“Not known” and “Not applicable” beside a question",
        "left out",
        unknown=lambda q: q.unknown if q.kind == "yes_no" else [],
    ),
    of_questions("Part of a date", "a whole date is asked for", partial=False),
    of_questions("Decimal places", "any number of places", decimal_places=0),
    of_questions("The unit of a number", "left out", unit=""),
    of_choices("The hint below an answer to choose", "left out", hint=lambda choice: ""),
    of_groups("The name of one item", "the group’s title", item_title=lambda q: q.label),
    of_groups("The fewest and most items", "as many as people add", min_items=0, max_items=50),
    of_groups(
        "A repeat group’s hint, message and data item", "left out", help_text="", error="", item="", required="optional"
    ),
    of_groups("How sensitive a repeat group is", "taken as identifying when it comes back", sensitivity="I"),
    rest_of_form(
        "Triggers, the declaration, what happens next, and whom to acknowledge to",
        "left out",
        ("slug", "title", "pages", "rules"),
    ),
    of_conditions("A condition that XPath cannot state", "always asked", _fits),
    of_rules("Rules beyond the first at a question, or at a question with limits", "left out", rules_kept),
    catch_all("Anything else an editor can set", "left out", CARRIED),
]


def native(schema: FormSchema) -> FormSchema:
    """The form as an XLSForm carries it, page for page and question for question."""
    return project(LOSSES, canonical(schema))


def intro_keys(schema: FormSchema) -> dict[str, str]:
    """The key of the note that stands for a page’s introduction, by page key."""
    names = Names()
    names.taken |= {question.key for question in schema.questions()}
    names.taken |= {part.key for question in schema.questions() for part in question.questions}
    return {page.key: names.free(page.key.replace("-", "_")[:50] + "_intro") for page in schema.pages if has_note(page)}


def has_note(page: Page) -> bool:
    return bool(page.intro) or not page.questions


def as_others_see_it(schema: FormSchema) -> FormSchema:
    """The form as it comes back without our notes: introductions are texts to read."""
    carried = native(schema)
    keys = intro_keys(carried)

    def with_intro(page: Page) -> Page:
        if page.key not in keys:
            return page
        text = Question(kind="information", key=keys[page.key], body=page.intro or paragraphs(page.title))
        return page.model_copy(update={"intro": "", "questions": [text, *page.questions]})

    return each_page(carried, with_intro)
