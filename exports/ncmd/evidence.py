"""What is known about cases, read for many at once: the collated record, the signed analysis, who has not answered."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from exports.models import NcmdReturn
from forms.models import Submission
from workflow.analyses.states import AnalysisState
from workflow.collating.engine import Item, collate
from workflow.collating.selectors import evidence_of, records_of
from workflow.models import Analysis, Case, CaseSubmission, InformationRequest
from workflow.requests.states import OUTSTANDING


@dataclass(frozen=True)
class Evidence:
    """About one case. `says` are the answers of the signed final analysis, and `found` the same as items.
    `notified_by` is the first notification."""

    case: Case
    record: dict[str, Item]
    says: dict[str, Any]
    found: dict[str, Item]
    waiting: tuple[str, ...]
    states: dict[str, str]
    notified_by: Submission | None = None

    def knows(self, name: str) -> bool:
        item = self.record.get(name)
        return item is not None and item.answered


def evidence_about(cases: Collection[Case], identity: bool = True) -> dict[int, Evidence]:
    """By the primary key of the case, in a number of queries that does not grow with them."""
    records = records_of(cases, identity)
    signed = Analysis.objects.filter(case__in=cases, state=AnalysisState.SIGNED)
    analyses = {each.case_id: each for each in signed.select_related("submission__version__form")}
    waiting, states, first = _waiting(cases), _states(cases), _first(cases) if identity else {}
    return {
        case.pk: replace(
            _about(case, records[case.pk], analyses.get(case.pk), waiting, states, identity),
            notified_by=first.get(case.pk),
        )
        for case in cases
    }


def _about(
    case: Case,
    items: list[Item],
    analysis: Analysis | None,
    waiting: dict[int, list[str]],
    states: dict[int, dict[str, str]],
    identity: bool,
) -> Evidence:
    found = collate([evidence_of(analysis.submission, identity)], {}) if analysis and analysis.submission else []
    return Evidence(
        case,
        {item.name: item for item in items},
        analysis.says if analysis else {},
        {item.name: item for item in found},
        tuple(waiting.get(case.pk, ())),
        states.get(case.pk, {}),
    )


def _waiting(cases: Collection[Case]) -> dict[int, list[str]]:
    """The agencies whose answer a review waits for."""
    found: dict[int, list[str]] = {}
    asked = InformationRequest.objects.filter(case__in=cases, mandatory=True, state__in=OUTSTANDING)
    for request in asked.select_related("agency").order_by("agency__name"):
        found.setdefault(request.case_id, []).append(str(request.agency))
    return found


def _first(cases: Collection[Case]) -> dict[int, Submission]:
    notified = CaseSubmission.objects.filter(case__in=cases, kind="notification").order_by("-pk")
    return {each.case_id: each.submission for each in notified.select_related("submission__version")}


def _states(cases: Collection[Case]) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    for case, stage, state in NcmdReturn.objects.filter(case__in=cases).values_list("case", "stage", "state"):
        found.setdefault(case, {})[stage] = state
    return found
