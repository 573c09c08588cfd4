"""The review of one death, and the records that its moves leave behind."""

from workflow.models.case import Case, CaseIdentity, CaseSubmission
from workflow.models.clocks import Clock, ClockRule
from workflow.models.decisions import Hold, JarDecision, ScopeDecision
from workflow.models.history import CaseFact, CaseView, StateChange, TimelineEntry

__all__ = [
    "Case",
    "CaseFact",
    "CaseIdentity",
    "CaseSubmission",
    "CaseView",
    "Clock",
    "ClockRule",
    "Hold",
    "JarDecision",
    "ScopeDecision",
    "StateChange",
    "TimelineEntry",
]
