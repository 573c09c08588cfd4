"""Keeps the factors of an analysis as it is signed."""

from collections.abc import Iterable
from typing import Any

from exports.factors.reading import factors_of
from exports.models import FoundFactor
from forms.sealing import seal
from workflow.models import Analysis, AnalysisChange


def analysis_moved(sender: type[AnalysisChange], rows: Iterable[AnalysisChange], **kwargs: Any) -> None:
    for made in rows:
        if made.transition == "sign":
            keep_factors(made.analysis)


def keep_factors(analysis: Analysis) -> None:
    """Written once for each signed analysis."""
    if analysis.submission is None:
        return
    found = factors_of(analysis.submission.definition, analysis.says)
    FoundFactor.objects.bulk_create(
        FoundFactor(analysis=analysis, line=line, answers=plain, sealed=seal(words))
        for line, (plain, words) in enumerate(found, start=1)
    )
