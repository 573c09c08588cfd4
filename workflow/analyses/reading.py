"""What an analysis says, as far as a person may read it."""

from dataclasses import replace

from forms.schema import Question
from forms.selectors import Section, answer_sections
from workflow.analyses.findings import texts
from workflow.models import Analysis, Case
from workflow.packs.people import known_of
from workflow.packs.services import certain

# What tells who somebody is, of all that the scan of a pack finds.
WHO = frozenset({"name", "nhs_number", "postcode", "address", "phone", "email"})


def sections_of(analysis: Analysis, roles: bool, dates: bool = True) -> list[Section]:
    """An analysis in words. It names nobody, so its sealed words are opened for all who may read it.

    Without `roles` nothing that its form holds for personal is told, such as the roles of those who met; without
    `dates` no day.
    """
    if analysis.submission is None:
        return []
    asked = {question.key: question for question in analysis.submission.definition.questions()}
    told = {key for key, question in asked.items() if _told(question, roles, dates)}
    found = answer_sections(analysis.submission, identity=True)
    kept = (replace(each, rows=tuple(row for row in each.rows if row.key in told)) for each in found)
    return [section for section in kept if section.rows]


def _told(question: Question, roles: bool, dates: bool) -> bool:
    return (roles or question.sensitivity not in ("I", "P")) and (dates or question.kind not in ("date", "time"))


def still_says(analysis: Analysis, case: Case) -> list[str]:
    """What in its words may say who somebody is, in quotation marks with what it is: a help, and no guarantee."""
    words = "\n".join(texts(analysis.says))
    found = [span for span in certain(words, known_of(case)) if span.kind in WHO]
    return list(dict.fromkeys(f"“{words[span.start : span.end]}” ({span.label.lower()})" for span in found))
