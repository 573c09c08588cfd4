"""What an R4 Questionnaire cannot carry."""

from forms.exchange import foreign_losses as foreign
from forms.exchange.canonical import canonical
from forms.exchange.fhir import enabling
from forms.exchange.fhir.terms import TYPES
from forms.exchange.losses import (
    catch_all,
    of_conditions,
    of_groups,
    of_questions,
    optional_if_warned,
    project,
    rest_of_form,
)
from forms.exchange.renaming import of_codes
from forms.schema import FormSchema

NATIVE = set(TYPES) - {"information", "repeat"}
CARRIED = (
    *foreign.CARRIED,
    *("item", "max_length", "decimal_places", "unit", "min_items", "max_items", "unknown"),
    *("file_types", "max_files", "max_megabytes"),
)

LOSSES = [
    *foreign.head(
        "Unprintable characters",
        "left out",
        foreign.printable,
        of_codes("Blanks at the ends of codes and doubled", "underscores", r"[^\S ]| {2,}|^ | $"),
    ),
    foreign.HEADINGS,
    foreign.EMPTY_PAGES,
    foreign.plain_kinds("Names, e-mail, phone, postcode, NHS number", NATIVE),
    foreign.REMINDERS,
    of_questions("The message when an answer is missing", "left out", error=""),
    foreign.SENSITIVITY,
    foreign.AUTOCOMPLETE,
    foreign.UNKNOWN,
    of_questions("Whether part of a date is enough", "a whole date is asked for", partial=False),
    foreign.HINTS_OF_CHOICES,
    foreign.ITEM_TITLES,
    of_groups("A repeat group’s message", "left out", error="", required=optional_if_warned),
    foreign.SENSITIVITY_OF_GROUPS,
    rest_of_form(
        "Rules, triggers, the declaration, what happens next, and whom to acknowledge to",
        "left out",
        ("slug", "title", "pages"),
    ),
    of_conditions(
        "A condition that compares with another answer, with today or an age, or joins “any of” with more",
        "always asked",
        enabling.can_write,
    ),
    catch_all("Anything else an editor can set", "left out", CARRIED),
]


def native(schema: FormSchema) -> FormSchema:
    """The form as a Questionnaire carries it, page for page and question for question."""
    return project(LOSSES, canonical(schema))
