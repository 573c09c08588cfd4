"""Cases under review: one row for each."""

from collections.abc import Iterator
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from import_export.widgets import BooleanWidget

from exports.datasets.answers import asked_in, codes_of, type_of
from exports.datasets.declared import Codes, Column, Dataset, attribute, key
from forms.dictionary import item_fed_by
from forms.models.answers import SOURCES
from workflow.analyses.findings import FINDINGS as ITEMS
from workflow.intake import AGE_GROUPS, NOTIFICATION, RECORDED
from workflow.models import Case, JarDecision
from workflow.models.case import HISTORY
from workflow.selectors import counted_here, newest_fact, with_flags
from workflow.states import CATEGORIES, LABELS, MODIFIABLE, SAFEGUARDING

STATES = tuple((str(state), label) for state, label in LABELS.items())
YES_NO_PENDING = (("yes", "Yes"), ("no", "No"), ("pending", "Not yet decided"))

CASE = [
    Column("reference", "Case reference", "text", "The number of the case."),
    Column("state", "State", "code", "Where the review is.", STATES),
    Column(
        "opened_month",
        "Month opened",
        "month",
        "The month in which the case was opened.",
        make=attribute("opened_at", "month"),
    ),
    Column(
        "died_month",
        "Month of death",
        "month",
        "The month in which the child died.",
        sensitivity="S",
        make=attribute("died_on", "month"),
    ),
    Column(
        "age_group",
        "Age group",
        "code",
        "Age at death, in the groups of the national data release.",
        tuple(AGE_GROUPS),
        make=key("record", "age_group"),
    ),
    Column("source", "Source", "code", "How the first notification reached us.", (*SOURCES, HISTORY)),
    Column("notifications", "Notifications", "whole", "How many notifications were received for this case."),
    Column("urgent", "Urgent", "yes_no", "Another child may be at risk, or a national alert was asked for."),
    Column("on_hold", "On hold", "yes_no", "A parallel process makes some later stage wait."),
    Column("overdue", "Past a time limit", "yes_no", "A time limit of the review has passed and is not met."),
]
# What the panel decided: name of the fact, title, codes, meaning.
FINDINGS: list[tuple[str, str, Codes, str]] = [
    ("category", "Category of death", CATEGORIES, "The panel’s category: the highest in the list that fits."),
    ("modifiability", "Modifiable factors", MODIFIABLE, "Whether the panel found modifiable factors."),
    ("safeguarding_referral", "Safeguarding referral", SAFEGUARDING, "Referral to safeguarding partners."),
]
DECIDED = [
    Column("jar_decision", "JAR decision", "code", "The newest decision on a Joint Agency Response.", YES_NO_PENDING),
    *(
        Column(name, title, "code", meaning, codes, "S", ITEMS[name], make=attribute(name, "code"))
        for name, title, codes, meaning in FINDINGS
    ),
]
WHO = [
    Column("opened_at", "Opened", "moment", "When exactly the case was opened.", sensitivity="I"),
    Column("died_on", "Date of death", "date", "The date of death that the case records.", sensitivity="I"),
    *(
        Column(
            name,
            title,
            kind,
            "From the sealed identity record.",
            sensitivity="I",
            make=key("identity__sealed", name, sealed=True),
        )
        for name, title, kind in (
            ("first_names", "First names", "text"),
            ("family_name", "Family name", "text"),
            ("nhs_number", "NHS number", "text"),
            ("date_of_birth", "Date of birth", "part_date"),
            ("postcode", "Postcode", "text"),
        )
    ),
]


def recorded_columns() -> Iterator[Column]:
    """The values chosen for the case, described by the questions they answer."""
    asked = asked_in(NOTIFICATION)
    for name in RECORDED:
        questions = asked.get(name, ())
        newest = questions[0] if questions else None
        yield Column(
            name,
            newest.label if newest else name.replace("_", " ").capitalize(),
            type_of(questions) if newest else "text",
            "As recorded for the case.",
            codes_of(questions),
            newest.sensitivity if newest else "S",
            item=item_fed_by(newest) if newest else "",
            make=key("record", name),
        )
    yield Column(
        "nhs_number_known",
        "NHS number known",
        "yes_no",
        "Whether the case has an NHS number.",
        make=key("record", "nhs_number_known", BooleanWidget()),
    )


class Cases(Dataset):
    name = "cases"
    title = "Cases"
    purpose = (
        "One row for each case that this area counts, in whatever state: what is recorded about the death and what was "
        "decided. Duplicates, and reviews that another panel has or offers, are no rows."
    )

    def columns(self) -> list[Column]:
        return [*CASE, *recorded_columns(), *DECIDED, *WHO]

    def all_rows(self) -> QuerySet[Any]:
        jar = JarDecision.objects.filter(case=OuterRef("pk")).order_by("-pk")
        newest = {name: newest_fact(name) for name, *_ in FINDINGS}
        cases = counted_here(Case.objects.all()).annotate(jar_decision=Subquery(jar.values("required")[:1]), **newest)
        return with_flags(cases).order_by("reference")
