"""What shows that a meeting of those who cared for the child came to its draft analysis (process, §13)."""

from workflow.attachments.selectors import on_file
from workflow.models import Case
from workflow.models.attachments import DRAFT_ANALYSIS, MORTALITY_RECORD, PMRT_REPORT

# What is accepted in the place of the draft analysis, by the kind of the meeting.
INSTEAD = {"pmrt": PMRT_REPORT, "mortality": MORTALITY_RECORD}
MISSING = {
    "": "No draft analysis is on file. Fill it in, or attach the form, the PMRT report or the record of the hospital’s "
    "mortality meeting.",
    "pmrt": "Attach the PMRT report, or fill in the draft analysis.",
    "mortality": "Attach the record of the mortality and morbidity meeting, or fill in the draft analysis.",
}
ONLY_THE_DRAFT = "A meeting of this kind comes to a draft analysis. Fill it in, or attach the form."


def _draft(case: Case) -> bool:
    from workflow.analyses.selectors import newest

    return newest(case, "cdrm") is not None or on_file(case, DRAFT_ANALYSIS)


def nothing_on_file(case: Case) -> str:
    """The sentence that says so, when nothing that any kind of meeting comes to is on file."""
    return "" if _draft(case) or any(on_file(case, kind) for kind in INSTEAD.values()) else MISSING[""]


def missing_for(case: Case, kind: str) -> str:
    """What is missing for a meeting of this kind; empty when it is on file."""
    if _draft(case) or (kind in INSTEAD and on_file(case, INSTEAD[kind])):
        return ""
    return MISSING.get(kind, ONLY_THE_DRAFT)
