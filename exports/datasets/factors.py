"""What panels found to have contributed: one row for each factor of a signed analysis."""

from typing import Any

from django.db.models import QuerySet

from exports.datasets.answers import answer_columns, asked_in_group
from exports.datasets.declared import Column, Dataset, attribute
from exports.factors.reading import GROUP
from exports.models import FoundFactor
from workflow.analyses.services import FORM
from workflow.analyses.states import AnalysisState
from workflow.states import COUNTED_ELSEWHERE

ABOUT = [
    Column(
        "case", "Case reference", "text", "The number of the case.", make=attribute("analysis__case__reference", "text")
    ),
    Column("line", "Line", "whole", "Which line of the analysis it stands on."),
    Column(
        "signed_month",
        "Month signed",
        "month",
        "The month in which the chair signed the analysis.",
        make=attribute("analysis__signed_at", "month"),
    ),
]


class Factors(Dataset):
    """What was chosen is kept apart from what was written, which stays sealed."""

    name = "factors"
    title = "Factors"
    purpose = (
        "One row for each factor in the analysis that the chair of the panel signed, with its domain, its grade, and "
        "whether it could be changed. Earlier versions of an analysis do not count."
    )

    def columns(self) -> list[Column]:
        asked = asked_in_group(FORM, GROUP)
        return [*ABOUT, *answer_columns(asked, taken=[column.name for column in ABOUT])]

    def all_rows(self) -> QuerySet[Any]:
        signed = FoundFactor.objects.filter(analysis__state=AnalysisState.SIGNED)
        return signed.exclude(analysis__case__state__in=COUNTED_ELSEWHERE).order_by("analysis__case__reference", "line")
