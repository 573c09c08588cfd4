"""What an XLSForm cannot carry."""

import re

from forms.exchange import foreign_losses as foreign
from forms.exchange.canonical import canonical, each_page
from forms.exchange.foreign import Names
from forms.exchange.logic import xpath
from forms.exchange.losses import (
    catch_all,
    kinds_for,
    of_conditions,
    of_groups,
    of_questions,
    of_rules,
    project,
    rest_of_form,
)
from forms.exchange.renaming import clashing_keys, of_codes
from forms.exchange.richtext import paragraphs
from forms.schema import FormSchema, Page, Question, Rule

NATIVE = foreign.NATIVE | {"yes_no", "declaration"}
CARRIED = (*foreign.CARRIED, "error", "max_length", "unknown")
# A cell of a spreadsheet holds 32,767 characters.
LONGEST_TEXT = 32_000
ESCAPE = re.compile(r"_x(?=[0-9A-Fa-f]{4}_)")


def tidy(text: str) -> str:
    """Text as a cell can hold it: `${` would be read as a question, and `_x0041_` as the letter A."""
    return ESCAPE.sub("_x ", foreign.printable(text)).replace("${", "$ {")[:LONGEST_TEXT]


def limited(question: Question) -> bool:
    return (question.max_length, question.minimum, question.maximum) != (None, None, None)


def rules_kept(schema: FormSchema) -> list[Rule]:
    """The first rule at each question that has no limit of its own: an XLSForm question has one constraint."""
    asked = {question.key: question for question in schema.questions()}
    kinds = kinds_for(schema)
    kept: dict[str, Rule] = {}
    for rule in schema.rules:
        question = asked[rule.question]
        single = question.kind not in ("repeat", "information") and not limited(question)
        if rule.question not in kept and single and rule.message and xpath.can_write(rule.refuse_if, kinds):
            kept[rule.question] = rule
    return [kept[key] for key in asked if key in kept]


LOSSES = [
    *foreign.head(
        "Unprintable characters, and ${ in a text",
        "spaced or left out, so that no text is a command",
        tidy,
        clashing_keys("A question of a repeat group with the key of another question", "gets the group’s key in front"),
        of_codes("Spaces and signs in codes", "underscores", r"[^A-Za-z0-9_.-]"),
    ),
    foreign.plain_kinds("Names, e-mail, phone, postcode, NHS number", NATIVE),
    foreign.REMINDERS,
    foreign.SENSITIVITY,
    of_questions("The data item a question feeds", "left out", item=""),
    foreign.AUTOCOMPLETE,
    foreign.UNKNOWN,
    of_questions("Part of a date", "a whole date is asked for", partial=False),
    of_questions("Decimal places", "any number of places", decimal_places=0),
    of_questions("The unit of a number", "left out", unit=""),
    foreign.HINTS_OF_CHOICES,
    foreign.ITEM_TITLES,
    of_groups("The fewest and most items", "as many as people add", min_items=0, max_items=50),
    of_groups(
        "A repeat group’s hint, message and data item", "left out", help_text="", error="", item="", required="optional"
    ),
    foreign.SENSITIVITY_OF_GROUPS,
    rest_of_form(
        "Triggers, the declaration, what happens next, and whom to acknowledge to",
        "left out",
        ("slug", "title", "pages", "rules"),
    ),
    of_conditions("A condition that XPath cannot state", "always asked", xpath.can_write),
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
