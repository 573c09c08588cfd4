"""What panels found: one row for each review that has a category of death."""

from collections.abc import Iterator
from typing import Any

from django.db.models import BooleanField, Exists, OuterRef, QuerySet, Subquery, Value, When
from django.db.models import Case as Choose

from exports.datasets.answers import answer_columns, asked_in
from exports.datasets.cases import FINDINGS, STATES
from exports.datasets.declared import Column, Dataset, attribute, key
from workflow.analyses.findings import FINDINGS as ITEMS
from workflow.analyses.services import FORM
from workflow.analyses.states import AnalysisState
from workflow.models import Analysis, Case, CaseFact
from workflow.selectors import counted_here, newest_fact

# What the signed analysis says beside the findings of the case.
BESIDE = ("category_sub", "category_secondary", "domain_a", "domain_b", "domain_c", "domain_d")
ABOUT = [
    Column("reference", "Case reference", "text", "The number of the case."),
    Column("state", "State", "code", "Where the review is.", STATES),
    *(
        Column(name, title, "code", meaning, codes, "S", ITEMS[name], make=attribute(name, "code"))
        for name, title, codes, meaning in FINDINGS
    ),
]
WHEN = [
    Column(
        "found_month",
        "Month found",
        "month",
        "The month in which this category was recorded.",
        make=attribute("found_at", "month"),
    ),
    Column("changed", "Changed", "yes_no", "Another category was recorded for the case before."),
    Column("signed", "Analysis signed", "yes_no", "A signed analysis of the case is kept here."),
]


def beside() -> Iterator[Column]:
    """The answers of the signed analysis, described by the questions that they answer."""
    asked = asked_in(FORM)
    found = {name: asked[name] for name in BESIDE if name in asked}
    for column in answer_columns(found, taken=()):
        if not column.identifying:
            yield Column(
                column.name, column.title, column.type, column.meaning, column.codes, "S", column.item,
                make=key("says", column.name),
            )  # fmt: skip


class Categories(Dataset):
    name = "categories"
    title = "Categories of death"
    purpose = (
        "One row for each review that this area counts and whose panel found a category: the newest one, which others "
        "also apply, what was found in each domain, and whether the category was changed."
    )

    def columns(self) -> list[Column]:
        return [*ABOUT, *beside(), *WHEN]

    def all_rows(self) -> QuerySet[Any]:
        facts = CaseFact.objects.filter(case=OuterRef("pk"), name="category").order_by("-pk")
        signed = Analysis.objects.filter(case=OuterRef("pk"), state=AnalysisState.SIGNED)
        found: Any = counted_here(Case.objects.all()).annotate(
            **{name: newest_fact(name) for name, *_ in FINDINGS},
            found_at=Subquery(facts.values("at")[:1]),
            changed=_whether(Exists(facts.exclude(value=OuterRef("category")).exclude(value=""))),
            signed=_whether(Exists(signed)),
            says=Subquery(signed.values("submission__answers")[:1]),
        )
        return found.filter(category__gt="").order_by("reference")


def _whether(condition: Exists) -> Choose:
    return Choose(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())
