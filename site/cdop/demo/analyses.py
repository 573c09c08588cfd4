"""Invented analyses of some cases: a draft, and what the panel made of it."""

import datetime as dt
from typing import Any

from django.contrib.auth.models import User

from forms.selectors import live_version
from forms.services import discard, receive
from workflow.analyses.services import FORM, begin
from workflow.analyses.signing import sign
from workflow.models import Analysis, Case

LATE_LETTERS = {
    "domain": "D", "factor_code": "communication", "level": "1", "modifiable_flag": "yes",
    "description": "Letters between two clinics took three weeks.",
}  # fmt: skip
ILLNESS = {
    "domain": "A", "factor_code": "chronic_condition", "level": "2", "modifiable_flag": "no",
    "description": "A long illness that had been known for years.",
}  # fmt: skip
EARLY = ILLNESS | {"factor_code": "prematurity", "description": "Born many weeks early."}
HOUSING = {
    "domain": "C", "factor_code": "housing", "level": "1", "modifiable_flag": "yes",
    "description": "Damp in the bedroom, reported twice.",
}  # fmt: skip
CATEGORY_OF_NEWBORN = {"category_primary": "8", "category_sub": "immaturity_prematurity"}
SAYS: dict[str, Any] = {
    "agencies_present": ["acute_trust", "gp", "health_visiting"],
    "documents": ["notification", "reporting_forms", "medical_records"],
    "quality_of_information": "adequate",
    "cause_understood": "As certified. Written for a demonstration.",
    "case_summary": "Written for a demonstration: no such child lived. Two clinics and a surgery gave care.",
    "domain_a": "factors",
    "domain_b": "none_identified",
    "domain_c": "factors",
    "domain_d": "factors",
    "modifiability": "none_identified",
    "learning": [{"text": "Two clinics that share a patient need one letter."}],
    "cspr_referral": "not_needed",
}
AT_THE_PANEL: dict[str, Any] = {
    "agencies_present": ["social_care", "police", "gp"],
    "domain_c": "none_identified",
    "modifiability": "identified",
    "recommendations": [
        {
            "text": "Clinics that share a patient write one letter, within a week.",
            "addressed_to": "Nowhere Hospital Trust",
            "level": "local",
        }
    ],
}


def has_analyses(case: Case) -> bool:
    """Whether this case is one of those that have some: every other one."""
    return int(case.reference.split("-")[1]) % 2 == 0 and live_version(FORM) is not None


def draft_of(case: Case, by: User, at: dt.datetime) -> None:
    """What the CDRM thought."""
    newborn = case.record["age_group"] == "0_27_days"
    factors = [EARLY if newborn else ILLNESS, LATE_LETTERS, HOUSING]
    category = (
        {"category_primary": "8", "category_sub": "immaturity_prematurity"} if newborn else {"category_primary": "6"}
    )
    _written(begin(case, "cdrm", by, at=at), at, SAYS | category | {"factors": factors})


def final_of(case: Case, by: User, chair: User, at: dt.datetime) -> Case:
    """What the panel found, signed: it saw no harm in the home, and more in the letters."""
    analysis = begin(case, "panel", by, at=at)
    old = analysis.begun_from.says["factors"] if analysis.begun_from else []
    factors = [factor for factor in old if factor["domain"] != "C"]
    factors = [factor | ({"level": "2"} if factor["domain"] == "D" else {}) for factor in factors]
    _written(analysis, at, SAYS | AT_THE_PANEL | {"factors": factors})
    sign(Analysis.objects.get(pk=analysis.pk), chair, at=at)
    return Case.objects.get(pk=case.pk)


def _written(analysis: Analysis, at: dt.datetime, says: dict[str, Any]) -> None:
    draft = analysis.draft
    if draft is not None:
        receive(draft.version, draft.answers | says, at=at, draft=draft)
        discard(draft)
