"""What is known about cases, read for many at once: the collated record, the signed analysis, who has not answered."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from exports.models import NcmdReturn
from workflow.analyses.states import AnalysisState
from workflow.collating.engine import Item, collate
from workflow.collating.selectors import evidence_of, records_of
from workflow.models import Analysis, Case, InformationRequest
from workflow.requests.states import OUTSTANDING


@dataclass(frozen=True)
class Evidence:
    """About one case. `says` are the answers of the signed final analysis, and `found` the same as items."""

    case: Case
    record: dict[str, Item]
    says: dict[str, Any]
    found: dict[str, Item]
    waiting: tuple[str, ...]
    states: dict[str, str]

    def knows(self, name: str) -> bool:
        item = self.record.get(name)
        return item is not None and item.answered


def evidence_about(cases: Collection[Case], identity: bool = True) -> dict[int, Evidence]:
    """By the primary key of the case, in a number of queries that does not grow with them."""
    records = records_of(cases, identity)
    signed = Analysis.objects.filter(case__in=cases, state=AnalysisState.SIGNED)
    analyses = {each.case_id: each for each in signed.select_related("submission__version__form")}
    waiting, states = _waiting(cases), _states(cases)
    return {case.pk: _about(case, records[case.pk], analyses.get(case.pk), waiting, states, identity) for case in cases}


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


def _states(cases: Collection[Case]) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    for case, stage, state in NcmdReturn.objects.filter(case__in=cases).values_list("case", "stage", "state"):
        found.setdefault(case, {})[stage] = state
    return found
