"""Learning across cases: taken from each analysis as it is signed, found again without opening a case."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import QuerySet

from forms.models import Code
from workflow.analyses.findings import FINDINGS
from workflow.analyses.states import AnalysisState
from workflow.models import Analysis, LearningPoint
from workflow.permissions import Person, user_can_read_every_case
from workflow.selectors import cases_for


def learned(answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Kind and words of each thing that an analysis says was learned."""
    for point in answers.get("learning") or []:
        if text := (point.get("text") or "").strip():
            yield "learned", text
    if text := (answers.get("positive_practice") or "").strip():
        yield "good", text


def keep_learning(analysis: Analysis) -> None:
    """Written by `signing.sign` alone, once for each analysis."""
    says = analysis.says
    category = str(says.get(FINDINGS["category"]) or "")
    LearningPoint.objects.bulk_create(
        LearningPoint(analysis=analysis, kind=kind, text=text, category=category) for kind, text in learned(says)
    )


def learning_for(user: Person) -> QuerySet[LearningPoint]:
    """What counts now, of the cases this person may see. An analysis in which the child is named is never signed."""
    if not user_can_read_every_case(user):
        return LearningPoint.objects.none()
    counts = LearningPoint.objects.filter(analysis__state=AnalysisState.SIGNED, analysis__case__in=cases_for(user))
    return counts.select_related("analysis__case", "analysis__item__meeting")


def with_words(points: QuerySet[LearningPoint], words: str) -> QuerySet[LearningPoint]:
    """Those in which each of the words stands."""
    for word in words.split():
        points = points.filter(text__icontains=word)
    return points


def categories() -> list[tuple[str, str]]:
    """Code and label of every category of death, retired ones too."""
    return list(Code.objects.filter(code_list__name="category").values_list("code", "label"))
