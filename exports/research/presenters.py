"""One research project in words."""

from dataclasses import dataclass

from exports.models import ResearchExtract, ResearchProject
from exports.research.making import make
from exports.research.offered import Chosen, chosen
from exports.research.permissions import approvers_in_words, user_can_approve, user_can_ask
from exports.research.report import facts
from exports.research.selectors import ends_soon
from exports.research.states import APPROVERS, OPEN, TO_DECIDE, ProjectMove, possible
from workflow.permissions import Person


@dataclass(frozen=True)
class Page:
    """`now` is what the report would say of an extract made today; empty when none can be made any more.

    It `gives_away` what all children in one class have in common, where that is a sensitive value.
    """

    columns: list[tuple[str, bool]]
    now: list[tuple[str, str]]
    gives_away: bool
    too_few: bool
    moves: list[ProjectMove]
    may_extract: bool
    ends_soon: bool
    waits_for: list[str]


def page_of(project: ResearchProject, user: Person) -> Page:
    going_on = project.state in TO_DECIDE | OPEN and not project.is_past()
    report = make(project).report if going_on else None
    given = chosen(project.request.columns, project.request.dates)
    return Page(
        columns=[(each.column.title, each.known) for each in given],
        now=facts(report, _titles(given)) if report else [],
        gives_away=report is not None and 1 in report["l"].values(),
        too_few=report is not None and not report["rows"],
        moves=[move for move in possible(project.state) if _may(move, project, user)],
        may_extract=user_can_ask(user) and project.is_open,
        ends_soon=ends_soon(project),
        waits_for=approvers_in_words() if project.state in TO_DECIDE else [],
    )


def _titles(given: list[Chosen]) -> dict[str, str]:
    return {each.name: each.column.title for each in given}


def _may(move: ProjectMove, project: ResearchProject, user: Person) -> bool:
    if move.name == "extract":
        return False
    if move.who == APPROVERS:
        return user_can_approve(user) and project.request.by_id != user.pk and not _gave_already(move, project, user)
    return user_can_approve(user) or user_can_ask(user)


def _gave_already(move: ProjectMove, project: ResearchProject, user: Person) -> bool:
    return move.name == "approve_too" and project.changes.filter(transition="approve", by_id=user.pk).exists()


def extracts_of(project: ResearchProject) -> list[tuple[ResearchExtract, list[tuple[str, str]]]]:
    found = project.extracts.select_related("export__by", "export__end")
    titles = _titles(chosen(project.request.columns, project.request.dates))
    return [(extract, facts(extract.report, titles)) for extract in found]
