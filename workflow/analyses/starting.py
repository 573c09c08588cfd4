"""The answers with which an analysis begins."""

import datetime as dt
import secrets
from typing import Any

from django.utils import timezone

from forms.calculations import years_between
from forms.carrying import carried
from forms.conditions import as_date
from forms.models import FormVersion
from forms.prefilling import takes
from forms.schema import Answers, FormSchema
from workflow.analyses.findings import ABOUT_THE_MEETING
from workflow.analyses.states import Stage
from workflow.models import AgendaItem, Analysis, Case

FOUR_WEEKS = 28


def begins_with(version: FormVersion, case: Case, stage: str, item: AgendaItem | None, old: Analysis | None) -> Answers:
    """What is known of the case and the meeting, and on top of it what the analysis says that is copied."""
    copied = _copied(old, version) if old else {}
    if old and old.stage != stage:
        copied = {key: value for key, value in copied.items() if key not in ABOUT_THE_MEETING}
    known = _of_case(case) | (_of_panel(item) if stage == Stage.PANEL else _of_cdrm(case))
    questions = {question.key: question for question in version.definition.questions()}
    fitting = {key: value for key, value in known.items() if key in questions and takes(questions[key], value)}
    return fitting | copied | {key: fitting[key] for key in ("analysis_status", "case_identifier") if key in fitting}


def _copied(old: Analysis, version: FormVersion) -> Answers:
    """The answers of an analysis, as this version of the form takes them."""
    assert old.submission is not None  # noqa: S101 - only what was sent is copied
    answers = old.says
    if old.submission.version_id == version.pk:
        return answers
    before = old.submission.definition
    return dict(carried(before, version.definition, _with_ids(before, answers)).answers)


def _with_ids(schema: FormSchema, answers: Answers) -> Answers:
    groups = {question.key for question in schema.questions() if question.kind == "repeat"}
    return {
        key: [{"id": secrets.token_hex(4)} | item for item in value] if key in groups and value else value
        for key, value in answers.items()
    }


def _of_case(case: Case) -> dict[str, Any]:
    return {"case_identifier": case.reference, "sex": case.record.get("sex")} | _age(case)


def _age(case: Case) -> dict[str, Any]:
    details = case.identity.details if hasattr(case, "identity") else {}
    born, died = as_date(details.get("date_of_birth")), as_date(details.get("date_of_death"))
    if born is None or died is None or died < born:
        return {}
    number, unit = age_in_units(born, died)
    return {"age_at_death": number, "age_at_death_unit": unit}


def age_in_units(born: dt.date, died: dt.date) -> tuple[int, str]:
    """An age as the form asks for it: days in the first weeks, then completed months, from two years on years."""
    days, years = (died - born).days, years_between(born, died)
    if years >= 2:
        return years, "years"
    if days < FOUR_WEEKS:
        return days, "days"
    return (died.year - born.year) * 12 + died.month - born.month - (died.day < born.day), "months"


def _of_cdrm(case: Case) -> dict[str, Any]:
    facts = case.facts
    return {
        "analysis_status": "draft",
        "meeting_type": facts.get("cdrm_kind", "cdrm"),
        "meeting_date": facts.get("cdrm_held_on") or facts.get("cdrm_on"),
        "chair_role": facts.get("cdrm_chair"),
    }


def _of_panel(item: AgendaItem | None) -> dict[str, Any]:
    known: dict[str, Any] = {"analysis_status": "final"}
    if item is None:
        return known
    day = timezone.localdate(item.meeting.starts_at).isoformat()
    kind = "themed" if item.meeting.kind == "themed" else "cdop"
    known |= {"meeting_type": kind, "meeting_date": day, "chair_role": item.meeting.chair_role}
    return known | {"finalised_by_role": item.meeting.chair_role, "finalised_at": day}
