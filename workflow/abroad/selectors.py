"""Whether a child died abroad, where, and what is to be sought then."""

import datetime as dt
from dataclasses import dataclass

from forms.definitions import code_list
from workflow.models import AbroadSettings, Case

BODY_HOME = "body_brought_home"
ANSWERS = [("yes", "Yes"), ("no", "No"), ("not_known", "Not known yet")]


def died_abroad(case: Case) -> bool:
    return case.record.get("place_of_death_type") == "abroad"


def country_of(case: Case) -> str:
    """The country that the first notification names; empty when none does."""
    for received in case.submissions.select_related("submission").defer("submission__sealed"):
        if code := received.submission.answers.get("country"):
            return code_list("country").get(code, code)
    return ""


def limits_from(case: Case, death: dt.datetime) -> dt.datetime:
    """The moment from which the time limits that run from the death count."""
    late_news = died_abroad(case) and AbroadSettings.load().limits_from == "notification"
    return max(death, case.opened_at) if late_news else death


@dataclass(frozen=True)
class Abroad:
    """What the page of a case says of a death abroad."""

    country: str
    body_home: str
    steps: list[str]
    suggests_hold: bool


def abroad_panel(case: Case) -> Abroad | None:
    """None for a child who died in this country."""
    if not died_abroad(case):
        return None
    settings, answer = AbroadSettings.load(), case.facts.get(BODY_HOME, "")
    text = f"{settings.steps}\n{settings.steps_if_home}" if answer == "yes" else settings.steps
    held = case.holds.filter(kind="coroner").exists()
    return Abroad(
        country_of(case),
        dict(ANSWERS).get(answer, ""),
        [step.strip() for step in text.splitlines() if step.strip()],
        answer == "yes" and not held and case.is_open,
    )
